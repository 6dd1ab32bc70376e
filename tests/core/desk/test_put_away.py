"""Results of school years that are over: still seen, read in again, and forgotten with their pupil."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import pytest

from core.clock import AMSTERDAM
from core.desk.result_rows import Wanted
from core.model import PupilId, SchoolYear
from core.scores.ledger import State
from core.scores.reasons import Reason
from tests.core.desk.office import NIGHT, READER, SCHOOL, SERVICE, Bureau
from tests.core.desk.results_bureau import a_bureau, a_file

YEAR = SchoolYear(2026)
ONE = "p1;BOOM-TL-35;2026;2026-11-03;22"
TWO = "p2;BOOM-TL-35;2026;2026-11-03;30"


@pytest.fixture
async def bureau(tmp_path: Path) -> Bureau:
    """A school whose results of last school year were sent and put away."""
    bureau, _las = a_bureau(tmp_path)
    bureau.desk.scores.import_csv(SERVICE, a_file(ONE, TWO), name="a.csv")
    await bureau.desk.nights.run(NIGHT)
    bureau.clock.at = datetime(2027, 9, 6, 2, 0, tzinfo=AMSTERDAM)
    await bureau.desk.nights.run(NIGHT)
    assert len(bureau.store.ledger(SCHOOL).read()) == 0
    with bureau.store.record(SCHOOL).edit() as draft:
        assert draft.value is not None
        pupils = tuple(replace(one, year_group="6") for one in draft.value.register.pupils)
        draft.value = replace(draft.value, register=replace(draft.value.register, pupils=pupils))
    return bureau


def test_they_are_shown_when_their_year_is_asked_for(bureau: Bureau) -> None:
    scores = bureau.desk.scores
    assert scores.status(READER, SCHOOL).rows == ()
    shown = scores.status(READER, SCHOOL, Wanted(year=YEAR))
    assert shown.put_away == (YEAR,)
    assert [row.state for row in shown.rows] == [State.CONFIRMED] * 2
    course = scores.history(READER, SCHOOL, shown.rows[0].key)
    assert course.steps[-1][0].reason is Reason.ANSWER
    assert scores.levels(READER, SCHOOL) == ()
    assert {row.group for row in scores.levels(READER, SCHOOL, YEAR)} == {"Groep 5", "Groep 6"}


def test_the_same_file_once_more_changes_nothing_and_sends_nothing(bureau: Bureau) -> None:
    report = bureau.desk.scores.import_csv(SERVICE, a_file(ONE, TWO), name="a.csv", dry_run=True)
    assert (report.new, report.corrected, report.known) == (0, 0, 2)
    report = bureau.desk.scores.import_csv(SERVICE, a_file(ONE, TWO.replace("30", "31")), name="a.csv")
    assert (report.new, report.corrected, report.known) == (0, 1, 1)
    (held,) = [entry for entry in bureau.store.ledger(SCHOOL).read() if entry.state is State.HELD]
    assert (held.result.raw, held.reason) == (31, Reason.OTHER_YEAR)


async def test_they_go_with_their_pupil_and_leave_no_earlier_generation(bureau: Bureau) -> None:
    with bureau.store.record(SCHOOL).edit() as draft:
        assert draft.value is not None
        pupils = tuple(
            replace(one, active=False, inactive_since=date(2020, 1, 1)) if one.id == "p1" else one
            for one in draft.value.register.pupils
        )
        draft.value = replace(draft.value, register=replace(draft.value.register, pupils=pupils))
    held = {one.what: one.count for one in bureau.desk.privacy.overview(READER, SCHOOL)}
    assert held["resultaten"] == 2
    assert bureau.desk.privacy.purge(SERVICE, dry_run=True).results == 1
    assert bureau.desk.privacy.purge(SERVICE).results == 1
    left = bureau.store.archive(SCHOOL, YEAR).read()
    assert [entry.result.pupil for entry in left] == [PupilId("p2")]
    assert PupilId("p1") not in bureau.store.ledger(SCHOOL).read().put_away.keys
    assert not [path for path in (bureau.folder / "schools").rglob("ledger*") if b'"p1"' in path.read_bytes()]


def test_a_damaged_file_of_a_year_is_found_by_the_doctor(bureau: Bureau) -> None:
    assert not list(bureau.store.health(deep=True))
    (file,) = (bureau.folder / "schools").rglob(f"ledger-{YEAR}.json")
    file.write_bytes(file.read_bytes()[:-9])
    (trouble,) = bureau.store.health(deep=True)
    assert file.name in trouble.what


def test_nobody_to_forget_means_that_no_year_is_opened(bureau: Bureau) -> None:
    (file,) = (bureau.folder / "schools").rglob(f"ledger-{YEAR}.json")
    file.write_bytes(file.read_bytes()[:-9])
    assert bureau.desk.privacy.purge(SERVICE).unreadable == ()


def test_a_file_of_a_year_that_is_gone_is_found_by_the_doctor(bureau: Bureau) -> None:
    (file,) = (bureau.folder / "schools").rglob(f"ledger-{YEAR}.json")
    file.unlink()
    (trouble,) = bureau.store.health(deep=True)
    assert str(YEAR) in trouble.what and str(SCHOOL) in trouble.what
