"""The audit log as people read it: newest first, filtered, exported, each within the own schools."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from core.desk.actor import Act
from core.desk.logs import Wanted
from core.errors import RefusedByRole
from tests.core.desk.office import ADMINISTRATOR, ELSEWHERE, READER, SCHOOL, SERVICE, STRANGER, Bureau


@pytest.fixture
def bureau(tmp_path: Path) -> Bureau:
    bureau = Bureau(tmp_path)
    for school in (SCHOOL, ELSEWHERE):
        bureau.with_school(school=school)
        bureau.desk.links.request(SERVICE, school)
        bureau.clock.pass_by(days=2)
        bureau.desk.links.open(SERVICE, school)
    with pytest.raises(RefusedByRole):
        bureau.desk.links.end(READER, SCHOOL, "x")
    return bureau


def acts(bureau: Bureau, wanted: Wanted, limit: int | None = None) -> list[tuple[str, str]]:
    return [(entry.school, entry.act) for entry in bureau.desk.logs.read(SERVICE, wanted, limit)]


def test_the_newest_come_first_and_no_more_than_asked(bureau: Bureau) -> None:
    assert acts(bureau, Wanted(), 2) == [("12AB-00", Act.END_LINK.value), ("07XK-00", Act.OPEN_LINK.value)]
    assert len(acts(bureau, Wanted())) == 5


def test_every_filter_leaves_out_what_does_not_fit(bureau: Bureau) -> None:
    start = bureau.clock.now() - timedelta(days=4)
    assert len(acts(bureau, Wanted(school=SCHOOL))) == 3
    assert len(acts(bureau, Wanted(act="openzetten"))) == 2
    assert len(acts(bureau, Wanted(by="anne"))) == 4
    assert len(acts(bureau, Wanted(refused=True))) == 1
    assert len(acts(bureau, Wanted(since=start + timedelta(days=2)))) == 4
    assert len(acts(bureau, Wanted(until=start + timedelta(days=2)))) == 1


def test_a_beheerder_reads_the_own_schools_only(bureau: Bureau) -> None:
    read = bureau.desk.logs.read
    assert {entry.school for entry in read(ADMINISTRATOR, Wanted())} == {str(SCHOOL)}
    assert {entry.school for entry in read(STRANGER, Wanted())} == {str(ELSEWHERE)}
    with pytest.raises(RefusedByRole):
        read(STRANGER, Wanted(school=SCHOOL))
    with pytest.raises(RefusedByRole):
        bureau.desk.logs.verify(ADMINISTRATOR)


def test_the_export_is_recorded_opens_in_dutch_excel_and_holds_no_formula(bureau: Bureau) -> None:
    bureau.office.note(SERVICE, Act.LOOK, SCHOOL, why="=1+1")
    text = bureau.desk.logs.export(SERVICE, Wanted(school=SCHOOL))
    lines = text.removeprefix("\ufeff").splitlines()
    assert text.startswith("\ufefftijd;wie;rol;namens de school;")
    assert len(lines) == 1 + 4
    assert "'=1+1" in lines[-1]
    assert lines[1].split(";")[3] == "ja"
    assert acts(bureau, Wanted(), 1) == [("12AB-00", Act.LOOK.value)]
