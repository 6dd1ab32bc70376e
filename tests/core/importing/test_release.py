"""One ParnasSys identity, one record: scores of the one child never travel under the key of the other."""

from __future__ import annotations

from dataclasses import replace

import pytest

from core.importing.commit import applied, change_set
from core.importing.decisions import Category
from core.importing.merge import linked_after
from core.importing.plan import Plan
from core.importing.session import ReviewSession
from core.model import EckId, IncomingPupil, Kind, LasKey, LinkedAs, Pupil, Register
from tests.core.importing.build import (
    Pen,
    a_group,
    a_pupil,
    a_roster,
    a_session,
    an_incoming_group,
    an_incoming_pupil,
    group,
    place,
    pupil,
)
from tests.core.importing.planning import a_plan

GROUP = a_group("G5", "Groep 5", linked="g5")
SENT = an_incoming_group("g5", "Groep 5")
FIEN = a_pupil("P1", "Fien", "Bakker", linked="k1")
DAAN = a_pupil("P2", "Daan", "Visser")


def after(plan: Plan, register: Register) -> dict[str, Pupil]:
    return {one.id: one for one in applied(register, change_set(plan)).pupils}


def reviewed(*sent: IncomingPupil, whole: bool = True, register: Register) -> ReviewSession:
    return a_session(a_roster((SENT,), pupils=sent, whole=whole), register)


@pytest.mark.parametrize("whole", [True, False])
@pytest.mark.parametrize("elsewhere", [True, False])
def test_who_had_the_key_before_lets_it_go_active_or_not(whole: bool, elsewhere: bool) -> None:
    """Also when nobody is deactivated: active with a key that is another child's, its scores would go there."""
    fien = replace(FIEN, eckid=EckId("e1"), group=None if elsewhere else FIEN.group)
    register = Register(groups=(GROUP,), pupils=(fien, DAAN))
    session = reviewed(an_incoming_pupil("k1", "Daan", "Visser", eckid="e1"), whole=whole, register=register)
    session.take_in([Pen().choose(place(pupil("k1"), Category.EXISTING, "P2"))])
    now = after(a_plan(session), register)
    assert now["P2"].linked == LinkedAs(key=LasKey("k1"), eckid=EckId("e1"))
    assert now["P1"].linked is None
    assert (now["P1"].external, now["P1"].eckid) == ("", None)


def test_a_key_that_becomes_a_new_pupil_is_no_longer_that_of_the_pupil_before() -> None:
    register = Register(groups=(GROUP,), pupils=(replace(FIEN, active=False),))
    session = reviewed(an_incoming_pupil("k1", "Sem", "Mulder"), register=register)
    session.take_in([Pen().choose(place(pupil("k1"), Category.NEW))])
    plan = a_plan(session)
    assert [one.id for one in plan.unlinked] == ["P1"]
    now = after(plan, register)
    assert now["P1"].linked is None
    assert [one.id for one in now.values() if one.linked] == ["N1"]


def test_two_pupils_that_change_keys_keep_the_new_one_only() -> None:
    register = Register(groups=(GROUP,), pupils=(FIEN, replace(DAAN, linked=LinkedAs(key=LasKey("k2")), external="k2")))
    session = reviewed(an_incoming_pupil("k1"), an_incoming_pupil("k2", "Daan", "Visser"), register=register)
    pen = Pen()
    session.take_in(
        [
            pen.choose(
                place(pupil("k1"), Category.EXISTING, "P2"),
                place(pupil("k2"), Category.EXISTING, "P1"),
            )
        ]
    )
    now = after(a_plan(session), register)
    assert {id_: one.linked.key for id_, one in now.items() if one.linked} == {"P1": "k2", "P2": "k1"}


def test_who_is_never_touched_keeps_it_and_a_skipped_row_takes_nothing() -> None:
    register = Register(groups=(GROUP,), pupils=(FIEN, DAAN))
    session = reviewed(an_incoming_pupil("k1", "Daan", "Visser"), register=register)
    session.take_in([Pen().choose(place(pupil("k1"), Category.SKIP, "P2"))])
    assert after(a_plan(session), register)["P1"].linked == FIEN.linked
    session = reviewed(an_incoming_pupil("k1", "Daan", "Visser"), register=register)
    session.take_in([Pen().choose(place(pupil("k1"), Category.EXISTING, "P2"))])
    assert after(a_plan(session, never_touch=frozenset({"P1"})), register)["P1"] == FIEN


def test_a_group_lets_its_key_go_too_so_that_the_next_import_does_not_ask_again() -> None:
    other = a_group("G6", "Groep 6", "6")
    register = Register(groups=(GROUP, other))
    session = a_session(a_roster((SENT,)), register)
    session.take_in([Pen().choose(place(group("g5"), Category.EXISTING, "G6"))])
    now = applied(register, change_set(a_plan(session)))
    assert {one.id: one.linked for one in now.groups if one.linked} == {"G6": LinkedAs(key=LasKey("g5"))}
    again = a_session(a_roster((SENT,)), now)
    assert again.choices.proposals[group("g5")].sure
    assert again.choices[group("g5")].existing == "G6"
    assert group("g5").kind is Kind.GROUP


def test_the_eck_id_of_another_record_never_stays_beside_a_new_key() -> None:
    """A result names its pupil by both: of two children, ParnasSys could take either."""
    before = LinkedAs(key=LasKey("k1"), eckid=EckId("e1"))
    assert linked_after(an_incoming_pupil("k2"), before) == LinkedAs(key=LasKey("k2"))
    assert linked_after(an_incoming_pupil("k1"), before) == before
    assert linked_after(an_incoming_pupil("k2", eckid="e1"), before).key == "k2"
    assert linked_after(an_incoming_pupil("", eckid="e1"), before) == before
    assert linked_after(an_incoming_pupil("", eckid="e2"), before) == LinkedAs(eckid=EckId("e2"))


@pytest.mark.parametrize(
    ("was", "now", "parted"),
    [("e1", "e2", ("k1",)), ("e1", "e1", ()), ("", "e2", ()), ("e1", "", ())],
    ids=["another child", "the same child with a new key", "nobody knows", "nobody knows any more"],
)
@pytest.mark.parametrize("cleared", [False, True])
def test_a_key_that_was_another_childs_by_the_eck_id_is_noted_with_the_pupil(
    was: str, now: str, parted: tuple[str, ...], cleared: bool
) -> None:
    """What was sent under it may stand with that child, also when the child has left ParnasSys since."""
    before = LinkedAs(key=LasKey("k1"), eckid=EckId(was) if was else None)
    fien = replace(FIEN, linked=None if cleared else before)
    register = Register(groups=(GROUP,), pupils=(fien, DAAN))
    session = reviewed(an_incoming_pupil("k9", "Fien", "Bakker", eckid=now), register=register)
    session.take_in([Pen().choose(place(pupil("k9"), Category.EXISTING, "P1"))])
    kept = {FIEN.id: before} if cleared else {}
    pupils = {one.id: one for one in applied(register, change_set(a_plan(session), kept)).pupils}
    linked = pupils[FIEN.id].linked
    assert linked and linked.key == "k9" and pupils[FIEN.id].parted == parted
