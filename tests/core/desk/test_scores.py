"""Results through the desk: all or nothing, in sight at once, and the previous school year only on request."""

from __future__ import annotations

from pathlib import Path

import pytest

from core.desk.result_rows import Wanted
from core.errors import RefusedByGuard, RefusedByRole, RefusedByState, UnreadableInput
from core.model import GroupId, SchoolId, SchoolYear
from core.scores.ledger import State
from core.scores.message import ResultKey
from core.scores.reasons import Reason
from tests.core.desk.office import ADMINISTRATOR, ELSEWHERE, NIGHT, READER, SCHOOL, SERVICE, STRANGER
from tests.core.desk.results_bureau import a_bureau, a_file

ONE = "p1;BOOM-TL-35;2026;2026-11-03;22"
TWO = "p2;BOOM-TL-35;2026;2026-11-03;30"
LAST_YEAR = "p1;BOOM-TL-35;2026;2026-05-12;25"


def test_a_dry_run_tells_the_same_and_stores_nothing(tmp_path: Path) -> None:
    desk = a_bureau(tmp_path)[0].desk
    dry = desk.scores.import_csv(SERVICE, a_file(ONE, TWO), name="a.csv", dry_run=True)
    assert (dry.new, dry.corrected, dry.stored) == (2, 0, False)
    assert desk.scores.status(SERVICE, SCHOOL).rows == ()
    real = desk.scores.import_csv(SERVICE, a_file(ONE, TWO), name="a.csv")
    assert (real.new, real.stored) == (2, True)


def test_one_mistake_anywhere_stores_nothing_at_all(tmp_path: Path) -> None:
    desk = a_bureau(tmp_path)[0].desk
    report = desk.scores.import_csv(SERVICE, a_file(ONE, TWO, "p9;BOOM-TL-35;2026;2026-11-03;1"), name="a.csv")
    assert not report.stored and [problem.line for problem in report.problems] == [4]
    assert desk.scores.status(SERVICE, SCHOOL).counts[State.WAITING] == 0


def test_the_same_file_again_changes_nothing_and_another_value_is_a_correction(tmp_path: Path) -> None:
    desk = a_bureau(tmp_path)[0].desk
    desk.scores.import_csv(SERVICE, a_file(ONE), name="a.csv")
    again = desk.scores.import_csv(SERVICE, a_file(ONE, ONE), name="a.csv")
    assert (again.new, again.corrected, again.known) == (0, 0, 2)
    better = desk.scores.import_csv(SERVICE, a_file(ONE.replace(";22", ";23"), TWO), name="b.csv")
    assert (better.new, better.corrected, better.known) == (1, 1, 0)


def test_what_cannot_go_says_so_before_the_night(tmp_path: Path) -> None:
    desk = a_bureau(tmp_path)[0].desk
    desk.scores.import_csv(SERVICE, a_file(ONE, "p2;BOOM-NSCCT-48;2026;2026-11-03;9", LAST_YEAR), name="a.csv")
    status = desk.scores.status(SERVICE, SCHOOL)
    assert {row.reason for row in status.rows} == {Reason.READ, Reason.NOT_AGREED, Reason.OTHER_YEAR}
    assert {cause.reason for cause in status.causes} == {Reason.NOT_AGREED, Reason.OTHER_YEAR}
    assert all(cause.explanation.what for cause in status.causes)


def test_the_list_can_be_filtered_by_state_group_and_text(tmp_path: Path) -> None:
    desk = a_bureau(tmp_path)[0].desk
    desk.scores.import_csv(SERVICE, a_file(ONE, TWO, LAST_YEAR), name="a.csv")

    def found(wanted: Wanted) -> list[str]:
        return sorted(row.pupil for row in desk.scores.status(READER, SCHOOL, wanted).rows)

    assert found(Wanted(states=frozenset({State.HELD}))) == ["p1"]
    assert found(Wanted(group=GroupId("g6"))) == ["p2"]
    assert found(Wanted(text="bakker2")) == ["p2"]
    assert found(Wanted(text="technisch")) == ["p1", "p1", "p2"]


def test_every_step_of_a_result_is_told_in_words(tmp_path: Path) -> None:
    desk = a_bureau(tmp_path)[0].desk
    desk.scores.import_csv(SERVICE, a_file(LAST_YEAR), name="mei.csv")
    (row,) = desk.scores.status(SERVICE, SCHOOL).rows
    course = desk.scores.history(SERVICE, SCHOOL, row.key)
    assert [step.to for step, _words in course.steps] == [State.WAITING, State.HELD]
    assert course.steps[0][0].detail == "mei.csv" and course.steps[0][0].by == "Anne de Wit"
    assert "ander schooljaar" in course.steps[1][1].what
    with pytest.raises(UnreadableInput):
        desk.scores.history(SERVICE, SCHOOL, ResultKey("kd-0"))


