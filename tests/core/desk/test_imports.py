"""An import from pull to roll-back through the desk, on a real store (workflow.md §3)."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from core.desk.imports import NotReady
from core.desk.pulling import ReviewMade
from core.errors import RefusedByGuard, RefusedByRole, RefusedByState, SchoolMustAct
from core.importing.decisions import Category
from core.importing.externals import numbers_of
from core.importing.rows import Selection
from core.linking.link import LinkState
from core.model import Kind
from tests.core.desk.import_school import a_register, an_answer
from tests.core.desk.office import ADMINISTRATOR, READER, SCHOOL, SERVICE, STRANGER
from tests.core.desk.school_year import SchoolBureau, a_bureau
from tests.core.importing.build import NOW, group, incoming_people, place, pupil


@pytest.fixture
def bureau(tmp_path: Path) -> SchoolBureau:
    return a_bureau(tmp_path, an_answer(), a_register())


async def test_only_the_commit_stores_anything_as_real_data(bureau: SchoolBureau) -> None:
    """S: only the second button on the summary stores anything; then the link is active."""
    before = bureau.record().register
    made = await bureau.desk.imports.pull(ADMINISTRATOR, SCHOOL)
    assert isinstance(made, ReviewMade)
    assert made.received == {"groepen": 1, "leerkrachten": 1, "leerlingen": 10}
    bureau.desk.imports.summary(ADMINISTRATOR, SCHOOL)
    assert bureau.record().register == before
    done = bureau.desk.imports.commit(ADMINISTRATOR, SCHOOL)
    record = bureau.record()
    assert record.link and record.link.state is LinkState.ACTIVE
    assert record.open_review == ""
    assert {one.linked.ref for one in record.register.pupils if one.linked} == {f"las:p{n}" for n in range(10)}
    assert (done.counts["leerlingen gekoppeld"], done.counts["leerlingen nieuw"]) == (10, 0)


async def test_a_commit_with_a_contradiction_is_refused_naming_the_rows(bureau: SchoolBureau) -> None:
    desk = bureau.desk.imports
    await desk.pull(ADMINISTRATOR, SCHOOL)
    session = desk.open(ADMINISTRATOR, SCHOOL)
    desk.decide(ADMINISTRATOR, session, [place(group("g5"), Category.SKIP)])
    before = bureau.record()
    with pytest.raises(NotReady) as refusal:
        desk.commit(ADMINISTRATOR, SCHOOL)
    assert {problem.key for problem in refusal.value.problems} == {
        row.key for row in session.rows(Selection(kind=Kind.PUPIL))
    }
    assert bureau.record() == before


async def test_a_commit_is_refused_when_somebody_decided_since_the_summary(bureau: SchoolBureau) -> None:
    desk = bureau.desk.imports
    await desk.pull(ADMINISTRATOR, SCHOOL)
    summary = desk.summary(ADMINISTRATOR, SCHOOL)
    desk.decide(SERVICE, desk.open(SERVICE, SCHOOL), [place(pupil("p1"), Category.SKIP)])
    with pytest.raises(RefusedByState):
        desk.commit(ADMINISTRATOR, SCHOOL, seen=summary.seen)
    desk.commit(ADMINISTRATOR, SCHOOL, seen=desk.summary(ADMINISTRATOR, SCHOOL).seen)


async def test_a_guard_asks_for_the_brin_and_the_override_is_recorded_for_this_run_only(tmp_path: Path) -> None:
    gone = an_answer(pupils=incoming_people(6))
    bureau = a_bureau(tmp_path, gone, a_register())
    desk = bureau.desk.imports
    await desk.pull(ADMINISTRATOR, SCHOOL)
    assert desk.summary(ADMINISTRATOR, SCHOOL).asks_confirmation == "12AB"
    for typed in ("", "12AC", "ja"):
        with pytest.raises(RefusedByGuard):
            desk.commit(ADMINISTRATOR, SCHOOL, confirm=typed)
    done = desk.commit(ADMINISTRATOR, SCHOOL, confirm="12ab")
    assert done.override
    assert done.override in {entry.why for entry in bureau.store.audit().read()}
    assert sum(1 for one in bureau.record().register.pupils if not one.active) == 4


async def test_aborting_stores_nothing_and_everybody_in_the_review_hears_of_it(bureau: SchoolBureau) -> None:
    """S: `Import afbreken`."""
    desk = bureau.desk.imports
    before = bureau.record().register
    await desk.pull(ADMINISTRATOR, SCHOOL)
    session = desk.open(ADMINISTRATOR, SCHOOL)
    desk.decide(ADMINISTRATOR, session, session.steps.not_same(pupil("p1"), "P1"))
    desk.discard(SERVICE, SCHOOL)
    assert bureau.record().register == before
    with pytest.raises(RefusedByState):
        desk.decide(ADMINISTRATOR, session, [place(pupil("p1"), Category.SKIP)])
    with pytest.raises(RefusedByState):
        desk.open(ADMINISTRATOR, SCHOOL)
    await desk.pull(ADMINISTRATOR, SCHOOL)
    again = desk.open(ADMINISTRATOR, SCHOOL)
    assert again.row(pupil("p1")).category is Category.NEW, "not the same person, once said, is remembered"


async def test_an_import_is_rolled_back_after_a_preview_until_the_next_import(bureau: SchoolBureau) -> None:
    desk = bureau.desk.imports
    before = bureau.record().register
    await desk.pull(ADMINISTRATOR, SCHOOL)
    done = desk.commit(ADMINISTRATOR, SCHOOL)
    preview = desk.rollback_preview(ADMINISTRATOR, SCHOOL)
    assert preview.import_id == done.id
    assert preview.restored[Kind.PUPIL] == 10
    assert bureau.record().register != before
    assert desk.rollback(ADMINISTRATOR, SCHOOL, import_id=done.id) == preview
    assert bureau.record().register == before
    with pytest.raises(RefusedByState):
        desk.rollback(ADMINISTRATOR, SCHOOL)


async def test_a_refusal_by_parnassys_disturbs_the_link_and_the_next_success_mends_it(tmp_path: Path) -> None:
    bureau = a_bureau(tmp_path, an_answer(), a_register(), LinkState.ACTIVE)
    bureau.las.refusal = SchoolMustAct("De sleutel is geweigerd.", todo="Stel een nieuwe in.")
    with pytest.raises(SchoolMustAct):
        await bureau.desk.imports.pull(ADMINISTRATOR, SCHOOL)
    link = bureau.record().link
    assert link and link.state is LinkState.DISTURBED
    bureau.las.refusal = None
    await bureau.desk.imports.pull(ADMINISTRATOR, SCHOOL)
    link = bureau.record().link
    assert link and link.state is LinkState.ACTIVE


async def test_no_data_never_makes_a_review(tmp_path: Path) -> None:
    bureau = a_bureau(tmp_path, None, a_register(), LinkState.ACTIVE)
    await bureau.desk.imports.pull(ADMINISTRATOR, SCHOOL)
    assert bureau.record().open_review == ""


async def test_without_an_approved_link_nothing_is_fetched(tmp_path: Path) -> None:
    bureau = a_bureau(tmp_path, an_answer(), a_register(), LinkState.SUBMITTED)
    with pytest.raises(RefusedByState):
        await bureau.desk.imports.pull(ADMINISTRATOR, SCHOOL)
    assert bureau.las.asked == []


async def test_a_reader_looks_and_never_changes_and_a_stranger_sees_nothing(bureau: SchoolBureau) -> None:
    desk = bureau.desk.imports
    await desk.pull(ADMINISTRATOR, SCHOOL)
    session = desk.open(READER, SCHOOL)
    desk.summary(READER, SCHOOL)
    for act in (
        lambda: desk.decide(READER, session, [place(pupil("p1"), Category.SKIP)]),
        lambda: desk.commit(READER, SCHOOL),
        lambda: desk.discard(READER, SCHOOL),
        lambda: desk.rollback(READER, SCHOOL),
        lambda: desk.open(STRANGER, SCHOOL),
        lambda: desk.summary(STRANGER, SCHOOL),
    ):
        with pytest.raises(RefusedByRole):
            act()
    with pytest.raises(RefusedByRole):
        await desk.pull(READER, SCHOOL)


async def test_a_summary_with_two_rows_on_one_record_shows_the_problem_and_plans_the_rest(bureau: SchoolBureau) -> None:
    desk = bureau.desk.imports
    await desk.pull(ADMINISTRATOR, SCHOOL)
    session = desk.open(ADMINISTRATOR, SCHOOL)
    desk.decide(ADMINISTRATOR, session, [place(pupil("p1"), Category.EXISTING, "P2")])
    summary = desk.summary(ADMINISTRATOR, SCHOOL)
    assert not summary.ready
    assert {problem.key for problem in summary.problems} == {pupil("p1"), pupil("p2")}
    assert summary.plan.tallies[Kind.PUPIL].to_change == 8
    with pytest.raises(NotReady):
        desk.commit(ADMINISTRATOR, SCHOOL, confirm="12AB")


async def test_numbers_kept_aside_can_be_put_back_until_this_import_and_no_longer(bureau: SchoolBureau) -> None:
    """+ it can be undone until the next import."""
    with bureau.store.record(SCHOOL).edit() as draft:
        assert draft.value
        kept = numbers_of(draft.value.register, NOW, "Anne")
        draft.value = replace(draft.value, kept_numbers=kept)
    await bureau.desk.imports.pull(ADMINISTRATOR, SCHOOL)
    assert bureau.record().kept_numbers == kept
    bureau.desk.imports.commit(ADMINISTRATOR, SCHOOL)
    assert bureau.record().kept_numbers is None
