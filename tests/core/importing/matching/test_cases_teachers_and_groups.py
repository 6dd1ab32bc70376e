"""Teachers and groups that go wrong elsewhere, each by name."""

from __future__ import annotations

from dataclasses import replace

import pytest

from core.importing.matching import (
    Auto,
    Flag,
    GroupFlow,
    Match,
    New,
    PersonFacts,
    Suggest,
    TeacherFacts,
    group_flow,
    match_groups,
    match_pupils,
    match_teachers,
)
from core.importing.matching.names import read_name
from tests.core.importing.matching.people import a_class, a_group, a_teacher

TEAM = ("Anne de Wit", "Kees Postma", "Ingrid Vos", "Fatima El Amrani", "Joris Mulder", "Petra Kuipers", "Bas Huisman")


def team(side: str) -> list[TeacherFacts]:
    return [a_teacher(f"{side}{n}", name, f"{name.split()[0].lower()}@school.example") for n, name in enumerate(TEAM)]


def teachers(*incoming: TeacherFacts, existing: tuple[TeacherFacts, ...]) -> dict[str, Match]:
    matches = match_teachers([*team("las:t"), *incoming], [*team("t"), *existing])
    return {match.incoming: match for match in matches}


def test_a_team_is_linked_automatically() -> None:
    assert all(match.decision == Auto(existing=id[4:]) for id, match in teachers(existing=()).items())


def test_two_teachers_sharing_an_address_are_told_apart_by_name() -> None:
    shared = "groep5@school.example"
    here = a_teacher("las:1", "Lotte Smit", shared), a_teacher("las:2", "Renske Bakker", shared)
    there = a_teacher("x1", "Lotte Smit", shared), a_teacher("x2", "Renske Bakker", shared)
    found = teachers(*here, existing=there)
    assert (found["las:1"].existing, found["las:2"].existing) == ("x1", "x2")


def test_a_shared_address_alone_links_nobody() -> None:
    """Lotte left, Renske came, and both are reached at the address of group 5."""
    shared = "groep5@school.example"
    found = teachers(a_teacher("las:1", "Renske Bakker", shared), existing=(a_teacher("x1", "Lotte Smit", shared),))
    assert not isinstance(found["las:1"].decision, Auto)


@pytest.mark.parametrize(
    ("here", "there"),
    [
        (("Renske de Boer", ""), ("R. de Boer", "r.deboer@school.example")),
        (("R. de Boer", "renske.deboer@school.example"), ("Renske de Boer", "renskedeboer@bestuur.example")),
        (("Renske de Boer-Visser", "r.deboer@school.example"), ("Renske de Boer", "r.deboer@school.example")),
        (("Renske Visser", "renske.deboer@school.example"), ("Renske de Boer", "renske.deboer@school.example")),
    ],
    ids=["initials, no address", "other domain", "married, double", "married, new name"],
)
def test_a_teacher_is_recognised(here: tuple[str, str], there: tuple[str, str]) -> None:
    incoming = replace(a_teacher("las:1", "x"), name=read_name(here[0]), email=here[1])
    existing = replace(a_teacher("x1", "x"), name=read_name(there[0]), email=there[1])
    assert teachers(incoming, existing=(existing,))["las:1"].decision == Auto(existing="x1")


def test_a_successor_with_the_same_first_name_and_its_address_is_asked() -> None:
    found = teachers(
        a_teacher("las:1", "Iris Visser", "iris@school.example"),
        existing=(a_teacher("x1", "Iris Bos", "iris@school.example"),),
    )
    assert found["las:1"].decision == Suggest(existing="x1")


def flow_of(incoming: list[PersonFacts], existing: list[PersonFacts]) -> GroupFlow:
    return group_flow(incoming, existing, match_pupils(incoming, existing))


def test_in_the_new_year_8a_is_last_years_7a_and_not_last_years_8a() -> None:
    existing = [
        *a_class(20, side="p", first=0, year="7", group="g7a"),
        *a_class(20, side="p", first=20, year="8", group="g8a"),
        *a_class(20, side="p", first=40, year="6", group="g6a"),
    ]
    incoming = [
        *a_class(20, side="las:", first=0, year="8", group="8a"),
        *a_class(20, side="las:", first=40, year="7", group="7a"),
    ]
    groups = [a_group("las:8a", "8a", "8"), a_group("las:7a", "7a", "7")]
    groups = [replace(group, label=group.name) for group in groups]
    there = [a_group("g7a", "7a", "7"), a_group("g8a", "8a", "8"), a_group("g6a", "6a", "6")]
    eight, seven = match_groups(groups, there, flow=flow_of(incoming, existing))
    assert eight.decision == Auto(existing="g7a")
    assert seven.decision == Auto(existing="g6a")


def test_a_new_first_year_is_not_last_years_first_year() -> None:
    existing = a_class(20, side="p", year="1", group="g1")
    incoming = [
        *a_class(20, side="las:", year="2", group="2"),
        *a_class(12, side="las:", first=100, year="1", group="1"),
    ]
    groups = [replace(a_group(f"las:{name}", name, name), label=name) for name in ("1", "2")]
    one, two = match_groups(groups, [a_group("g1", "1", "1")], flow=flow_of(incoming, existing))
    assert one.decision == New()
    assert two.decision == Auto(existing="g1")


def test_a_combined_group_split_in_two_is_asked() -> None:
    existing = a_class(24, side="p", year="C", group="g56")
    here = a_class(24, side="las:")
    incoming = [replace(pupil, group="5" if n < 12 else "6") for n, pupil in enumerate(here)]
    groups = [replace(a_group(f"las:{name}", name, name), label=name) for name in ("5", "6")]
    five, six = match_groups(groups, [a_group("g56", "5/6")], flow=flow_of(incoming, existing))
    assert not isinstance(five.decision, Auto)
    assert not isinstance(six.decision, Auto)
    assert Flag.SPLIT in five.flags | six.flags
    assert isinstance(five.decision, Suggest) or isinstance(six.decision, Suggest)


def test_without_pupils_a_group_is_proposed_and_never_automatic() -> None:
    """Lists of groups alone do not show whether a year has passed; both the namesake and last year's are candidates."""
    here = [a_group(f"las:{n}", f"Groep {n}", n) for n in "2345678"]
    there = [a_group(f"g{n}", f"{n}", n) for n in "12345678"]
    for match in match_groups(here, there):
        n = int(match.incoming[-1])
        assert isinstance(match.decision, Suggest)
        assert {candidate.existing for candidate in match.candidates[:2]} == {f"g{n}", f"g{n - 1}"}
