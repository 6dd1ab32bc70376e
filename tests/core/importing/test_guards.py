"""Guards ask for a typed confirmation, and know the calendar (workflow.md §3)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from core.importing.guards import Guard
from core.importing.plan import Plan
from core.model import Pupil, Register
from tests.core.importing.build import (
    a_group,
    a_pupil,
    a_roster,
    a_session,
    an_incoming_group,
    an_incoming_pupil,
    incoming_people,
    people,
)
from tests.core.importing.planning import a_plan

MARCH, AUGUST = date(2027, 3, 15), date(2026, 8, 25)


def tripped(plan: Plan) -> set[Guard]:
    return {one.guard for one in plan.tripped}


def with_leavers(leavers: int, stay: int = 10, *, year: str = "5", group: str = "G5", today: date = MARCH) -> Plan:
    """Plan an import in which `leavers` of the group are missing, beside ten pupils that stay in group 5."""
    gone = tuple(
        a_pupil(f"X{n}", "Weg", f"{chr(65 + n) * 7}", born=date(2014, 1 + n, 5), group=group, year=year)
        for n in range(leavers)
    )
    register = Register(
        groups=(a_group("G5", "Groep 5", linked="g5"), a_group("G8", "Groep 8", "8", linked="g8")),
        pupils=(*people(stay), *gone),
    )
    sent = (an_incoming_group("g5", "Groep 5"), an_incoming_group("g8", "Groep 8", "8"))
    return a_plan(a_session(a_roster(sent, pupils=incoming_people(stay)), register), today=today)


@pytest.mark.parametrize(("leavers", "asks"), [(0, False), (1, False), (2, False), (3, True)])
def test_deactivating_more_than_a_fifth_of_the_active_pupils_asks(leavers: int, asks: bool) -> None:
    """2 of 12 is less than 20 %, 3 of 13 is more."""
    assert (Guard.MANY_LEAVE in tripped(with_leavers(leavers))) is asks


def test_exactly_a_fifth_does_not_ask() -> None:
    assert Guard.MANY_LEAVE not in tripped(with_leavers(2, stay=8))


def test_deactivating_a_whole_group_asks() -> None:
    assert tripped(with_leavers(1, group="G8")) == {Guard.WHOLE_GROUP}
    assert tripped(with_leavers(2)) == set()


def test_a_group_8_that_leaves_in_summer_is_normal_and_in_march_is_not() -> None:
    """+ the limit knows the calendar."""
    assert tripped(with_leavers(5, year="8", group="G8", today=AUGUST)) == set()
    assert tripped(with_leavers(5, year="8", group="G8", today=MARCH)) == {Guard.MANY_LEAVE, Guard.WHOLE_GROUP}
    for month, asks in ((6, True), (7, False), (9, False), (10, True)):
        plan = with_leavers(5, year="8", group="G8", today=date(2026, month, 10))
        assert bool(tripped(plan)) is asks


def test_a_third_of_another_group_in_summer_still_asks() -> None:
    assert Guard.MANY_LEAVE in tripped(with_leavers(5, today=AUGUST))


def renamed(count: int) -> Plan:
    known = tuple(people(10, linked=True))
    sent = tuple(
        replace(one, name=replace(one.name, call_name="Anders")) if n < count else one
        for n, one in enumerate(incoming_people(10))
    )
    register = Register(groups=(a_group("G5", "Groep 5", linked="g5"),), pupils=known)
    return a_plan(a_session(a_roster([an_incoming_group("g5", "Groep 5")], pupils=sent), register))


def test_renaming_more_than_half_of_the_linked_pupils_asks() -> None:
    assert tripped(renamed(5)) == set()
    assert tripped(renamed(6)) == {Guard.MANY_RENAMED}


def test_an_accent_or_a_name_that_was_not_known_is_no_renaming() -> None:
    known: tuple[Pupil, ...] = tuple(
        replace(one, name=replace(one.name, call_name="" if n % 2 else one.name.call_name))
        for n, one in enumerate(people(10, linked=True))
    )
    sent = tuple(
        replace(one, name=replace(one.name, call_name=one.name.call_name + "\u0301")) for one in incoming_people(10)
    )
    register = Register(groups=(a_group("G5", "Groep 5", linked="g5"),), pupils=known)
    roster = a_roster([an_incoming_group("g5", "Groep 5")], pupils=sent)
    assert tripped(a_plan(a_session(roster, register))) == set()


def test_a_guard_says_in_figures_what_would_happen() -> None:
    sentences = [one.sentence for one in with_leavers(5, year="8", group="G8").tripped]
    assert sentences == [
        "5 van de 15 actieve leerlingen worden gedeactiveerd (33 %).",
        "Alle 5 leerlingen van groep Groep 8 worden gedeactiveerd.",
    ]


def test_a_first_import_of_an_empty_register_meets_no_guard() -> None:
    roster = a_roster([an_incoming_group("g5")], pupils=[an_incoming_pupil("p1")])
    assert tripped(a_plan(a_session(roster, Register()))) == set()
