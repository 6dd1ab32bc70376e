"""Each proposal shows how sure it is and why, with the runner-up; twins and namesakes are flagged (workflow.md §3)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from core.importing.fingerprint import fingerprint
from core.importing.matching import Field, Flag
from core.importing.session import ReviewSession
from core.model import EckId, IncomingPupil, Kind, Pupil, PupilId, Register
from tests.core.importing.build import (
    a_group,
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
    assert [step.key for step in session.steps.confirmed([pupil("t")])] == [pupil("t")]


def test_without_birth_dates_less_is_automatic_and_it_says_that_they_are_missing() -> None:
    sent = [an_incoming_pupil("x", "Fien", "Bakker", born=None, group=None)]
    session = a_session(a_roster([an_incoming_group("g5")], pupils=sent), Register(pupils=people(8)))
    row = session.row(pupil("x"))
    assert row.flags & {Flag.MISSING, Flag.THIN}
    assert Field.BORN in session.choices.proposals[pupil("x")].missing


def test_the_doubt_that_tells_most_is_named_and_not_the_first_of_the_alphabet() -> None:
    swapped = a_pupil("S", "Dijkstra", "Yfke", born=date(2021, 7, 3))
    sent = [*incoming_people(8), an_incoming_pupil("s", "Yfke", "Dijkstra", born=date(2021, 7, 3))]
    session = a_session(a_roster(pupils=sent), Register(groups=(a_group("G5"),), pupils=(*people(8), swapped)))
    assert session.row(pupil("s")).doubt == "voor- en achternaam verwisseld?"


BORN = date(2017, 3, 3)
FIEN = a_pupil("F", "Fien", "Mulder", born=BORN, linked="k1")


def amid_a_class(*sent: IncomingPupil, existing: tuple[Pupil, ...] = (), dated: bool = True) -> ReviewSession:
    """These among nine children that are linked already."""
    ours, theirs = (*incoming_people(9), *sent), (*people(9, linked=True), *existing)
    if not dated:
        ours = tuple(replace(one, born=None) for one in ours)
        theirs = tuple(replace(one, born=None) for one in theirs)
    register = Register(groups=(a_group("G5", linked="g5"),), pupils=theirs)
    return a_session(a_roster([an_incoming_group("g5")], pupils=ours), register)


@pytest.mark.parametrize("known", [True, False])
def test_who_is_sent_twice_is_no_second_pupil_in_silence(known: bool) -> None:
    twice = [an_incoming_pupil(key, "Fien", "Mulder", born=BORN) for key in ("k1", "k2")]
    session = amid_a_class(*twice, existing=(FIEN,) if known else ())
    assert bool(session.row(pupil("k1")).doubt) is not known, "who is linked already is not asked about"
    assert session.row(pupil("k2")).doubt == "dubbel in ParnasSys?"


def test_two_strangers_with_the_same_few_digits_are_not_one_child_sent_twice() -> None:
    """Of 2,000 children some have the fingerprint of another one."""
    strangers = [
        an_incoming_pupil("k1", "Fien", "Aaasen", born=date(2016, 4, 4)),
        an_incoming_pupil("k2", "Fien", "Caasen", born=date(2014, 9, 12)),
    ]
    assert len({fingerprint(stranger, a_roster()) for stranger in strangers}) == 1
    session = amid_a_class(*strangers)
    assert not any(session.row(pupil(key)).doubt for key in ("k1", "k2"))


def test_of_two_who_are_equally_like_one_neither_is_new_in_silence() -> None:
    alike = [an_incoming_pupil(key, name, "Mulder", born=BORN) for key, name in (("a", "Fienna"), ("b", "Fienny"))]
    session = amid_a_class(*alike, existing=(replace(FIEN, linked=None, external=""),))
    assert all(session.row(pupil(key)).doubt for key in "ab")


@pytest.mark.parametrize("dated", [True, False])
def test_who_is_linked_under_another_key_is_asked_about_unless_the_birth_date_is_equal(dated: bool) -> None:
    """A renewed key; or, with names alone, a namesake of somebody who left."""
    session = amid_a_class(an_incoming_pupil("k2", "Fien", "Mulder", born=BORN), existing=(FIEN,), dated=dated)
    row = session.row(pupil("k2"))
    assert row.existing and row.existing.id == "F"
    assert (row.doubt == "al gekoppeld onder een andere sleutel") is not dated


def test_who_lost_its_key_to_another_child_is_no_second_pupil_in_silence() -> None:
    """The key is doubted, and so it keeps nobody else from being this pupil; anybody unlike it is simply new."""
    other = an_incoming_pupil("k1", "Noor", "Kok", born=date(2015, 9, 1))
    again, stranger = an_incoming_pupil("k2", "Fien", "Mulder", born=BORN), an_incoming_pupil("k3", "Bo", "Zee")
    session = amid_a_class(other, again, stranger, existing=(FIEN,))
    assert session.row(pupil("k1")).doubt
    assert session.row(pupil("k2")).doubt == "al gekoppeld onder een andere sleutel"
    assert not session.row(pupil("k3")).doubt


@pytest.mark.parametrize("carried", ["linked", "external", "eckid"])
def test_an_identity_that_two_records_of_the_test_centre_carry_is_asked_about(carried: str) -> None:
    bare = replace(FIEN, linked=None, external="")
    both = [
        replace(one, linked=FIEN.linked) if carried == "linked" else one
        for one in (bare, replace(bare, id=PupilId("F2"), active=False))
    ]
    if carried != "linked":
        both = [
            replace(one, external="k1") if carried == "external" else replace(one, eckid=EckId("e")) for one in both
        ]
    session = amid_a_class(an_incoming_pupil("k1", "Fien", "Mulder", born=BORN, eckid="e"), existing=(both[0], both[1]))
    assert "verschillende personen" in session.row(pupil("k1")).doubt
