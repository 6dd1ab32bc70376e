"""The nightly part of an import: what is linked goes in, the rest waits and is mailed, a guard holds a school back."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from core.desk.night_step import in_words
from core.desk.pulling import Puller
from core.errors import RefusedByGuard, RefusedByState
from core.importing.decisions import Category
from core.linking.link import LinkState
from core.mail.letters import NewData, RunHeld
from core.model import Kind, Register, Roster
from tests.core.desk.office import ADMINISTRATOR, NIGHT, SCHOOL, SERVICE
from tests.core.desk.school_year import SchoolBureau, a_bureau
from tests.core.importing.build import (
    NOW,
    a_group,
    a_roster,
    an_incoming_group,
    an_incoming_pupil,
    incoming_people,
    people,
    place,
    pupil,
)


def linked_school() -> Register:
    return Register(groups=(a_group("G5", "Groep 5", linked="g5"),), pupils=people(10, linked=True))


def an_answer(count: int = 10, *, renamed: bool = False, newcomer: bool = False) -> Roster:
    pupils = list(incoming_people(count))
    if renamed:
        pupils[0] = replace(pupils[0], name=replace(pupils[0].name, call_name="Fiene"))
    if newcomer:
        pupils.append(an_incoming_pupil("z", "Zoë", "Zwart"))
    return a_roster([an_incoming_group("g5", "Groep 5")], pupils=pupils)


def a_school(folder: Path, answer: Roster) -> SchoolBureau:
    return a_bureau(folder, answer, linked_school(), LinkState.ACTIVE)


async def test_changes_to_linked_records_go_in_without_asking(tmp_path: Path) -> None:
    """S: changes to records that are linked already are applied by the nightly run."""
    bureau = a_school(tmp_path, an_answer(9, renamed=True))
    night = await bureau.desk.night_imports.run(NIGHT, SCHOOL)
    assert night.applied and night.held is None
    register = bureau.record().register
    assert register.pupils[0].name.call_name == "Fiene"
    assert [one.id for one in register.pupils if not one.active] == ["P9"]
    assert bureau.record().open_review == ""
    assert bureau.post.letters == []


async def test_new_pupils_wait_for_a_person_and_the_administrators_get_one_letter(tmp_path: Path) -> None:
    """S: what cannot be read in automatically is mailed, and nothing of it is stored as real data."""
    bureau = a_school(tmp_path, an_answer(renamed=True, newcomer=True))
    night = await bureau.desk.night_imports.run(NIGHT, SCHOOL)
    assert night.waiting and night.waiting.new[Kind.PUPIL] == 1
    assert len(bureau.record().register.pupils) == 10
    assert [type(letter) for letter in bureau.post.letters] == [NewData]
    assert bureau.desk.imports.open(ADMINISTRATOR, SCHOOL).row(pupil("z")).category is Category.NEW
    assert in_words(night) == "1 gewijzigd, 1 na te kijken"


async def test_an_approved_school_gets_its_letter_and_nothing_is_stored(tmp_path: Path) -> None:
    bureau = a_bureau(tmp_path, an_answer(), Register(groups=(a_group("G5"),), pupils=people(10)))
    night = await bureau.desk.night_imports.run(NIGHT, SCHOOL)
    assert night.applied is None
    record = bureau.record()
    assert record.link and record.link.state is LinkState.APPROVED
    assert all(one.linked is None for one in record.register.pupils)
    assert [type(letter) for letter in bureau.post.letters] == [NewData]


async def test_a_guard_holds_the_school_back_stores_nothing_and_mails_once(tmp_path: Path) -> None:
    bureau = a_school(tmp_path, an_answer(6))
    before = bureau.record().register
    for _night in range(2):
        night = await bureau.desk.night_imports.run(NIGHT, SCHOOL)
        assert night.held and night.applied is None
    assert bureau.record().register == before
    assert [type(letter) for letter in bureau.post.letters] == [RunHeld]


async def test_a_night_killed_between_holding_and_writing_is_made_up_for_once(tmp_path: Path) -> None:
    """The letter follows the deed, so it is written the next night, about the same instant."""
    bureau = a_school(tmp_path, an_answer(6))
    await bureau.desk.night_imports.run(NIGHT, SCHOOL)
    bureau.post.letters.clear()
    for _night in range(2):
        bureau.clock.pass_by(days=1)
        await bureau.desk.night_imports.run(NIGHT, SCHOOL)
    (letter,) = bureau.post.letters
    held = bureau.record().held
    assert isinstance(letter, RunHeld) and held and letter.reasons == held.reasons


async def test_a_held_run_is_approved_by_typing_the_brin(tmp_path: Path) -> None:
    bureau = a_school(tmp_path, an_answer(6))
    await bureau.desk.night_imports.run(NIGHT, SCHOOL)
    assert len(bureau.desk.night_imports.held(SERVICE, SCHOOL).plan.leaving) == 4
    with pytest.raises(RefusedByGuard):
        bureau.desk.night_imports.approve(SERVICE, SCHOOL, confirm="ja")
    done = bureau.desk.night_imports.approve(SERVICE, SCHOOL, confirm="12AB")
    assert done and done.override and done.by == SERVICE.name
    record = bureau.record()
    assert sum(1 for one in record.register.pupils if not one.active) == 4
    assert (record.held, record.open_review) == (None, "")


async def test_a_discarded_run_is_not_offered_again_until_parnassys_sends_news(tmp_path: Path) -> None:
    bureau = a_school(tmp_path, an_answer(6))
    before = bureau.record().register
    await bureau.desk.night_imports.run(NIGHT, SCHOOL)
    bureau.desk.night_imports.discard(SERVICE, SCHOOL)
    night = await bureau.desk.night_imports.run(NIGHT, SCHOOL)
    assert (night.held, night.applied) == (None, None)
    assert bureau.record().register == before
    with pytest.raises(RefusedByState):
        bureau.desk.night_imports.held(SERVICE, SCHOOL)
    bureau.las.roster = replace(an_answer(9), created=NOW.replace(day=24))
    night = await bureau.desk.night_imports.run(NIGHT, SCHOOL)
    assert night.applied
    assert sum(1 for one in bureau.record().register.pupils if not one.active) == 1


async def test_a_night_after_the_last_one_asks_only_for_news(tmp_path: Path) -> None:
    bureau = a_school(tmp_path, an_answer(9))
    await bureau.desk.night_imports.run(NIGHT, SCHOOL)
    again = await bureau.desk.night_imports.run(NIGHT, SCHOOL)
    assert again.applied is None
    assert bureau.las.asked == [None, an_answer().created]
    assert len(bureau.record().imports) == 1


async def test_a_row_that_somebody_decided_about_waits_for_that_review(tmp_path: Path) -> None:
    bureau = a_school(tmp_path, an_answer(newcomer=True))
    desk = bureau.desk.imports
    await desk.pull(ADMINISTRATOR, SCHOOL)
    session = desk.open(ADMINISTRATOR, SCHOOL)
    desk.decide(ADMINISTRATOR, session, [place(pupil("p0"), Category.SKIP), place(pupil("p1"), Category.NEW)])
    bureau.las.roster = replace(an_answer(renamed=True, newcomer=True), created=NOW.replace(day=24))
    await bureau.desk.night_imports.run(NIGHT, SCHOOL)
    assert bureau.record().register.pupils[0].name.call_name == "Fien"
    assert len(bureau.record().register.pupils) == 10
    assert desk.open(ADMINISTRATOR, SCHOOL).row(pupil("p0")).category is Category.SKIP


async def test_nobody_disappears_on_an_answer_that_is_not_whole(tmp_path: Path) -> None:
    """+ only a complete answer may lead to a deactivation; a suspiciously small one is not complete."""
    bureau = a_school(tmp_path, an_answer(4))
    night = await bureau.desk.night_imports.run(NIGHT, SCHOOL)
    assert night.held is None
    assert all(one.active for one in bureau.record().register.pupils)
    last = bureau.record().last_pull
    assert last and not last.whole


async def test_a_night_that_was_killed_between_fetching_and_applying_is_made_up_for(tmp_path: Path) -> None:
    bureau = a_school(tmp_path, an_answer(9, newcomer=True))
    await Puller(bureau.office).pull(NIGHT, SCHOOL)
    assert bureau.record().imports == ()
    night = await bureau.desk.night_imports.run(NIGHT, SCHOOL)
    assert night.applied
    assert [type(letter) for letter in bureau.post.letters] == [NewData]
    await bureau.desk.night_imports.run(NIGHT, SCHOOL)
    assert len(bureau.post.letters) == 1


async def test_every_time_new_pupils_are_added_there_is_a_letter_of_its_own(tmp_path: Path) -> None:
    """S: every time new pupils or teachers are added, the administrators get this mail."""
    bureau = a_school(tmp_path, an_answer(newcomer=True))
    await bureau.desk.night_imports.run(NIGHT, SCHOOL)
    more = an_answer(newcomer=True)
    bureau.las.roster = replace(
        more,
        pupils=(*more.pupils, an_incoming_pupil("y", "Yara", "Ydema")),
        created=NOW.replace(day=24),
    )
    for _night in range(2):
        await bureau.desk.night_imports.run(NIGHT, SCHOOL)
    assert [letter.new_pupils for letter in bureau.post.letters if isinstance(letter, NewData)] == [1, 2]
    assert len({letter.about for letter in bureau.post.letters}) == 2


async def test_what_somebody_took_back_is_not_done_again_by_the_next_night(tmp_path: Path) -> None:
    bureau = a_school(tmp_path, an_answer(9, renamed=True))
    before = bureau.record().register
    await bureau.desk.night_imports.run(NIGHT, SCHOOL)
    bureau.desk.imports.rollback(ADMINISTRATOR, SCHOOL)
    night = await bureau.desk.night_imports.run(NIGHT, SCHOOL)
    assert night.held and "teruggedraaid" in night.held.reasons[0]
    assert bureau.record().register == before
    assert bureau.desk.night_imports.approve(ADMINISTRATOR, SCHOOL, confirm="")
    assert bureau.record().register != before


async def test_a_review_that_the_night_closed_is_forgotten_but_for_its_log(tmp_path: Path) -> None:
    bureau = a_school(tmp_path, an_answer(9))
    await bureau.desk.night_imports.run(NIGHT, SCHOOL)
    assert bureau.store.review(SCHOOL).read() is None
