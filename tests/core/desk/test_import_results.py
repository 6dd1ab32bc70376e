"""Results are never touched by an import; who leaves with results is warned about (workflow.md §3)."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from core.importing.plan import ScoresOf
from core.linking.link import LinkState
from core.model import Kind, PupilId, Register
from core.scores.ledger import Entry, State, Step
from core.scores.results import Result, TestCode, key_of
from tests.core.desk.office import ADMINISTRATOR, SCHOOL
from tests.core.desk.school_year import SchoolBureau, a_bureau
from tests.core.importing.build import NOW, a_group, a_roster, an_incoming_group, incoming_people, people


def a_result(pupil: str, taken: date, state: State) -> Entry:
    result = Result(pupil=PupilId(pupil), test=TestCode("TL-E3"), version="1", taken=taken, raw=12)
    return Entry(key=key_of(SCHOOL, result), result=result, state=state, history=(Step(at=NOW, to=state),))


async def a_school(folder: Path, sent: int, *entries: Entry) -> SchoolBureau:
    register = Register(groups=(a_group("G5", "Groep 5", linked="g5"),), pupils=people(9))
    answer = a_roster([an_incoming_group("g5", "Groep 5")], pupils=incoming_people(sent))
    bureau = a_bureau(folder, answer, register, LinkState.ACTIVE)
    with bureau.store.ledger(SCHOOL).edit() as draft:
        draft.value = draft.value.with_entries(entries)
    await bureau.desk.imports.pull(ADMINISTRATOR, SCHOOL)
    return bureau


LAST_YEAR, THIS_YEAR = date(2026, 2, 3), date(2026, 10, 5)


async def test_the_summary_warns_of_results_and_the_commit_leaves_every_one_as_it_was(tmp_path: Path) -> None:
    bureau = await a_school(
        tmp_path,
        8,
        a_result("P8", THIS_YEAR, State.WAITING),
        a_result("P8", LAST_YEAR, State.CONFIRMED),
        a_result("P1", THIS_YEAR, State.CONFIRMED),
    )
    before = bureau.store.ledger(SCHOOL).read()
    summary = bureau.desk.imports.summary(ADMINISTRATOR, SCHOOL)
    assert [(one.before.id, one.scores) for one in summary.plan.leaving] == [("P8", ScoresOf(unsent=1, this_year=1))]
    bureau.desk.imports.commit(ADMINISTRATOR, SCHOOL)
    assert bureau.store.ledger(SCHOOL).read() == before
    (gone,) = [one for one in bureau.record().register.pupils if not one.active]
    assert gone.id == "P8"
    bureau.desk.imports.rollback(ADMINISTRATOR, SCHOOL)
    assert bureau.store.ledger(SCHOOL).read() == before


async def test_a_new_pupil_that_took_a_test_since_stays_when_the_import_is_taken_back(tmp_path: Path) -> None:
    bureau = await a_school(tmp_path, 10)
    bureau.desk.imports.commit(ADMINISTRATOR, SCHOOL)
    newcomer = bureau.record().register.pupils[-1]
    with bureau.store.ledger(SCHOOL).edit() as draft:
        draft.value = draft.value.with_entries([a_result(newcomer.id, THIS_YEAR, State.WAITING)])
    preview = bureau.desk.imports.rollback_preview(ADMINISTRATOR, SCHOOL)
    assert [one.id for one in preview.kept] == [newcomer.id]
    assert preview.removed[Kind.PUPIL] == 0
    bureau.desk.imports.rollback(ADMINISTRATOR, SCHOOL)
    assert newcomer.id in {one.id for one in bureau.record().register.pupils}
