"""Clearing external numbers: said beforehand what becomes ambiguous, kept aside, offered as evidence, undone."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.errors import RefusedByState
from core.importing.decisions import Category
from core.importing.externals import cleared, numbers_of, recognition, restored
from core.importing.matching import Ground
from core.model import EckId, Pupil, Register
from tests.core.importing.build import (
    NOW,
    a_group,
    a_pupil,
    a_review,
    a_roster,
    an_incoming_group,
    an_incoming_pupil,
    pupil,
)


def numbered(id_: str, first: str, last: str, *, eckid: str = "", born: date | None = date(2017, 3, 12)) -> Pupil:
    return replace(a_pupil(id_, first, last, born=born), external=f"oud-{id_}", eckid=EckId(eckid) if eckid else None)


SCHOOL = Register(
    groups=(replace(a_group("G5"), external="oud-G5"),),
    pupils=(
        numbered("P1", "Fien", "Bakker", eckid="eck-1"),
        numbered("P2", "Mohamed", "Idrissi"),
        numbered("P3", "Sam", "Jansen"),
        numbered("P4", "Sam", "Jansen"),
        numbered("P5", "Noor", "Postma", born=None),
        numbered("P6", "Sam", "Jansen", eckid="eck-6"),
    ),
)


def test_it_says_how_many_are_recognised_by_eckid_by_name_and_how_many_become_ambiguous() -> None:
    found = recognition(SCHOOL)
    assert (found.pupils, found.by_eckid, found.by_name_and_birth, found.ambiguous) == (6, 2, 1, 3)
    assert (found.groups, found.teachers) == (1, 0)


@settings(deadline=None)
@given(st.lists(st.tuples(st.sampled_from("AB"), st.booleans(), st.booleans(), st.booleans()), max_size=8))
def test_the_three_always_add_up(kinds: list[tuple[str, bool, bool, bool]]) -> None:
    pupils = tuple(
        replace(
            numbered(f"P{n}", name, "Vos", eckid=f"e{n}" if eck else "", born=date(2016, 1, 1) if born else None),
            active=active,
        )
        for n, (name, eck, born, active) in enumerate(kinds)
    )
    found = recognition(Register(pupils=pupils))
    assert found.pupils == found.by_eckid + found.by_name_and_birth + found.ambiguous


def test_the_number_of_a_pupil_who_is_gone_is_something_to_clear() -> None:
    """It counts among the external numbers that must be empty: an application would never pass."""
    gone = replace(numbered("P1", "Fien", "Vos"), active=False)
    assert recognition(Register(pupils=(gone,))).anything


def test_cleared_numbers_are_kept_aside_and_can_be_put_back() -> None:
    kept = numbers_of(SCHOOL, NOW, "Anne")
    empty = cleared(SCHOOL)
    assert not recognition(empty).anything
    assert restored(empty, kept) == SCHOOL


def test_a_number_given_since_stays() -> None:
    kept = numbers_of(SCHOOL, NOW, "Anne")
    empty = cleared(SCHOOL)
    since = replace(empty, pupils=(replace(empty.pupils[0], external="nieuw"), *empty.pupils[1:]))
    assert restored(since, kept).pupils[0].external == "nieuw"


def test_after_the_next_import_there_is_nothing_to_put_back() -> None:
    with pytest.raises(RefusedByState):
        restored(SCHOOL, None)


def test_the_old_number_is_offered_as_evidence_in_the_review() -> None:
    """+ afterwards the old number is offered as evidence in the review."""
    kept = numbers_of(SCHOOL, NOW, "Anne")
    roster = a_roster([an_incoming_group("g5")], pupils=[an_incoming_pupil("oud-P3", "Sam", "Jansen")])
    review = a_review(roster, cleared(SCHOOL), kept=kept)
    (proposal,) = [one for one in review.proposals if one.key == pupil("oud-P3")]
    assert (proposal.category, proposal.existing, proposal.ground) == (Category.EXISTING, "P3", Ground.OLD_NUMBER)
