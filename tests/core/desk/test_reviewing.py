"""Deciding in a review: stored at once, seen by others, taken back, kept over a refresh."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from core.desk.pulling import ReviewRefreshed, Unchanged
from core.desk.reviews import open_review
from core.errors import UnreadableInput
from core.importing.decisions import Category, Ending, GiveEmail
from core.importing.rows import Selection
from core.model import Kind
from tests.core.desk.import_school import a_register, an_answer
from tests.core.desk.office import ADMINISTRATOR, SCHOOL, SERVICE
from tests.core.desk.school_year import SchoolBureau, a_bureau
from tests.core.importing.build import an_incoming_pupil, group, incoming_people, place, pupil, teacher


@pytest.fixture
def bureau(tmp_path: Path) -> SchoolBureau:
    return a_bureau(tmp_path, an_answer(), a_register())


async def test_every_decision_is_stored_the_moment_it_is_taken_and_reopens_elsewhere(bureau: SchoolBureau) -> None:
    await bureau.desk.imports.pull(ADMINISTRATOR, SCHOOL)
    session = bureau.desk.imports.open(ADMINISTRATOR, SCHOOL)
    bureau.desk.imports.decide(ADMINISTRATOR, session, [place(pupil("p1"), Category.SKIP)])
    elsewhere = SchoolBureau(bureau.folder).desk.imports.open(SERVICE, SCHOOL)
    assert elsewhere.row(pupil("p1")).category is Category.SKIP
    assert elsewhere.row(pupil("p1")).by == ADMINISTRATOR.name
    assert elsewhere.place_of(ADMINISTRATOR.name) == pupil("p1")


async def test_two_people_see_each_others_work_and_who_was_first_stays(bureau: SchoolBureau) -> None:
    desk = bureau.desk.imports
    await desk.pull(ADMINISTRATOR, SCHOOL)
    bos, anne = desk.open(ADMINISTRATOR, SCHOOL), desk.open(SERVICE, SCHOOL)
    desk.decide(ADMINISTRATOR, bos, [place(pupil("p1"), Category.SKIP)])
    second = desk.decide(SERVICE, anne, [place(pupil("p2"), Category.SKIP)])
    assert second.by_others == (ADMINISTRATOR.name,)
    assert anne.row(pupil("p1")).category is Category.SKIP
    assert desk.news(ADMINISTRATOR, bos).by == (SERVICE.name,)
    assert bos.row(pupil("p2")).by == SERVICE.name


async def test_undo_and_redo_go_through_the_log(bureau: SchoolBureau) -> None:
    desk = bureau.desk.imports
    await desk.pull(ADMINISTRATOR, SCHOOL)
    session = desk.open(ADMINISTRATOR, SCHOOL)
    desk.decide(ADMINISTRATOR, session, [place(pupil("p1"), Category.SKIP)])
    desk.undo(ADMINISTRATOR, session)
    assert session.row(pupil("p1")).category is Category.EXISTING
    desk.redo(ADMINISTRATOR, session)
    assert desk.open(ADMINISTRATOR, SCHOOL).row(pupil("p1")).category is Category.SKIP
    assert desk.undo(SERVICE, session).nothing_to_do


async def test_a_refresh_keeps_what_still_applies_and_shows_what_does_not(bureau: SchoolBureau) -> None:
    desk = bureau.desk.imports
    await desk.pull(ADMINISTRATOR, SCHOOL)
    session = desk.open(ADMINISTRATOR, SCHOOL)
    desk.decide(ADMINISTRATOR, session, [place(pupil("p1"), Category.SKIP), place(pupil("p0"), Category.SKIP)])
    assert isinstance(await desk.pull(ADMINISTRATOR, SCHOOL), Unchanged)
    others = tuple(one for one in an_answer().pupils if one.key != "p1")
    bureau.las.roster = an_answer(pupils=(*others, an_incoming_pupil("z", "Zoë", "Zwart")))
    fresh = await desk.pull(SERVICE, SCHOOL)
    assert isinstance(fresh, ReviewRefreshed)
    assert fresh.lapsed == (pupil("p1"),)
    assert desk.news(ADMINISTRATOR, session).refreshed
    assert pupil("p1") not in session
    assert session.row(pupil("p0")).category is Category.SKIP
    assert session.row(pupil("z")).category is Category.NEW
    assert [lapsed.claim.step.key for lapsed in session.course.lapsed] == [pupil("p1")]


async def test_a_refresh_that_is_killed_between_its_writes_takes_no_decision_over_to_another_child(
    bureau: SchoolBureau,
) -> None:
    """The log speaks first: a session reads the newer proposals as soon as they are there, and not before."""
    desk = bureau.desk.imports
    await desk.pull(ADMINISTRATOR, SCHOOL)
    session = desk.open(ADMINISTRATOR, SCHOOL)
    desk.decide(ADMINISTRATOR, session, [place(pupil("p1"), Category.SKIP)])
    document = bureau.store.review(SCHOOL)
    old = document.read()
    others = tuple(one for one in an_answer().pupils if one.key != "p1")
    bureau.las.roster = an_answer(pupils=(*others, an_incoming_pupil("p1", "Zoë", "Zwart", born=date(2015, 1, 1))))
    await desk.pull(SERVICE, SCHOOL)
    new = document.read()

    with document.edit() as draft:
        draft.value = old
    assert not desk.news(ADMINISTRATOR, session).refreshed
    assert session.row(pupil("p1")).category is not Category.SKIP
    assert desk.open(ADMINISTRATOR, SCHOOL).row(pupil("p1")).category is not Category.SKIP
    with document.edit() as draft:
        draft.value = new
    assert desk.news(ADMINISTRATOR, session).refreshed
    assert session.row(pupil("p1")).title.startswith("Zwart")
    assert not desk.news(ADMINISTRATOR, session).refreshed


async def test_a_decision_that_comes_too_late_is_reported_and_not_counted_in(bureau: SchoolBureau) -> None:
    desk = bureau.desk.imports
    await desk.pull(ADMINISTRATOR, SCHOOL)
    session = desk.open(ADMINISTRATOR, SCHOOL)
    desk.commit(SERVICE, SCHOOL)
    news = desk.news(ADMINISTRATOR, session)
    assert (news.ended, news.ended_by) == (Ending.COMMITTED, SERVICE.name)


async def test_a_skipped_record_is_not_asked_about_again(bureau: SchoolBureau) -> None:
    desk = bureau.desk.imports
    await desk.pull(ADMINISTRATOR, SCHOOL)
    session = desk.open(ADMINISTRATOR, SCHOOL)
    desk.decide(ADMINISTRATOR, session, session.steps.with_pupils(group("g5"), Category.SKIP))
    desk.commit(ADMINISTRATOR, SCHOOL)
    newcomer = an_incoming_pupil("z", "Zoë", "Zwart")
    bureau.las.roster = an_answer(pupils=(*an_answer().pupils, newcomer))
    await desk.pull(ADMINISTRATOR, SCHOOL)
    again = desk.open(ADMINISTRATOR, SCHOOL)
    assert {row.category for row in again.rows(Selection(kind=Kind.PUPIL))} == {Category.SKIP}
    assert not again.problems()


async def test_acts_about_what_is_not_there_are_refused(bureau: SchoolBureau) -> None:
    desk = bureau.desk.imports
    await desk.pull(ADMINISTRATOR, SCHOOL)
    session = desk.open(ADMINISTRATOR, SCHOOL)
    for step in (
        place(pupil("onbekend"), Category.SKIP),
        place(pupil("p1"), Category.EXISTING, "P999"),
        GiveEmail(incoming=teacher("t1").incoming, email="geen adres"),
    ):
        with pytest.raises(UnreadableInput):
            desk.decide(ADMINISTRATOR, session, [step])
    assert session.seen == 0


async def test_the_stored_proposals_read_back_as_they_were_made(bureau: SchoolBureau) -> None:
    await bureau.desk.imports.pull(ADMINISTRATOR, SCHOOL)
    opened = open_review(bureau.office, bureau.record())
    assert opened.session.review == bureau.store.review(SCHOOL).read()
    assert len(opened.session.review.proposals) == 12


async def test_a_choice_for_a_row_that_newer_data_took_away_is_refused(bureau: SchoolBureau) -> None:
    desk = bureau.desk.imports
    await desk.pull(ADMINISTRATOR, SCHOOL)
    session = desk.open(ADMINISTRATOR, SCHOOL)
    bureau.las.roster = an_answer(pupils=incoming_people(9))
    await desk.pull(SERVICE, SCHOOL)
    with pytest.raises(UnreadableInput):
        desk.decide(ADMINISTRATOR, session, [place(pupil("p9"), Category.SKIP)])
    assert pupil("p9") not in session
