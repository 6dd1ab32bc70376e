"""The pupils that go wrong elsewhere, each by name, sitting in a class of thirty clear ones."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

import pytest

from core.importing.matching import (
    Auto,
    Evidence,
    Field,
    Flag,
    Match,
    New,
    PersonFacts,
    Suggest,
    match_pupils,
)
from core.model import PersonName, Sex
from tests.core.importing.matching.people import a_class, a_pupil

BORN = date(2017, 3, 12)


def outcome(
    incoming: Sequence[PersonFacts], existing: Sequence[PersonFacts], evidence: Evidence | None = None
) -> dict[str, Match]:
    """Match the given pupils amid a class; return the outcome by incoming id."""
    matches = match_pupils([*a_class(30, side="las:"), *incoming], [*a_class(30, side="p"), *existing], evidence)
    return {match.incoming: match for match in matches}


def test_the_class_around_the_cases_is_linked_automatically() -> None:
    found = outcome([], [])
    assert all(match.decision == Auto(existing=f"p{id[4:]}") for id, match in found.items())


def test_of_lookalike_twins_one_of_whom_left_the_other_is_never_linked_automatically() -> None:
    """Jayden left, Jaylen is new to ParnasSys: same surname, birth date, sex, year and group."""
    jaylen = a_pupil("las:jaylen", "Jaylen Wit", BORN, sex=Sex.BOY)
    jayden = a_pupil("jayden", "Jayden Wit", BORN, sex=Sex.BOY)
    match = outcome([jaylen], [jayden])["las:jaylen"]
    assert not isinstance(match.decision, Auto)
    assert Flag.TWIN in match.flags
    assert any(reason.field is Field.TWIN and reason.weight < 0 for reason in match.reasons)


def test_twins_who_are_both_still_there_are_both_linked_to_themselves() -> None:
    here = [a_pupil(f"las:{name}", f"{name} Wit", BORN, sex=Sex.BOY) for name in ("Jaylen", "Jayden")]
    there = [a_pupil(name, f"{name} Wit", BORN, sex=Sex.BOY) for name in ("Jaylen", "Jayden")]
    found = outcome(here, there)
    assert found["las:Jaylen"].decision == Auto(existing="Jaylen")
    assert found["las:Jayden"].decision == Auto(existing="Jayden")


def test_a_twin_name_spelled_otherwise_is_no_twin() -> None:
    match = outcome([a_pupil("las:1", "Sofie Wit", BORN)], [a_pupil("p1", "Sophie Wit", BORN)])["las:1"]
    assert match.decision == Auto(existing="p1")


def test_full_initials_of_several_letters_tell_twins_apart() -> None:
    here = a_pupil("las:1", "Jaden Wit", BORN, initials="J.M.A.")
    match = outcome([here], [a_pupil("p1", "Jayden Wit", BORN, initials="J.M.A.")])["las:1"]
    assert match.decision == Auto(existing="p1")


def test_namesakes_in_one_group_are_told_apart_by_birth_date() -> None:
    here = [a_pupil("las:1", "Noor Wit", BORN), a_pupil("las:2", "Noor Wit", date(2017, 9, 30))]
    there = [a_pupil("p1", "Noor Wit", BORN), a_pupil("p2", "Noor Wit", date(2017, 9, 30))]
    found = outcome(here, there)
    assert found["las:1"].decision == Auto(existing="p1")
    assert found["las:2"].decision == Auto(existing="p2")


def test_a_namesake_with_another_birth_date_is_not_the_one_who_left() -> None:
    match = outcome([a_pupil("las:1", "Noor Wit", BORN)], [a_pupil("p1", "Noor Wit", date(2016, 9, 30))])["las:1"]
    assert not isinstance(match.decision, Auto)


def test_namesakes_without_birth_dates_are_asked() -> None:
    here = [a_pupil("las:1", "Noor Wit", None), a_pupil("las:2", "Noor Wit", None)]
    there = [a_pupil("p1", "Noor Wit", None), a_pupil("p2", "Noor Wit", None)]
    found = outcome(here, there)
    for id in ("las:1", "las:2"):
        assert isinstance(found[id].decision, Suggest)
        assert Flag.CLOSE_CALL in found[id].flags
    assert {found["las:1"].existing, found["las:2"].existing} == {"p1", "p2"}


def test_father_and_sons_with_one_name_are_told_apart() -> None:
    """Two brothers and a nephew called after grandfather: same initials and surname, other birth dates."""
    days = (date(2015, 5, 1), date(2017, 8, 9), date(2018, 2, 20))
    names = ("Jan", "Johan", "Jan")
    here = [
        a_pupil(f"las:{n}", f"{name} Wit", day, initials="J.")
        for n, (name, day) in enumerate(zip(names, days, strict=True))
    ]
    there = [
        a_pupil(f"p{n}", f"{name} Wit", day, initials="J.")
        for n, (name, day) in enumerate(zip(names, days, strict=True))
    ]
    found = outcome(here, there)
    assert [found[f"las:{n}"].decision for n in range(3)] == [Auto(existing=f"p{n}") for n in range(3)]


def test_a_surname_changed_by_marriage_or_adoption_is_proposed_not_new() -> None:
    match = outcome([a_pupil("las:1", "Noor Yilmaz", BORN)], [a_pupil("p1", "Noor Wit", BORN)])["las:1"]
    assert match.decision == Suggest(existing="p1")


def test_a_surname_that_gained_a_second_half_is_linked() -> None:
    match = outcome([a_pupil("las:1", "Noor Wit-Yilmaz", BORN)], [a_pupil("p1", "Noor Wit", BORN)])["las:1"]
    assert match.decision == Auto(existing="p1")


def test_swapped_day_and_month_are_seen() -> None:
    here, there = a_pupil("las:1", "Noor Wit", date(2017, 3, 12)), a_pupil("p1", "Noor Wit", date(2017, 12, 3))
    match = outcome([here], [there])["las:1"]
    assert match.existing == "p1"
    assert any(reason.level == "dag en maand omgedraaid" for reason in match.reasons)


def test_first_and_last_name_swapped_with_a_typo_in_the_birth_date_is_a_candidate() -> None:
    swapped = PersonName(surname="Fien", call_name="Veenstra")
    here = a_pupil("las:1", "", date(2017, 3, 13), name=swapped)
    match = outcome([here], [a_pupil("p1", "Fien Veenstra", date(2017, 3, 12))])["las:1"]
    assert "p1" in [candidate.existing for candidate in match.candidates]
    assert match.decision == Suggest(existing="p1")
    assert Flag.SWAPPED in match.flags


@pytest.mark.parametrize(
    "written",
    [
        PersonName(call_name="Fien", prefix="van der", surname="Berg"),
        PersonName(call_name="Fien", surname="van der Berg"),
        PersonName(call_name="Fien", surname="Berg, van der"),
        PersonName(call_name="Fien", prefix="v.d.", surname="Berg"),
        PersonName(call_name="Fien", surname="Vanderberg"),
        PersonName(call_name="Fien", surname="Berg"),
    ],
    ids=["prefix", "inside", "suffix", "short", "joined", "left out"],
)
def test_van_der_may_stand_anywhere(written: PersonName) -> None:
    there = a_pupil("p1", "Fien van der Berg", BORN)
    match = outcome([a_pupil("las:1", "", BORN, name=written)], [there])["las:1"]
    assert match.decision == Auto(existing="p1")


def test_initials_only_are_enough_with_the_rest() -> None:
    only = PersonName(surname="Wit", initials="N.A.")
    match = outcome([a_pupil("las:1", "", BORN, name=only)], [a_pupil("p1", "Noor Wit", BORN, initials="N.A.")])[
        "las:1"
    ]
    assert match.decision == Auto(existing="p1")
    assert Field.FIRST_NAME in match.missing


def test_initials_only_never_choose_between_brother_and_sister() -> None:
    only = PersonName(surname="Wit", initials="N.")
    there = [a_pupil("p1", "Noor Wit", BORN), a_pupil("p2", "Nina Wit", BORN)]
    match = outcome([a_pupil("las:1", "", BORN, name=only)], there)["las:1"]
    assert not isinstance(match.decision, Auto)


def test_a_pupil_who_left_and_returned_is_recognised() -> None:
    left = replace(a_pupil("p1", "Noor Wit", BORN, year="3", group="old"), active=False)
    match = outcome([a_pupil("las:1", "Noor Wit", BORN, year="5")], [left])["las:1"]
    assert match.decision == Auto(existing="p1")


def test_without_birth_dates_the_explanation_says_so_and_less_is_automatic() -> None:
    match = outcome([a_pupil("las:1", "Noor Wit", None)], [a_pupil("p1", "Noor Wit", BORN)])["las:1"]
    assert Field.BORN in match.missing
    assert Flag.MISSING in match.flags
    assert "geboortedatum ontbreekt" in [reason.because for reason in match.reasons]
    typo = outcome([a_pupil("las:1", "Noor Witt", None)], [a_pupil("p1", "Noor Wit", BORN)])["las:1"]
    assert typo.decision == Suggest(existing="p1")


def test_nobody_alike_is_new() -> None:
    match = outcome([a_pupil("las:1", "Noor Wit", date(2021, 1, 1))], [])["las:1"]
    assert match.decision == New()
    assert match.probability > 0.95


@pytest.mark.parametrize(
    ("here", "there"),
    [
        ("Ömer Yıldız", "Omer Yildiz"),
        ("Mohamed El Idrissi", "Mohammed Idrissi"),
        ("Youssef Aït Ben Ali", "Yusuf Ait Ben Ali"),
        ("Zuzanna Kowalska", "Zuzana Kowalska"),
        ("Shaniqua Ramdjan", "Shaniqua Ramjan"),
        ("Sjoerd IJpma", "Sjoerd Ypma"),
        ("Noor Meijer", "Noor Meyer"),
    ],
)
def test_other_spellings_of_one_name_are_linked(here: str, there: str) -> None:
    match = outcome([a_pupil("las:1", here, BORN)], [a_pupil("p1", there, BORN)])["las:1"]
    assert match.decision == Auto(existing="p1")


@pytest.mark.parametrize(
    ("here", "there"),
    [("Wiktoria Nowak", "Victoria Nowak"), ("Bram Wit", "Abraham Wit"), ("Moh. Kaya", "Mohamed Kaya")],
)
def test_short_and_foreign_forms_are_proposed(here: str, there: str) -> None:
    match = outcome([a_pupil("las:1", here, BORN)], [a_pupil("p1", there, BORN)])["las:1"]
    assert match.existing == "p1"


@pytest.mark.parametrize(
    ("here", "there"),
    [
        ("Mila", "Myla"),
        ("Noor", "Nora"),
        ("Sem", "Sam"),
        ("Lisa", "Liza"),
        ("Kyan", "Ryan"),
        ("Meike", "Mike"),
        ("Lars", "Lara"),
    ],
)
def test_two_well_known_names_are_never_one_slip_however_much_initials_agree(here: str, there: str) -> None:
    incoming = a_pupil("las:1", f"{here} Wit", BORN, initials=f"{here[0]}.M.")
    existing = a_pupil("p1", f"{there} Wit", BORN, initials=f"{here[0]}.M.")
    match = outcome([incoming], [existing])["las:1"]
    assert match.decision == Suggest(existing="p1")
    assert Flag.TWIN in match.flags
