"""Recognition by keys and by what people said comes before likeness, and never overrules doubt."""

from __future__ import annotations

from dataclasses import replace

from core.importing.matching import (
    Auto,
    Evidence,
    Flag,
    Ground,
    Keys,
    New,
    PersonFacts,
    Suggest,
    match_pupils,
)
from core.model import LasKey, LinkedAs
from tests.core.importing.matching.people import a_pupil


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


def test_an_old_number_kept_aside_recognises() -> None:
    here = with_keys(a_pupil("las:77", "Fien Bakker"), Keys(las="77"))
    (match,) = match_pupils([here], [a_pupil("p1", "Fien Bakker")], Evidence(old_numbers={"p1": "77"}))
    assert (match.decision, match.ground) == (Auto(existing="p1"), Ground.OLD_NUMBER)
