"""The doctor finds what is wrong, says what to do, and repairs only the list of schools."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from core.linking.checks import Outcome
from core.linking.link import LinkState
from core.model import SchoolId
from core.settings import Las, Settings
from tests.core.desk.office import SCHOOL, SERVICE, Bureau


async def outcomes(bureau: Bureau, *, deep: bool = False) -> dict[str, Outcome]:
    return {each.what: each.outcome for each in await bureau.desk.doctor.examine(SERVICE, deep=deep)}


async def test_a_healthy_house_is_told_so_part_by_part(tmp_path: Path) -> None:
    bureau = Bureau(tmp_path)
    bureau.with_school(LinkState.REQUESTED)
    bureau.desk.links.open(SERVICE, SCHOOL)
    assert await outcomes(bureau, deep=True) == {
        "gegevensmap": Outcome.GOOD,
        "hoofdsleutel": Outcome.GOOD,
        "logboek": Outcome.GOOD,
        "klok": Outcome.GOOD,
        "ParnasSys": Outcome.UNKNOWN,
        "post": Outcome.GOOD,
        "bewaartermijnen": Outcome.GOOD,
    }
    assert sorted(path.name for path in tmp_path.glob("proef*")) == ["proef.lock"] or not list(tmp_path.glob("proef*"))


async def test_each_thing_that_is_wrong_is_found_with_what_to_do(tmp_path: Path) -> None:
    bureau = Bureau(tmp_path)
    bureau.with_school(LinkState.REQUESTED)
    bureau.desk.links.open(SERVICE, SCHOOL)
    (tmp_path / "secret.key").chmod(0o644)
    log = tmp_path / "audit.jsonl"
    log.write_bytes(log.read_bytes().replace(b"Anne", b"Eric"))
    bureau.store.record(SCHOOL).path.write_bytes(b"{")
    bureau.clock.at -= timedelta(days=3)
    found = await bureau.desk.doctor.examine(SERVICE, deep=True)
    bad = {each.what for each in found if each.outcome is Outcome.BAD}
    assert bad == {"gegevensmap", "hoofdsleutel", "logboek", "klok"}
    assert all(each.todo for each in found if each.outcome is Outcome.BAD)


async def test_a_lost_list_of_schools_is_found_and_made_anew(tmp_path: Path) -> None:
    bureau = Bureau(tmp_path)
    bureau.with_school(LinkState.REQUESTED)
    (tmp_path / "scholen.jsonl").unlink()
    fresh = Bureau(tmp_path)
    assert (await outcomes(fresh))["gegevensmap"] is Outcome.BAD
    assert fresh.desk.doctor.repair(SERVICE) == 1
    assert (await outcomes(fresh))["gegevensmap"] is Outcome.GOOD


async def test_a_damaged_list_of_schools_is_set_aside_and_made_anew(tmp_path: Path) -> None:
    bureau = Bureau(tmp_path)
    bureau.with_school(LinkState.REQUESTED)
    (tmp_path / "scholen.jsonl").write_bytes(b"rommel\n")
    (found,) = [each for each in await Bureau(tmp_path).desk.doctor.examine(SERVICE) if each.what == "gegevensmap"]
    assert found.broken
    assert "--repair" in found.todo
    assert Bureau(tmp_path).desk.doctor.repair(SERVICE) == 1
    assert (tmp_path / "scholen.jsonl.beschadigd").read_bytes() == b"rommel\n"
    assert (await outcomes(Bureau(tmp_path)))["gegevensmap"] is Outcome.GOOD


async def test_a_data_folder_that_others_may_look_into_is_found(tmp_path: Path) -> None:
    bureau = Bureau(tmp_path)
    tmp_path.chmod(0o755)
    (found,) = [each for each in await bureau.desk.doctor.examine(SERVICE) if each.what == "gegevensmap"]
    assert found.outcome is Outcome.BAD and "chmod 700" in found.todo
    tmp_path.chmod(0o700)
    assert (await outcomes(bureau))["gegevensmap"] is Outcome.GOOD


async def test_a_master_key_that_is_gone_is_missed_and_one_that_does_not_fit_is_found(tmp_path: Path) -> None:
    bureau = Bureau(tmp_path)
    assert (await outcomes(bureau))["hoofdsleutel"] is Outcome.UNKNOWN
    bureau.with_school(LinkState.ACTIVE)
    bureau.store.rebuild()
    assert (await outcomes(bureau))["hoofdsleutel"] is Outcome.GOOD
    (tmp_path / "secret.key").unlink()
    assert (await outcomes(bureau))["hoofdsleutel"] is Outcome.BAD
    bureau.vault.seal(SchoolId("34CD"), "een andere sleutel")
    [found] = [each for each in await bureau.desk.doctor.examine(SERVICE) if each.what == "hoofdsleutel"]
    assert found.outcome is Outcome.BAD
    assert found.broken
    assert "hoofdsleutel" in found.todo


@pytest.mark.parametrize("url", ["nonsens", "ftp://las.example", "http://", "https:las.example"])
async def test_an_address_that_is_none_is_damage_and_not_a_silent_server(url: str, tmp_path: Path) -> None:
    bureau = Bureau(tmp_path, settings=Settings(data=str(tmp_path), las=Las(url=url)))
    [found] = [each for each in await bureau.desk.doctor.examine(SERVICE) if each.what == "ParnasSys"]
    assert found.broken
    assert "geen webadres" in found.finding


async def test_a_password_in_the_address_is_not_shown(tmp_path: Path) -> None:
    bureau = Bureau(tmp_path, settings=Settings(data=str(tmp_path), las=Las(url="http://wij:geheim@127.0.0.1:1/")))
    [found] = [each for each in await bureau.desk.doctor.examine(SERVICE) if each.what == "ParnasSys"]
    assert found.outcome is Outcome.BAD
    assert "geheim" not in found.finding
