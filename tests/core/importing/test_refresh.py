"""Newer data keeps every decision that still applies and lists those that do not (workflow.md §3)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from core.importing.course import Course
from core.importing.decisions import Category, Refreshed
from core.importing.refresh import Refresh, refreshed, same_content
from core.importing.safe import is_safe, safe_choices, waiting
from core.importing.tables import Existing
from core.model import IncomingPupil, Kind, PersonName, Register
from tests.core.importing.build import (
    Pen,
    a_group,
    a_review,
    a_roster,
    a_session,
    an_incoming_group,
    an_incoming_pupil,
    incoming_people,
    people,
    place,
    pupil,
)

REGISTER = Register(groups=(a_group("G5", linked="g5"),), pupils=people(8, linked=True))


def a_refresh(pen: Pen, pupils: tuple[IncomingPupil, ...], register: Register = REGISTER) -> Refresh:
    old = a_review(a_roster([an_incoming_group("g5")], pupils=incoming_people(8)), register)
    fresh = a_review(a_roster([an_incoming_group("g5")], pupils=pupils), register)
    return refreshed(old, fresh, Course(pen.log), register)


def test_a_decision_about_a_record_that_is_still_sent_applies() -> None:
    pen = Pen()
    pen.choose(place(pupil("p0"), Category.SKIP))
    sent = list(incoming_people(8))
    sent[0] = replace(sent[0], year_group="6")
    news = a_refresh(pen, tuple(sent))
    assert news.lapse == ()
    assert news.review.changed == (pupil("p0"),)
    assert news.review.revision == 1


def test_a_decision_lapses_when_its_record_is_no_longer_sent() -> None:
    pen = Pen()
    pen.choose(place(pupil("p0"), Category.SKIP))
    assert a_refresh(pen, incoming_people(7, first=1)).lapse == (pupil("p0"),)


def test_a_decision_lapses_when_the_key_has_become_somebody_else() -> None:
    pen = Pen()
    pen.choose(place(pupil("p0"), Category.EXISTING, "P0"))
    sent = list(incoming_people(8))
    sent[0] = replace(sent[0], name=PersonName(surname="Ander", call_name="Kind"), born=date(2015, 1, 1))
    assert a_refresh(pen, tuple(sent)).lapse == (pupil("p0"),)
    sent[0] = replace(incoming_people(1)[0], name=PersonName(surname="Bakker", call_name="Fiene"))
    assert a_refresh(pen, tuple(sent)).lapse == ()


def test_a_decision_lapses_when_twins_that_were_exchanged_are_put_right_in_parnassys() -> None:
    """The key keeps surname and birth date; what was linked by hand was the other one."""
    pen = Pen()
    pen.choose(place(pupil("p0"), Category.EXISTING, "P0"))
    sent = list(incoming_people(8))
    sent[0] = replace(sent[0], name=PersonName(surname="Bakker", call_name="Lotte"))
    assert a_refresh(pen, tuple(sent)).lapse == (pupil("p0"),)


def test_without_birth_dates_another_surname_is_enough_to_ask_again() -> None:
    pen = Pen()
    pen.choose(place(pupil("p0"), Category.EXISTING, "P0"))
    bare = tuple(replace(one, born=None) for one in incoming_people(8))
    old = a_review(a_roster([an_incoming_group("g5")], pupils=bare), REGISTER)
    other = replace(bare[0], name=PersonName(surname="Zwart", call_name="Fien"))
    fresh = a_review(a_roster([an_incoming_group("g5")], pupils=(other, *bare[1:])), REGISTER)
    assert refreshed(old, fresh, Course(pen.log), REGISTER).lapse == (pupil("p0"),)


@pytest.mark.parametrize("name", [("Bakker", "Fiene"), ("Bakker", "FIEN"), ("de Bakker", "Fien"), ("Bakkers", "Fien")])
def test_a_name_that_was_corrected_keeps_what_was_decided(name: tuple[str, str]) -> None:
    pen = Pen()
    pen.choose(place(pupil("p0"), Category.EXISTING, "P0"))
    sent = list(incoming_people(8))
    sent[0] = replace(sent[0], name=PersonName(surname=name[0], call_name=name[1]))
    assert a_refresh(pen, tuple(sent)).lapse == ()


def test_a_decision_taken_while_newer_data_comes_in_lapses_too_when_the_key_has_become_somebody_else() -> None:
    sent = list(incoming_people(8))
    sent[0] = replace(sent[0], name=PersonName(surname="Ander", call_name="Kind"), born=date(2015, 1, 1))
    pen = Pen()
    news = a_refresh(pen, tuple(sent))
    meanwhile = pen.choose(place(pupil("p0"), Category.EXISTING, "P0"), place(pupil("p1"), Category.SKIP))
    course = Course([meanwhile, pen.write(Refreshed(revision=1, lapse=news.lapse))])
    assert course.place(pupil("p0")) is None
    assert course.place(pupil("p1")) is not None


def test_a_decision_lapses_when_whom_it_was_linked_to_is_gone() -> None:
    pen = Pen()
    pen.choose(place(pupil("p0"), Category.EXISTING, "WEG"))
    assert a_refresh(pen, incoming_people(8)).lapse == (pupil("p0"),)


def test_the_same_answer_again_is_no_refresh() -> None:
    roster = a_roster([an_incoming_group("g5")], pupils=incoming_people(8))
    again = a_roster([an_incoming_group("g5")], pupils=incoming_people(8))
    assert same_content(a_review(roster, REGISTER), a_review(again, REGISTER))
    assert not same_content(a_review(roster, REGISTER), a_review(again, Register(pupils=people(8))))


def test_what_is_linked_is_safe_and_all_else_waits_and_counts_as_present() -> None:
    """The nightly run changes what is linked already, and nothing else."""
    register = replace(REGISTER, pupils=(*people(6, linked=True), *people(8)[6:]))
    sent = (*incoming_people(8), an_incoming_pupil("z", "Zoë", "Zwart"))
    session = a_session(a_roster([an_incoming_group("g5")], pupils=sent), register)
    existing = Existing(register)
    safe = {key for key, one in session.choices.proposals.items() if is_safe(one, existing)}
    assert {pupil(f"p{n}") for n in range(6)} < safe
    assert not {pupil("p6"), pupil("p7"), pupil("z")} & safe
    chosen = safe_choices(session.choices, existing)
    assert (chosen[pupil("p6")].category, chosen[pupil("p6")].existing) == (Category.SKIP, "P6")
    left = waiting(session.choices.proposals, existing)
    assert (left.to_link[Kind.PUPIL] + left.doubtful[Kind.PUPIL], left.new[Kind.PUPIL]) == (2, 1)
