"""Each proposal shows how sure it is and why, with the runner-up; twins and namesakes are flagged (workflow.md §3)."""

from __future__ import annotations

import pytest

from core.importing.matching import Field, Flag
from core.model import Kind, Register
from tests.core.importing.build import (
    a_pupil,
    a_roster,
    a_session,
    an_incoming_group,
    an_incoming_pupil,
    incoming_people,
    people,
    pupil,
)


def test_a_detail_explains_field_by_field_and_shows_the_runner_up() -> None:
    register = Register(pupils=(*people(8), a_pupil("A", "Sam", "Jansen"), a_pupil("B", "Sem", "Jansen")))
    session = a_session(
        a_roster(pupils=[*incoming_people(8), an_incoming_pupil("s", "Sam", "Jansen", group=None)]), register
    )
    detail = session.detail(pupil("s"))
    best, runner_up = detail.options[:2]
    assert {best.counterpart.id, runner_up.counterpart.id} == {"A", "B"}
    for option in (best, runner_up):
        assert option.match is not None
        assert {reason.field.value for reason in option.match.reasons} >= {"achternaam", "roepnaam", "geboortedatum"}
        assert all(reason.because for reason in option.match.reasons)
        assert option.match.weight == pytest.approx(sum(reason.weight for reason in option.match.reasons))
    assert best.match and runner_up.match and best.match.weight > runner_up.match.weight


def test_twins_are_flagged_and_wait_for_a_person() -> None:
    register = Register(pupils=(*people(8), a_pupil("A", "Jayden", "Zwart")))
    session = a_session(
        a_roster(pupils=[*incoming_people(8), an_incoming_pupil("t", "Jaylen", "Zwart", group=None)]), register
    )
    row = session.row(pupil("t"))
    assert Flag.TWIN in row.flags
    assert row.doubt == "tweeling?"
    assert session.counts(Kind.PUPIL).doubts == 1


def test_namesakes_are_flagged_and_wait_for_a_person() -> None:
    register = Register(pupils=(*people(8), a_pupil("A", "Sam", "Jansen"), a_pupil("B", "Sam", "Jansen")))
    session = a_session(
        a_roster(pupils=[*incoming_people(8), an_incoming_pupil("s", "Sam", "Jansen", group=None)]), register
    )
    assert session.row(pupil("s")).doubt


def test_who_is_not_in_the_test_centre_is_proposed_as_new() -> None:
    session = a_session(a_roster(pupils=incoming_people(12)), Register(pupils=people(8)))
    assert {
        str(row.key.incoming) for row in (session.row(pupil(f"p{n}")) for n in range(8, 12)) if not row.existing
    } == {f"las:p{n}" for n in range(8, 12)}


def test_a_doubt_blocks_until_somebody_decides_or_confirms_it() -> None:
    register = Register(pupils=(*people(8), a_pupil("A", "Jayden", "Zwart")))
    sent = [*incoming_people(8), an_incoming_pupil("t", "Jaylen", "Zwart", group=None)]
    session = a_session(a_roster(pupils=sent), register)
    assert [row.key for row in session.doubts()] == [pupil("t")]
    assert [step.key for step in session.proposal_steps([pupil("t")])] == [pupil("t")]


def test_without_birth_dates_less_is_automatic_and_it_says_that_they_are_missing() -> None:
    sent = [an_incoming_pupil("x", "Fien", "Bakker", born=None, group=None)]
    session = a_session(a_roster([an_incoming_group("g5")], pupils=sent), Register(pupils=people(8)))
    row = session.row(pupil("x"))
    assert row.flags & {Flag.MISSING, Flag.THIN}
    assert Field.BORN in session.choices.proposals[pupil("x")].missing
