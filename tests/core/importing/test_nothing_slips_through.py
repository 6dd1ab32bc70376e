"""No act, and no two acts together, lose a doubt, a decision, or what somebody parted (workflow.md §3)."""

from __future__ import annotations

import random
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.history import Remembered
from core.importing.course import Course
from core.importing.decisions import Category, RowKey, Step, Undo
from core.importing.memory import remembered
from core.importing.review import Review
from core.importing.session import ReviewSession
from core.model import Register
from tests.core.importing.build import (
    SCHOOL,
    Pen,
    a_group,
    a_pupil,
    a_review,
    a_roster,
    a_session,
    an_incoming_group,
    an_incoming_pupil,
    group,
    incoming_people,
    people,
    place,
    pupil,
)

SAM, TWIN = pupil("s"), pupil("t")
ROSTER = a_roster(
    [an_incoming_group("g5"), an_incoming_group("g6")],
    pupils=[
        *incoming_people(4),
        an_incoming_pupil("s", "Sam", "Jansen"),
        an_incoming_pupil("t", "Jaylen", "Wit", born=date(2017, 5, 5)),
        an_incoming_pupil("n", "Zoë", "Zwart", born=date(2016, 8, 8), group="g6"),
    ],
)
REGISTER = Register(
    groups=(a_group("G5", linked="g5"),),
    pupils=(
        *people(4),
        a_pupil("S1", "Sam", "Jansen"),
        a_pupil("S2", "Sam", "Jansen"),
        a_pupil("T", "Jayden", "Wit", born=date(2017, 5, 5)),
    ),
)


def toggled(session: ReviewSession, pen: Pen, times: int = 2) -> None:
    """Leave group 5 out with its pupils, and take it in again."""
    for _time in range(times):
        session.take_in([pen.choose(*session.steps.group_switched(group("g5")))])


def test_who_is_in_doubt_is_in_doubt_again_when_its_group_comes_back() -> None:
    """A group taken in again by one key confirms nobody: a twin would get the other's scores."""
    session, pen = a_session(ROSTER, REGISTER), Pen()
    before = {key: session.row(key).doubt for key in (SAM, TWIN)}
    assert all(before.values())
    toggled(session, pen, 1)
    assert not any(session.row(key).doubt for key in before)
    toggled(session, pen, 1)
    assert {key: session.row(key).doubt for key in before} == before
    assert not session.row(SAM).by


def test_what_was_decided_about_a_pupil_is_back_with_its_group() -> None:
    session, pen = a_session(ROSTER, REGISTER), Pen()
    session.take_in([pen.choose(*session.steps.not_same(pupil("p0"), "P0"))])
    session.take_in([pen.choose(place(SAM, Category.EXISTING, "S2"))])
    session.take_in([pen.choose(place(pupil("p1"), Category.SKIP, "P1"))])
    keys = [pupil("p0"), SAM, pupil("p1"), pupil("p2")]
    before = [session.choices[key] for key in keys]
    toggled(session, pen)
    after = [session.choices[key] for key in keys]
    assert [(one.category, one.existing) for one in after] == [(one.category, one.existing) for one in before]


def test_a_group_that_was_left_out_before_comes_back_with_its_doubts() -> None:
    session, pen = a_session(ROSTER, REGISTER), Pen()
    toggled(session, pen, 1)
    memory = remembered(Remembered(), session.choices)
    again = a_session_of(a_review(ROSTER, REGISTER, remembered=memory))
    assert {again.row(key).category for key in (SAM, TWIN, pupil("p0"))} == {Category.SKIP}
    assert again.row(pupil("n")).category is Category.NEW
    toggled(again, Pen(), 1)
    fresh = a_session(ROSTER, REGISTER)
    for key in (SAM, TWIN, pupil("p0")):
        assert (again.row(key).category, again.row(key).doubt) == (fresh.row(key).category, fresh.row(key).doubt)


