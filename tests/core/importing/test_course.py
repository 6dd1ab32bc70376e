"""Decisions add up the same for everybody, and nobody's is silently overwritten."""

from __future__ import annotations

import random

from hypothesis import given, settings
from hypothesis import strategies as st

from core.importing.course import Course
from core.importing.decisions import Category, Choose, Closed, Decision, Ending, Place, Redo, Refreshed, Step, Undo
from tests.core.importing.build import NOW, Pen, place, pupil


def category(course: Course, las: str) -> Category | None:
    claim = course.place(pupil(las))
    return claim.step.category if claim and isinstance(claim.step, Place) else None


def test_the_last_decision_about_a_row_counts() -> None:
    pen = Pen()
    pen.choose(place(pupil("1"), Category.SKIP))
    pen.choose(place(pupil("1"), Category.NEW))
    assert category(Course(pen.log), "1") is Category.NEW


def test_the_last_step_of_one_act_about_a_row_counts_and_does_not_overtake_itself() -> None:
    """Not this one, but that one: out of the first link, into the second."""
    pen = Pen()
    act = pen.choose(place(pupil("1"), Category.NEW), place(pupil("1"), Category.EXISTING, "P2"))
    course = Course(pen.log)
    assert category(course, "1") is Category.EXISTING
    assert not course.overtaken
    pen.undo(act)
    assert category(Course(pen.log), "1") is None


def test_undo_takes_back_a_bulk_move_as_one_step_and_redo_does_it_again() -> None:
    pen = Pen()
    bulk = pen.choose(place(pupil("1"), Category.SKIP), place(pupil("2"), Category.SKIP))
    pen.undo(bulk)
    assert category(Course(pen.log), "1") is category(Course(pen.log), "2") is None
    pen.redo(bulk)
    assert category(Course(pen.log), "1") is category(Course(pen.log), "2") is Category.SKIP


def test_a_new_decision_ends_what_can_be_redone() -> None:
    pen = Pen()
    first = pen.choose(place(pupil("1"), Category.SKIP))
    pen.undo(first)
    pen.choose(place(pupil("2"), Category.SKIP))
    assert Course(pen.log).redoable("Anne") is None


def test_nobody_takes_back_what_somebody_else_decided() -> None:
    pen = Pen()
    first = pen.choose(place(pupil("1"), Category.SKIP), by="Anne")
    pen.undo(first, by="Bob")
    assert category(Course(pen.log), "1") is Category.SKIP
    assert Course(pen.log).undoable("Bob") is None


def test_undo_below_a_later_decision_of_a_colleague_leaves_that_decision_standing() -> None:
    pen = Pen()
    first = pen.choose(place(pupil("1"), Category.SKIP), by="Anne")
    second = pen.choose(place(pupil("1"), Category.NEW), by="Bob")
    pen.undo(first, by="Anne")
    assert category(Course(pen.log), "1") is Category.NEW
    pen.undo(second, by="Bob")
    assert category(Course(pen.log), "1") is None


def test_a_decision_taken_without_seeing_a_colleagues_is_set_aside_and_stays_in_sight() -> None:
    pen = Pen()
    pen.choose(place(pupil("1"), Category.SKIP), by="Anne", seen=0)
    pen.choose(place(pupil("1"), Category.NEW), by="Bob", seen=0)
    course = Course(pen.log)
    assert category(course, "1") is Category.SKIP
    (waiting,) = course.overtaken[pupil("1")]
    assert (waiting.claim.by, waiting.winner and waiting.winner.by) == ("Bob", "Anne")


def test_deciding_again_having_seen_it_settles_what_was_overtaken() -> None:
    pen = Pen()
    pen.choose(place(pupil("1"), Category.SKIP), by="Anne", seen=0)
    pen.choose(place(pupil("1"), Category.NEW), by="Bob", seen=0)
    pen.choose(place(pupil("1"), Category.NEW), by="Bob")
    course = Course(pen.log)
    assert category(course, "1") is Category.NEW
    assert not course.overtaken


def test_the_same_choice_twice_is_no_disagreement() -> None:
    pen = Pen()
    pen.choose(place(pupil("1"), Category.SKIP), by="Anne", seen=0)
    pen.choose(place(pupil("1"), Category.SKIP), by="Bob", seen=0)
    assert not Course(pen.log).overtaken