def test_one_result_from_a_form_and_a_field_that_is_wrong(tmp_path: Path) -> None:
    desk = a_bureau(tmp_path)[0].desk
    form = {"leerling": "p1", "toets": "BOOM-TL-35", "versie": "2026", "afnamedatum": "3-11-2026", "score": "22"}
    row = desk.scores.add(SERVICE, SCHOOL, form)
    assert (row.state, row.raw, row.normed.table) == (State.WAITING, 22, "2026-1")
    with pytest.raises(UnreadableInput, match="afnamedatum"):
        desk.scores.add(SERVICE, SCHOOL, {**form, "afnamedatum": "gisteren"})


async def test_the_previous_school_year_goes_only_after_the_brin_was_typed_and_is_recorded(tmp_path: Path) -> None:
    bureau, las = a_bureau(tmp_path)
    desk = bureau.desk
    desk.scores.import_csv(SERVICE, a_file(ONE, LAST_YEAR), name="a.csv")
    year = SchoolYear(2025)
    assert desk.scores.resend_plan(SERVICE, SCHOOL, year).results == 1
    with pytest.raises(RefusedByGuard):
        desk.scores.resend(SERVICE, SCHOOL, year, confirm="ja")
    with pytest.raises(RefusedByState):
        desk.scores.resend(SERVICE, SCHOOL, SchoolYear(2024), confirm="12AB")
    with pytest.raises(RefusedByRole):
        desk.scores.resend(ADMINISTRATOR, SCHOOL, year, confirm="12AB")
    desk.scores.resend(SERVICE, SCHOOL, year, confirm="12ab", why="telefonisch")
    acts = [entry for entry in bureau.store.audit().read() if entry.act == "vorig schooljaar verzenden"]
    assert [entry.refused for entry in acts] == [True, False] and acts[-1].why == "telefonisch"
    await desk.nights.run(NIGHT)
    assert {str(message.school_year) for message in las.receiver.messages} == {"2025-2026", "2026-2027"}
    assert desk.scores.status(SERVICE, SCHOOL).counts[State.CONFIRMED] == 2


async def test_a_confirmed_result_cannot_be_withdrawn_but_a_waiting_one_can(tmp_path: Path) -> None:
    bureau, las = a_bureau(tmp_path)
    desk = bureau.desk
    desk.scores.import_csv(SERVICE, a_file(ONE), name="a.csv")
    await desk.nights.run(NIGHT)
    desk.scores.import_csv(SERVICE, a_file(TWO), name="b.csv")
    keys = [row.key for row in desk.scores.status(SERVICE, SCHOOL).rows]
    assert desk.scores.withdraw(SERVICE, SCHOOL, keys) == 1
    assert desk.scores.status(SERVICE, SCHOOL).counts[State.EXPIRED] == 1
    await desk.nights.run(NIGHT)
    assert len(las.receiver.held) == 1


def test_levels_count_the_last_result_of_each_pupil_per_group(tmp_path: Path) -> None:
    desk = a_bureau(tmp_path)[0].desk
    later = "p1;BOOM-TL-35;2026;2026-11-10;40"
    desk.scores.import_csv(SERVICE, a_file(ONE, later, TWO, "p3;BOOM-TL-35;2026;2026-11-03;0"), name="a.csv")
    fifth, sixth = desk.scores.levels(SERVICE, SCHOOL)
    assert (fifth.group, sixth.group) == ("Groep 5", "Groep 6")
    assert fifth.counts == {"I": 1, "II": 0, "III": 0, "IV": 0, "V": 1}
    assert sum(sixth.counts.values()) == 1 and list(sixth.counts) == ["I", "II", "III", "IV", "V"]


def test_a_school_of_somebody_else_does_not_exist(tmp_path: Path) -> None:
    desk = a_bureau(tmp_path, SCHOOL, ELSEWHERE)[0].desk
    with pytest.raises(RefusedByRole) as unknown:
        desk.scores.status(STRANGER, SCHOOL)
    with pytest.raises(RefusedByRole) as nowhere:
        desk.scores.status(SERVICE, SchoolId("99ZZ"))
    assert unknown.value.what.replace(str(SCHOOL), "X") == nowhere.value.what.replace("99ZZ-00", "X")
    with pytest.raises(RefusedByRole):
        desk.scores.import_csv(ADMINISTRATOR, a_file(ONE), name="a.csv")