@pytest.mark.parametrize("first", ["link", "part"])
def test_of_two_who_link_and_part_a_pair_unseen_neither_is_followed_without_asking(first: str) -> None:
    session, pen = a_session(ROSTER, REGISTER), Pen()
    acts: dict[str, tuple[Step, ...]] = {
        "link": (place(SAM, Category.EXISTING, "P3"),),
        "part": session.steps.not_same(SAM, "P3"),
    }
    for who in (first, *(acts.keys() - {first})):
        session.take_in([pen.choose(*acts[who], by=who, seen=0)])
    assert "part" in session.row(SAM).doubt
    assert session.detail(SAM).notice == session.row(SAM).doubt
    session.take_in([pen.choose(*session.steps.confirmed([SAM]))])
    assert not session.row(SAM).doubt, "decided again by somebody who has seen both"


def test_a_bulk_move_takes_nobody_who_is_unlikely() -> None:
    session = a_session(ROSTER, REGISTER)
    weak = [
        key for key, one in session.choices.proposals.items() if one.candidates and one.candidates[0].probability < 0.05
    ]
    assert weak
    assert {session.steps.moved(key, Category.EXISTING).existing for key in weak} == {None}


def test_parting_a_pair_of_a_row_that_is_left_out_leaves_it_out() -> None:
    session, pen = a_session(ROSTER, REGISTER), Pen()
    session.take_in([pen.choose(session.steps.moved(pupil("p0"), Category.SKIP))])
    session.take_in([pen.choose(*session.steps.not_same(pupil("p0"), "P0"))])
    assert session.row(pupil("p0")).category is Category.SKIP
    assert session.steps.moved(pupil("p0"), Category.EXISTING).existing != "P0"


def a_session_of(review: Review) -> ReviewSession:
    return ReviewSession(school=SCHOOL, review=review, register=REGISTER, course=Course())


@settings(max_examples=150, deadline=None)
@given(st.integers(0, 10**9))
def test_whatever_two_people_do_nobody_is_linked_whom_they_did_not_look_at_or_had_parted(seed: int) -> None:
    """Any acts, groups left out and taken in, taken back, seen and unseen."""
    chance = random.Random(seed)
    review = a_review(ROSTER, REGISTER)
    pen = Pen()
    sessions = {who: a_session_of(review) for who in ("Anne", "Bob")}
    rows = [proposal.key for proposal in review.proposals if proposal.kind is SAM.kind]
    looked_at: set[RowKey] = set()
    for _act in range(chance.randint(1, 30)):
        who = chance.choice(list(sessions))
        session = sessions[who]
        if chance.random() < 0.6:
            session.take_in(pen.log[session.seen :])
        row = chance.choice(rows)
        match chance.randrange(6):
            case 0:
                steps: tuple[Step, ...] = (session.steps.moved(row, chance.choice(list(Category))),)
                looked_at.add(row)
            case 1:
                other = chance.choice(REGISTER.pupils).id
                steps = session.steps.not_same(row, other)
                if len(steps) > 1:
                    looked_at.add(row)
            case 2 | 3:
                steps = session.steps.group_switched(group("g5"))
            case 4:
                steps = session.steps.confirmed([row])
                looked_at.add(row)
            case _:
                if of := session.course.undoable(who):
                    pen.write(Undo(of=of), who, session.seen)
                continue
        pen.choose(*steps, by=who, seen=session.seen)
    end = sessions["Anne"]
    end.take_in(pen.log[end.seen :])
    standing = {entry.id: number for number, entry in enumerate(pen.log)}
    for row in rows:
        choice = end.choices[row]
        if choice.category is not Category.EXISTING or end.row(row).doubt:
            continue
        assert end.choices.proposals[row].sure or row in looked_at
        if said := end.course.not_same(row).get(choice.existing or ""):
            claim = end.course.place(row)
            assert claim is not None
            assert pen.log[standing[claim.decision]].seen > standing[said.decision]
