"""What is held is told, and what is past its time goes, from earlier generations too."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from core.desk.privacy import Purged
from core.errors import RefusedByRole
from core.history import ChangeSet, ImportDone
from core.linking.checks import Outcome
from core.linking.link import LinkState
from core.model import PersonName, Pupil, PupilId, Register
from tests.core.desk.office import ADMINISTRATOR, NIGHT, SCHOOL, SERVICE, STRANGER, Bureau

OLD, FRESH, UNDATED, ACTIVE = (
    Pupil(id=PupilId("old"), name=PersonName(surname="Verweggistan"), active=False, inactive_since=date(2019, 7, 1)),
    Pupil(id=PupilId("fresh"), name=PersonName(surname="Smit"), active=False, inactive_since=date(2026, 8, 1)),
    Pupil(id=PupilId("undated"), name=PersonName(surname="Bos"), active=False),
    Pupil(id=PupilId("active"), name=PersonName(surname="Pen")),
)


def a_bureau(folder: Path) -> Bureau:
    bureau = Bureau(folder)
    bureau.with_school(LinkState.ACTIVE)
    bureau.with_register(Register(pupils=(OLD, FRESH, UNDATED, ACTIVE)))
    now = bureau.clock.now()
    with bureau.store.record(SCHOOL).edit() as draft:
        assert draft.value is not None
        imports = tuple(
            ImportDone(id=str(days), at=now - timedelta(days=days), by="anne", counts={}, changes=ChangeSet())
            for days in (500, 3)
        )
        draft.value = replace(draft.value, imports=imports)
    return bureau


def test_a_dry_run_counts_the_same_and_changes_nothing(tmp_path: Path) -> None:
    bureau = a_bureau(tmp_path)
    before = bureau.store.record(SCHOOL).path.read_bytes()
    counted = bureau.desk.privacy.purge(SERVICE, dry_run=True)
    assert counted == Purged(pupils=1, roll_backs=1)
    assert bureau.store.record(SCHOOL).path.read_bytes() == before
    assert bureau.desk.privacy.purge(SERVICE) == counted


def test_pupils_deactivated_too_long_ago_go_and_one_of_unknown_date_starts_to_count_today(tmp_path: Path) -> None:
    bureau = a_bureau(tmp_path)
    bureau.desk.privacy.purge(SERVICE)
    left = {pupil.id: pupil.inactive_since for pupil in bureau.record().register.pupils}
    assert left == {"fresh": date(2026, 8, 1), "undated": bureau.clock.now().date(), "active": None}
    assert [done.changes is None for done in bureau.record().imports] == [True, False]
    for path in tmp_path.rglob("*"):
        assert path.is_dir() or b"Verweggistan" not in path.read_bytes()
    assert [entry.act for entry in bureau.store.audit().read()] == ["opschonen"]
    assert bureau.desk.privacy.purge(SERVICE) == Purged()


def test_what_is_held_is_told_kind_by_kind_with_until_when(tmp_path: Path) -> None:
    bureau = a_bureau(tmp_path)
    held = {each.what: each for each in bureau.desk.privacy.overview(ADMINISTRATOR, SCHOOL)}
    assert held["leerlingen, actief"].count == 1
    assert held["leerlingen, inactief"].count == 3
    assert "1825 dagen" in held["leerlingen, inactief"].kept
    assert all(each.kept for each in held.values())


def test_a_date_unknown_starts_to_count_also_when_nothing_else_is_past_its_time(tmp_path: Path) -> None:
    bureau = Bureau(tmp_path)
    bureau.with_school(LinkState.ACTIVE)
    bureau.with_register(Register(pupils=(UNDATED,)))
    assert bureau.desk.privacy.purge(NIGHT) == Purged()
    bureau.clock.pass_by(days=1827)
    assert bureau.desk.privacy.purge(NIGHT).pupils == 1


async def test_the_doctor_tells_that_nobody_purges_and_nothing_once_somebody_did(tmp_path: Path) -> None:
    bureau = a_bureau(tmp_path)

    async def found() -> list[Outcome]:
        every = await bureau.desk.doctor.examine(SERVICE, deep=True)
        return [each.outcome for each in every if each.what == "bewaartermijnen"]

    assert await found() == [Outcome.BAD]
    bureau.desk.privacy.purge(NIGHT)
    assert await found() == [Outcome.GOOD]


def test_only_customer_service_and_the_timer_may_purge_and_only_your_own_school_is_told(tmp_path: Path) -> None:
    bureau = a_bureau(tmp_path)
    with pytest.raises(RefusedByRole):
        bureau.desk.privacy.purge(ADMINISTRATOR)
    with pytest.raises(RefusedByRole):
        bureau.desk.privacy.overview(STRANGER, SCHOOL)


def test_a_damaged_school_is_left_alone_and_named(tmp_path: Path) -> None:
    bureau = a_bureau(tmp_path)
    bureau.store.record(SCHOOL).path.write_bytes(b"{")
    assert bureau.desk.privacy.purge(SERVICE).unreadable == (str(SCHOOL),)
