"""What is remembered of an import, through the desk and the store: for whom it holds, and taken back with it."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from core.errors import RefusedByState
from core.history import Remembered
from core.importing.decisions import Category
from core.importing.matching import Flag, Ground
from core.importing.review import Review
from core.importing.session import ReviewSession
from core.linking.link import LinkState
from core.model import PupilId, Register
from core.record import Care
from tests.core.desk.office import ADMINISTRATOR, NIGHT, SCHOOL, SERVICE
from tests.core.desk.school_year import SchoolBureau, a_bureau
from tests.core.importing.build import (
    NOW,
    a_group,
    a_pupil,
    a_roster,
    an_incoming_group,
    an_incoming_pupil,
    incoming_people,
    people,
    place,
    pupil,
)

GROUPS = [an_incoming_group("g5", "Groep 5")]
ZOE = an_incoming_pupil("p1", "Zoë", "Zwart", born=date(2018, 2, 2))
MO = an_incoming_pupil("x", "Mo", "Anders", born=None)


@pytest.fixture
def bureau(tmp_path: Path) -> SchoolBureau:
    """Ten children on both sides, and one that only ParnasSys has."""
    answer = a_roster(GROUPS, pupils=(*incoming_people(9), MO))
    return a_bureau(tmp_path, answer, Register(groups=(a_group("G5", "Groep 5"),), pupils=people(10)))


async def pulled(bureau: SchoolBureau) -> ReviewSession:
    await bureau.desk.imports.pull(ADMINISTRATOR, SCHOOL)
    return bureau.desk.imports.open(ADMINISTRATOR, SCHOOL)


def proposals(bureau: SchoolBureau) -> Review:
    """The review without what differs from one to the next."""
    review = bureau.store.review(SCHOOL).read()
    assert review
    return replace(review, id="", edition=0, made=bureau.clock.now())


def settle(bureau: SchoolBureau, session: ReviewSession) -> None:
    """Decide something of every kind."""
    desk = bureau.desk.imports
    desk.decide(ADMINISTRATOR, session, [place(pupil("p1"), Category.SKIP)])
    desk.decide(ADMINISTRATOR, session, [place(pupil("x"), Category.EXISTING, "P9")])
    desk.decide(ADMINISTRATOR, session, session.steps.not_same(pupil("p3"), "P3"))


async def test_another_child_under_the_key_of_a_skipped_one_waits_for_a_person_by_day_and_by_night(
    bureau: SchoolBureau,
) -> None:
    session = await pulled(bureau)
    bureau.desk.imports.decide(ADMINISTRATOR, session, [place(pupil("p1"), Category.SKIP)])
    bureau.desk.imports.commit(ADMINISTRATOR, SCHOOL)
    sent = (*incoming_people(1), ZOE, *incoming_people(7, first=2), MO)
    bureau.las.roster = a_roster(GROUPS, pupils=sent, received=NOW + timedelta(days=1))
    night = await bureau.desk.night_imports.run(NIGHT, SCHOOL)
    assert night.waiting and pupil("p1") in night.waiting.keys
    row = bureau.desk.imports.open(ADMINISTRATOR, SCHOOL).row(pupil("p1"))
    assert row.category is Category.NEW
    assert "iemand anders" in row.doubt
    assert bureau.desk.imports.open(ADMINISTRATOR, SCHOOL).detail(pupil("p1")).notice == row.doubt


async def test_what_was_kept_before_it_said_of_whom_is_read_and_asked_about(bureau: SchoolBureau) -> None:
    session = await pulled(bureau)
    settle(bureau, session)
    bureau.desk.imports.commit(ADMINISTRATOR, SCHOOL)
    path = bureau.folder / "schools" / "12AB-00" / "record.json"
    stored = json.loads(path.read_text())
    value = stored["record"]["1"]["value"]
    for one in (one for kind in value["remembered"].values() for one in kind):
        del one["person"]
    for field in ("learnt", "forgot", "numbers"):
        del value["imports"][-1]["changes"][field]
    del value["edition"]
    path.write_text(json.dumps(stored))
    again = await pulled(bureau)
    assert "niet bewaard" in again.row(pupil("p1")).doubt
    assert not again.choices.proposals[pupil("x")].sure or again.row(pupil("x")).ground is Ground.LINKED_BEFORE
    parted = again.choices.proposals[pupil("p3")]
    assert parted.existing != "P3" or (Flag.PARTED in parted.flags and not parted.sure)


@pytest.mark.parametrize("care", [Care(never_touch_pupils=frozenset({PupilId("T")})), Care(additions_only=True)])
async def test_whom_a_person_linked_by_another_name_is_not_asked_about_again_where_names_stay(
    tmp_path: Path, care: Care
) -> None:
    """A pupil who is never touched keeps its name, and so does every one where imports only add."""
    born = date(2016, 5, 5)
    there = Register(
        groups=(a_group("G5", linked="g5"),),
        pupils=(*people(9, linked=True), a_pupil("T", "Sander", "Smit", born=born, linked="t")),
    )
    sent = (*incoming_people(9), an_incoming_pupil("t", "Tom", "Smit", born=born))
    bureau = a_bureau(tmp_path, a_roster(GROUPS, pupils=sent), there)
    with bureau.store.record(SCHOOL).edit() as draft:
        assert draft.value
        draft.value = replace(draft.value, care=care)
    session = await pulled(bureau)
    assert [row.key for row in session.doubts()] == [pupil("t")]
    bureau.desk.imports.accept(ADMINISTRATOR, session, [pupil("t")])
    bureau.desk.imports.commit(ADMINISTRATOR, SCHOOL)
    assert not (await pulled(bureau)).doubts()


@pytest.mark.parametrize("category", [Category.SKIP, Category.NEW])
async def test_whose_key_it_is_not_lets_it_go_and_has_it_back_after_a_roll_back(
    tmp_path: Path, category: Category
) -> None:
    """Left out or not: linked still, the scores of the one child would be sent under the key of the other."""
    there = Register(groups=(a_group("G5", "Groep 5", linked="g5"),), pupils=people(9, linked=True))
    other = an_incoming_pupil("p3", "Zoë", "Zwart", born=date(2018, 2, 2))
    sent = (*incoming_people(3), other, *incoming_people(5, first=4))
    bureau = a_bureau(tmp_path, a_roster(GROUPS, pupils=sent), there)
    session = await pulled(bureau)
    desk = bureau.desk.imports
    desk.decide(ADMINISTRATOR, session, [*session.steps.not_same(pupil("p3"), "P3"), place(pupil("p3"), category)])
    await bureau.desk.night_imports.run(NIGHT, SCHOOL)
    assert bureau.record().register.pupils[3].linked, "nothing of an import counts before it is imported"
    desk.commit(ADMINISTRATOR, SCHOOL)
    keys = [one.linked and one.linked.key for one in bureau.record().register.pupils]
    assert keys[3] is None
    assert keys[:3] + keys[4:9] == [f"p{n}" for n in (0, 1, 2, 4, 5, 6, 7, 8)]
    desk.rollback(ADMINISTRATOR, SCHOOL)
    assert bureau.record().register == there


async def test_a_rolled_back_import_leaves_no_trace_in_later_matching(bureau: SchoolBureau) -> None:
    session = await pulled(bureau)
    first = proposals(bureau)
    desk = bureau.desk.imports
    desk.decide(ADMINISTRATOR, session, [place(pupil("p1"), Category.SKIP)])
    desk.decide(ADMINISTRATOR, session, [place(pupil("x"), Category.EXISTING, "P9")])
    desk.commit(ADMINISTRATOR, SCHOOL)
    assert bureau.record().remembered != Remembered()
    assert desk.rollback_preview(ADMINISTRATOR, SCHOOL).forgotten == 2
    desk.rollback(ADMINISTRATOR, SCHOOL)
    assert bureau.record().remembered == Remembered()
    await pulled(bureau)
    assert proposals(bureau) == first


async def test_after_a_roll_back_whom_a_person_parted_is_asked_about_and_not_linked_by_itself(
    bureau: SchoolBureau,
) -> None:
    session = await pulled(bureau)
    assert session.choices.proposals[pupil("p3")].sure
    settle(bureau, session)
    bureau.desk.imports.commit(ADMINISTRATOR, SCHOOL)
    bureau.desk.imports.rollback(ADMINISTRATOR, SCHOOL)
    again = await pulled(bureau)
    found = again.choices.proposals[pupil("p3")]
    assert (found.existing, found.sure, Flag.PARTED in found.flags) == ("P3", False, True)


async def test_what_was_remembered_before_the_import_is_back_after_a_roll_back(bureau: SchoolBureau) -> None:
    session = await pulled(bureau)
    settle(bureau, session)
    bureau.desk.imports.commit(ADMINISTRATOR, SCHOOL)
    before = bureau.record().remembered
    session = await pulled(bureau)
    desk = bureau.desk.imports
    desk.decide(ADMINISTRATOR, session, [place(pupil("p1"), Category.EXISTING, "P1")])
    desk.commit(ADMINISTRATOR, SCHOOL)
    assert not bureau.record().remembered.skipped
    desk.rollback(ADMINISTRATOR, SCHOOL)
    after = bureau.record().remembered
    assert (set(after.same), set(after.skipped)) == (set(before.same), set(before.skipped))


async def test_a_review_that_was_open_at_a_roll_back_is_refreshed_before_it_is_taken_over(
    bureau: SchoolBureau,
) -> None:
    """Its proposals rest on the links that were taken back; what people decided in it stays."""
    desk = bureau.desk.imports
    await pulled(bureau)
    desk.commit(ADMINISTRATOR, SCHOOL)
    session = await pulled(bureau)
    desk.decide(ADMINISTRATOR, session, [place(pupil("p1"), Category.SKIP)])
    desk.rollback(SERVICE, SCHOOL)
    before = bureau.record()
    for commit in (desk.rehearse, desk.commit):
        with pytest.raises(RefusedByState):
            commit(ADMINISTRATOR, SCHOOL)
    assert bureau.record() == before
    again = await pulled(bureau)
    assert again.row(pupil("p1")).category is Category.SKIP
    assert again.row(pupil("p1")).by == ADMINISTRATOR.name
    desk.commit(ADMINISTRATOR, SCHOOL)


async def test_numbers_that_were_kept_aside_are_evidence_again_after_a_roll_back(tmp_path: Path) -> None:
    register = Register(groups=(a_group("G5", "Groep 5"),), pupils=people(4, linked=True))
    bureau = a_bureau(tmp_path, a_roster(GROUPS, pupils=incoming_people(4)), register, LinkState.APPROVED)
    bureau.desk.links.clear_external(ADMINISTRATOR, SCHOOL)
    kept = bureau.record().kept_numbers
    assert kept
    await pulled(bureau)
    bureau.desk.imports.commit(ADMINISTRATOR, SCHOOL)
    assert bureau.record().kept_numbers is None
    bureau.desk.imports.rollback(ADMINISTRATOR, SCHOOL)
    assert bureau.record().kept_numbers == kept