def test_a_refresh_sets_aside_what_no_longer_applies_and_keeps_the_rest() -> None:
    pen = Pen()
    pen.choose(place(pupil("1"), Category.SKIP))
    pen.choose(place(pupil("2"), Category.SKIP))
    pen.write(Refreshed(revision=1, lapse=(pupil("1"),)))
    course = Course(pen.log)
    assert category(course, "1") is None
    assert category(course, "2") is Category.SKIP
    assert [lapsed.claim.step.key for lapsed in course.lapsed] == [pupil("1")]


def test_a_decision_whose_author_had_not_seen_that_the_row_became_somebody_elses_is_not_applied() -> None:
    """In the log after the newer data, but decided on what stood there before."""
    pen = Pen()
    pen.write(Refreshed(revision=1, lapse=(pupil("1"),)))
    pen.choose(place(pupil("1"), Category.EXISTING, "P1"), place(pupil("2"), Category.SKIP), seen=0)
    course = Course(pen.log)
    assert course.place(pupil("1")) is None
    assert category(course, "2") is Category.SKIP
    assert [lapsed.claim.step.key for lapsed in course.lapsed] == [pupil("1")]
    pen.choose(place(pupil("1"), Category.NEW))
    assert category(Course(pen.log), "1") is Category.NEW


def test_what_comes_after_the_end_is_late_and_not_lost() -> None:
    pen = Pen()
    pen.choose(place(pupil("1"), Category.SKIP))
    slipped_in = pen.choose(place(pupil("2"), Category.SKIP), by="Bob")
    pen.write(Closed(how=Ending.COMMITTED, counted=1))
    after = pen.choose(place(pupil("1"), Category.NEW), by="Bob")
    assert Course(pen.log).late == [slipped_in, after]


@settings(deadline=None)
@given(seed=st.integers(0, 10**6), steps=st.integers(1, 60))
def test_two_sessions_interleaved_at_random_see_the_same_end_state_and_nothing_is_lost(seed: int, steps: int) -> None:
    """Each session decides knowing only what it has read; whatever the order, both fold to one state."""
    chance = random.Random(seed)
    log: list[Decision] = []
    sessions = {"Anne": Course(), "Bob": Course()}
    for number in range(steps):
        who = chance.choice(("Anne", "Bob"))
        course = sessions[who]
        if chance.random() < 0.5:
            for entry in log[course.entries :]:
                course.apply(entry)
        kind = chance.random()
        if kind < 0.15 and (of := course.undoable(who)):
            what: Choose | Undo | Redo = Undo(of=of)
        elif kind < 0.25 and (of := course.redoable(who)):
            what = Redo(of=of)
        else:
            rows = chance.sample("12345", chance.randint(1, 2))
            what = Choose(steps=tuple(place(pupil(row), chance.choice(list(Category))) for row in rows))
        log.append(Decision(id=f"d{number}", at=NOW, by=who, seen=course.entries, what=what))
    for course in sessions.values():
        for entry in log[course.entries :]:
            course.apply(entry)
    anne, bob = sessions.values()
    keys = [pupil(number) for number in "12345"]
    assert [anne.place(key) for key in keys] == [bob.place(key) for key in keys]
    assert anne.overtaken == bob.overtaken
    taken_back = {entry.what.of for entry in log if isinstance(entry.what, Undo)}
    for number, entry in enumerate(log):
        if isinstance(entry.what, Choose) and entry.id not in taken_back:
            for step in entry.what.steps:
                assert _accounted_for(number, entry, step, anne, log)


def _accounted_for(number: int, entry: Decision, step: Step, course: Course, log: list[Decision]) -> bool:
    """A step counts, waits in sight, or was followed by an act about its row of somebody who had seen it."""
    row = step.key
    claim = course.place(row)
    waiting = {waits.claim.decision for waits in course.overtaken.get(row, ())}
    followed = any(
        isinstance(later.what, Choose)
        and (later.seen > number or later.by == entry.by)
        and any(other.key == row for other in later.what.steps)
        for later in log[number + 1 :]
    )
    return (claim is not None and claim.step == step) or entry.id in waiting or followed
