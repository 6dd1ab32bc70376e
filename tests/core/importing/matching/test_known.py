"""Recognition by keys and by what people said comes before likeness, and never overrules doubt."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import date

import msgspec
import pytest

from core.importing.matching import (
    Auto,
    Evidence,
    Flag,
    Ground,
    Keys,
    Match,
    New,
    PersonFacts,
    Suggest,
    group_flow,
    match_groups,
    match_pupils,
    match_teachers,
)
from core.model import LasKey, LinkedAs
from tests.core.importing.matching.people import FIRST, LAST, a_class, a_group, a_pupil, a_teacher


def with_keys(pupil: PersonFacts, keys: Keys) -> PersonFacts:
    return replace(pupil, keys=keys)


def test_a_link_made_before_is_followed() -> None:
    here = with_keys(a_pupil("las:1", "Fien Bakker"), Keys(las="1"))
    there = with_keys(a_pupil("p1", "Fien Bakker"), Keys(linked=LinkedAs(key=LasKey("1"))))
    (match,) = match_pupils([here], [a_pupil("p0", "Daan Smit"), there])
    assert match.decision == Auto(existing="p1")
    assert match.ground is Ground.LINKED_BEFORE


def test_keys_that_disagree_are_asked() -> None:
    here = with_keys(a_pupil("las:1", "Fien Bakker"), Keys(las="1", eckid="eck:a"))
    linked = with_keys(a_pupil("p1", "Fien Bakker"), Keys(linked=LinkedAs(key=LasKey("1"))))
    other = with_keys(a_pupil("p2", "Daan Smit"), Keys(eckid="eck:a"))
    (match,) = match_pupils([here], [linked, other])
    assert match.decision == Suggest(existing="p1")
    assert Flag.KEYS_DISAGREE in match.flags


def test_two_incoming_that_claim_one_existing_are_both_asked() -> None:
    here = with_keys(a_pupil("las:1", "Fien Bakker"), Keys(las="1"))
    also = with_keys(a_pupil("las:2", "Fien Bakker"), Keys(las="2", eckid="eck:a"))
    there = with_keys(a_pupil("p1", "Fien Bakker"), Keys(eckid="eck:a", linked=LinkedAs(key=LasKey("1"))))
    matches = match_pupils([here, also], [there])
    assert not any(isinstance(match.decision, Auto) for match in matches)
    assert all(Flag.CLAIMED_TWICE in match.flags for match in matches)


def test_not_the_same_person_once_said_is_never_proposed_again() -> None:
    here, there = a_pupil("las:1", "Fien Bakker"), a_pupil("p1", "Fien Bakker")
    said = Evidence(not_same=frozenset({("las:1", "p1")}))
    (match,) = match_pupils([here], [there], said)
    assert match.decision == New()
    assert not match.candidates


def test_an_old_number_that_was_kept_aside_recognises_a_pupil() -> None:
    here = with_keys(a_pupil("las:77", "Fien Bakker"), Keys(las="77"))
    (match,) = match_pupils([here], [a_pupil("p1", "Fien Bakker")], Evidence(old_numbers={"p1": "77"}))
    assert (match.decision, match.ground) == (Auto(existing="p1"), Ground.OLD_NUMBER)


BORN = date(2017, 3, 12)


def linked(id: str, spoken: str, born: date | None, key: str) -> PersonFacts:
    return a_pupil(id, spoken, born, keys=Keys(linked=LinkedAs(key=LasKey(key))))


def amid_a_class(here: PersonFacts, *there: PersonFacts, evidence: Evidence | None = None) -> Match:
    *_others, match = match_pupils([*a_class(30, side="las:"), here], [*a_class(30), *there], evidence)
    return match


def test_a_known_key_whose_name_and_birth_date_both_changed_is_flagged_and_not_followed_blindly() -> None:
    here = a_pupil("las:77", "Daan Postma", date(2015, 6, 1), keys=Keys(las="77"))
    match = amid_a_class(here, linked("p77", "Noor Wit", BORN, "77"))
    assert match.decision == Suggest(existing="p77")
    assert Flag.KEY_DOUBTED in match.flags


def test_a_known_key_of_which_a_brother_or_sister_took_the_place_is_flagged() -> None:
    here = a_pupil("las:77", "Daan Wit", date(2015, 6, 1), keys=Keys(las="77"))
    match = amid_a_class(here, linked("p77", "Noor Wit", BORN, "77"))
    assert Flag.KEY_DOUBTED in match.flags
    assert not isinstance(match.decision, Auto)


@pytest.mark.parametrize(
    ("spoken", "born", "was"),
    [
        ("Daan Postma", BORN, BORN),
        ("Daan Wit", BORN, BORN),
        ("Daan Wit", None, BORN),
        ("Noor Postma", None, None),
    ],
    ids=["born on one day", "a twin", "a brother, birth date not sent", "another surname, no birth dates"],
)
def test_a_known_key_under_which_another_child_may_be_is_asked_about(
    spoken: str, born: date | None, was: date | None
) -> None:
    """After a merger of schools numbers may mean other children; some of them share a birth date by chance."""
    here = a_pupil("las:77", spoken, born, keys=Keys(las="77"))
    match = amid_a_class(here, linked("p77", "Noor Wit", was, "77"))
    assert not isinstance(match.decision, Auto)
    assert Flag.KEY_DOUBTED in match.flags


def test_a_known_key_of_a_child_whose_names_were_swapped_is_not_that_of_another() -> None:
    here = a_pupil("las:77", "Wit Noor", BORN, keys=Keys(las="77"))
    assert amid_a_class(here, linked("p77", "Noor Wit", BORN, "77")).existing == "p77"


@pytest.mark.parametrize("seed", range(8))
def test_of_two_schools_that_merge_with_the_same_numbers_nobody_gets_another_childs_link(seed: int) -> None:
    """Every key of the one school is that of another child in the other, birth dates drawn from a few weeks."""
    chance = random.Random(seed)
    names = [f"{first} {last}" for first in FIRST for last in LAST]
    chance.shuffle(names)
    dates = [date(2016, 3, day) for day in range(1, 29)]

    def people(side: str, spoken: list[str]) -> list[PersonFacts]:
        return [
            a_pupil(
                f"{side}{number}",
                name,
                chance.choice(dates),
                keys=Keys(las=str(number)) if side == "las:" else Keys(linked=LinkedAs(key=LasKey(str(number)))),
            )
            for number, name in enumerate(spoken)
        ]

    matches = match_pupils(people("las:", names[:80]), people("p", names[80:160]))
    assert not [match.incoming for match in matches if isinstance(match.decision, Auto)]


@pytest.mark.parametrize(
    ("spoken", "born"),
    [("Noor Yilmaz", BORN), ("Noortje Wit", BORN), ("Noor Wit", date(2017, 12, 3)), ("Noor Wit", date(2014, 1, 1))],
    ids=["surname", "first name", "date swapped", "date mended"],
)
def test_a_known_key_with_one_thing_changed_is_followed(spoken: str, born: date) -> None:
    here = a_pupil("las:77", spoken, born, keys=Keys(las="77"))
    match = amid_a_class(here, linked("p77", "Noor Wit", BORN, "77"))
    assert (match.decision, match.ground) == (Auto(existing="p77"), Ground.LINKED_BEFORE)


def test_a_stored_review_of_before_reads_what_this_doubt_was_called_then() -> None:
    assert msgspec.convert("sleutel bekend, maar naam en geboortedatum anders", Flag) is Flag.KEY_DOUBTED


def test_an_eck_id_comes_before_likeness() -> None:
    here = a_pupil("eck:x", "Noor Wit", BORN, keys=Keys(eckid="x"))
    namesake, right = a_pupil("p1", "Noor Wit", BORN), a_pupil("p2", "N. de Wit", BORN, keys=Keys(eckid="x"))
    match = amid_a_class(here, namesake, right)
    assert (match.existing, match.ground) == ("p2", Ground.ECK_ID)


def test_a_link_made_by_hand_is_remembered_and_not_asked_again() -> None:
    here, there = a_pupil("las:1", "Mo Yilmaz", None), a_pupil("p1", "Mohamed Wit", BORN)
    match = amid_a_class(here, there, evidence=Evidence(same=frozenset({("las:1", "p1")})))
    assert (match.decision, match.ground) == (Auto(existing="p1"), Ground.REMEMBERED)


def test_a_link_that_was_cleared_is_still_evidence() -> None:
    here = a_pupil("las:1", "Noor Wit", BORN)
    match = amid_a_class(here, a_pupil("p1", "Noor Witt", BORN), evidence=Evidence(linked={"las:1": "p1"}))
    assert (match.decision, match.ground) == (Auto(existing="p1"), Ground.LINKED_BEFORE)


def test_an_old_number_of_another_child_is_not_followed() -> None:
    """Old numbers may stem from another administration, whose numbers mean other children."""
    here = a_pupil("las:5", "Noor Wit", BORN, keys=Keys(las="5"))
    match = amid_a_class(
        here,
        a_pupil("p1", "Noor Wit", BORN),
        a_pupil("p2", "Sem Bos", date(2015, 2, 2)),
        evidence=Evidence(old_numbers={"p2": "5"}),
    )
    assert match.decision != Auto(existing="p2")
    assert match.best
    assert "p1" in [candidate.existing for candidate in match.candidates]


def test_a_key_carried_by_two_incoming_records_is_asked() -> None:
    here = a_pupil("las:1", "Noor Wit", BORN, keys=Keys(las="1", eckid="x"))
    also = a_pupil("las:2", "Nina Wit", BORN, keys=Keys(las="2", eckid="x"))
    there = a_pupil("p1", "Noor Wit", BORN, keys=Keys(eckid="x"))
    matches = match_pupils([*a_class(30, side="las:"), here, also], [*a_class(30), there])[-2:]
    assert not any(isinstance(match.decision, Auto) for match in matches)


def test_teachers_and_groups_are_recognised_by_their_keys_too() -> None:
    key = Keys(linked=LinkedAs(key=LasKey("9")))
    (teacher,) = match_teachers(
        [a_teacher("las:9", "Renske Visser", keys=Keys(las="9"))], [a_teacher("t", "Renske de Boer", keys=key)]
    )
    assert teacher.decision == Auto(existing="t")
    (group,) = match_groups([a_group("las:9", "8a", "8", Keys(las="9"))], [a_group("g", "7a", "7", key)])
    assert (group.decision, group.ground) == (Auto(existing="g"), Ground.LINKED_BEFORE)


def test_twins_who_got_each_others_key_are_asked() -> None:
    here = [a_pupil(f"las:{key}", f"{name} Wit", BORN, keys=Keys(las=key)) for key, name in (("1", "Sem"), ("2", "Bo"))]
    there = [linked("p1", "Bo Wit", BORN, "1"), linked("p2", "Sem Wit", BORN, "2")]
    for match in match_pupils([*a_class(30, side="las:"), *here], [*a_class(30), *there])[-2:]:
        assert isinstance(match.decision, Suggest)
        assert Flag.KEY_DOUBTED in match.flags


def test_a_group_that_kept_its_key_while_its_pupils_moved_up_is_asked() -> None:
    existing = [*a_class(20, year="7", group="g7"), *a_class(20, first=20, year="8", group="g8")]
    incoming = a_class(20, side="las:", year="8", group="8a")
    flow = group_flow(incoming, existing, match_pupils(incoming, existing))
    here = replace(a_group("las:8a", "8a", "8", Keys(las="8a")), label="8a")
    there = [a_group("g7", "7a", "7"), a_group("g8", "8a", "8", Keys(linked=LinkedAs(key=LasKey("8a"))))]
    (match,) = match_groups([here], there, flow=flow)
    assert not isinstance(match.decision, Auto)
    assert Flag.KEY_DOUBTED in match.flags
