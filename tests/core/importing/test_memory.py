"""What people said once is not asked again (workflow.md §3)."""

from __future__ import annotations

from datetime import date

from core.importing.course import Course
from core.importing.decisions import Category, NotSame, RowKey
from core.importing.history import Pairing, Remembered
from core.importing.matching import Ground
from core.importing.memory import only_different, remembered
from core.model import Register
from tests.core.importing.build import (
    Pen,
    a_pupil,
    a_review,
    a_roster,
    an_incoming_pupil,
    incoming_people,
    people,
    place,
    pupil,
)


def told(pen: Pen, before: Remembered | None = None) -> Remembered:
    return remembered(before or Remembered(), Course(pen.log))


def differ(existing: str = "P0") -> NotSame:
    return NotSame(kind=pupil("p0").kind, incoming=pupil("p0").incoming, existing=existing)


def test_a_link_made_by_hand_is_proposed_as_sure_next_time() -> None:
    """+ every link made by hand: the next import does not ask again."""
    pen = Pen()
    pen.choose(place(pupil("x"), Category.EXISTING, "P0"))
    register = Register(pupils=(a_pupil("P0", "Sophie", "Hendriks"), *people(6)[1:]))
    roster = a_roster(pupils=[an_incoming_pupil("x", "Mo", "Anders", group=None)])
    (proposal,) = a_review(roster, register, remembered=told(pen)).proposals
    assert (proposal.existing, proposal.ground, proposal.sure) == ("P0", Ground.REMEMBERED, True)


def test_what_was_said_of_a_key_is_asked_again_when_it_has_become_somebody_else() -> None:
    """Taken back or cleared, only the memory is left; another name and another birth date are another child."""
    pen = Pen()
    pen.choose(place(pupil("x"), Category.EXISTING, "P0"))
    register = Register(pupils=(a_pupil("P0", "Sophie", "Hendriks"), *people(6)[1:]))
    roster = a_roster(pupils=[an_incoming_pupil("x", "Mo", "Anders", born=date(2014, 9, 1), group=None)])
    (proposal,) = a_review(roster, register, remembered=told(pen)).proposals
    assert (proposal.existing, proposal.ground, proposal.sure) == ("P0", Ground.REMEMBERED, False)


def test_not_the_same_person_is_never_proposed_again() -> None:
    pen = Pen()
    pen.choose(differ())
    review = a_review(a_roster(pupils=incoming_people(6)), Register(pupils=people(6)), remembered=told(pen))
    (proposal,) = [one for one in review.proposals if one.key == pupil("p0")]
    assert proposal.existing is None
    assert "P0" not in {candidate.existing for candidate in proposal.candidates}


def pairs(memory: tuple[Pairing, ...]) -> list[tuple[RowKey, str]]:
    return [(RowKey(one.kind, one.incoming), one.existing) for one in memory]


def test_what_is_said_later_wins() -> None:
    pen = Pen()
    pen.choose(differ())
    pen.choose(place(pupil("p0"), Category.EXISTING, "P0"))
    memory = told(pen)
    assert pairs(memory.same) == [(pupil("p0"), "P0")]
    assert not memory.different
    pen = Pen()
    pen.choose(differ())
    memory = told(pen, memory)
    assert not memory.same
    assert pairs(memory.different) == [(pupil("p0"), "P0")]


def test_what_was_taken_back_is_not_remembered() -> None:
    pen = Pen()
    pen.undo(pen.choose(differ()))
    pen.undo(pen.choose(place(pupil("p1"), Category.SKIP)))
    assert told(pen) == Remembered()


def test_a_skipped_record_that_is_taken_in_after_all_is_forgotten_as_skipped() -> None:
    pen = Pen()
    pen.choose(place(pupil("p1"), Category.SKIP))
    memory = told(pen)
    assert [one.incoming for one in memory.skipped] == ["las:p1"]
    pen = Pen()
    pen.choose(place(pupil("p1"), Category.NEW))
    assert told(pen, memory).skipped == ()


def test_after_an_aborted_import_only_who_is_not_the_same_is_remembered() -> None:
    pen = Pen()
    pen.choose(differ())
    pen.choose(place(pupil("p1"), Category.SKIP))
    pen.choose(place(pupil("p2"), Category.EXISTING, "P2"))
    memory = only_different(Remembered(), Course(pen.log))
    assert (len(memory.different), memory.same, memory.skipped) == (1, (), ())
