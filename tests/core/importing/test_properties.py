"""What holds for every import, whatever people decide (issue 5)."""

from __future__ import annotations

import random
from collections import Counter
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.errors import Refused
from core.history import Remembered
from core.importing.commit import Signature, change_set, committed
from core.importing.decisions import Category
from core.importing.plan import Plan
from core.importing.rollback import roll_back, rolled_back
from core.importing.session import ReviewSession
from core.linking.link import Link, LinkState
from core.model import Kind, Register, School
from core.record import SchoolRecord
from tests.core.importing.build import (
    NOW,
    PEOPLE,
    SCHOOL,
    Pen,
    a_group,
    a_pupil,
    a_roster,
    a_session,
    a_teacher,
    an_incoming_group,
    an_incoming_pupil,
    an_incoming_teacher,
    place,
)
from tests.core.importing.planning import a_plan

seeds = st.integers(0, 10**9)


def a_school(chance: random.Random) -> ReviewSession:
    """A school with anything in it: linked and not, inactive, missing, new, renamed, moved; and anything decided."""
    groups = [f"{n}" for n in range(4)]
    register = Register(
        groups=tuple(
            a_group(f"G{n}", f"Groep {n}", n, linked=f"g{n}" if chance.random() < 0.5 else "") for n in groups[:3]
        ),
        teachers=tuple(
            a_teacher(f"T{n}", *PEOPLE[n][:2], f"t{n}@school.nl", linked=f"t{n}" if chance.random() < 0.5 else "")
            for n in range(4)
        ),
        pupils=tuple(
            a_pupil(
                f"P{n}",
                *PEOPLE[n][:2],
                born=PEOPLE[n][2],
                group=f"G{chance.choice(groups[:3])}",
                active=chance.random() < 0.9,
                linked=f"p{n}" if chance.random() < 0.5 else "",
            )
            for n in range(9)
        ),
    )
    roster = a_roster(
        [an_incoming_group(f"g{n}", f"Groep {n}", n) for n in groups],
        [
            an_incoming_teacher(f"t{n}", *PEOPLE[n][:2], f"t{n}@school.nl", groups=["g1"])
            for n in range(6)
            if chance.random() < 0.8
        ],
        [
            an_incoming_pupil(
                f"p{n}", *PEOPLE[n][:2], born=PEOPLE[n][2], group=f"g{chance.choice(groups)}", year=chance.choice("567")
            )
            for n in range(12)
            if chance.random() < 0.8
        ],
        whole=chance.random() < 0.9,
    )
    session, pen = a_session(roster, register), Pen()
    ids = {Kind.GROUP: ("G", 3), Kind.TEACHER: ("T", 4), Kind.PUPIL: ("P", 9)}
    for key, _choice in list(session.choices.items()):
        if chance.random() < 0.3:
            category = chance.choice(list(Category))
            letter, count = ids[key.kind]
            existing = f"{letter}{chance.randrange(count)}" if category is Category.EXISTING else None
            session.take_in([pen.choose(place(key, category, existing))])
    return session


def planned(session: ReviewSession) -> Plan | None:
    try:
        return a_plan(session)
    except Refused:
        return None


def a_record(register: Register) -> SchoolRecord:
    return SchoolRecord(
        school=School(id=SCHOOL, name="De Regenboog"), link=Link(state=LinkState.APPROVED), register=register
    )


SIGNED = Signature(id="i1", at=NOW, by="Anne")


@settings(max_examples=60, deadline=None)
@given(seeds)
def test_plan_commit_and_roll_back_give_back_the_very_same_records(seed: int) -> None:
    session = a_school(random.Random(seed))
    if plan := planned(session):
        before = a_record(session.existing.register)
        after = committed(before, plan, SIGNED, Remembered())
        assert after.link and after.link.state is LinkState.ACTIVE
        back = roll_back(after)
        assert rolled_back(after, back, NOW).register == before.register
        assert back.kept == ()


@settings(max_examples=60, deadline=None)
@given(seeds)
def test_no_plan_links_two_to_one(seed: int) -> None:
    session = a_school(random.Random(seed))
    plan = planned(session)
    linked = Counter(
        (key.kind, choice.existing)
        for key, choice in session.choices.items()
        if choice.category is Category.EXISTING and choice.existing
    )
    if plan is None:
        assert max(linked.values()) > 1
        return
    assert max(linked.values(), default=0) <= 1
    for changes in (plan.groups, plan.teachers, plan.pupils):
        after = Counter(change.after.id for change in changes)
        assert max(after.values(), default=0) <= 1
    register = committed(a_record(session.existing.register), plan, SIGNED, Remembered()).register
    for records in (register.groups, register.teachers, register.pupils):
        assert max(Counter(one.id for one in records).values(), default=0) <= 1


@settings(max_examples=60, deadline=None)
@given(seeds)
def test_nothing_outside_the_plan_changes_and_the_plan_happens_whole(seed: int) -> None:
    session = a_school(random.Random(seed))
    if plan := planned(session):
        before = a_record(session.existing.register)
        after = committed(before, plan, SIGNED, Remembered())
        changes, was, now = change_set(plan), before.register, after.register
        groups = {one.id: one for one in was.groups} | {new.id: new for _old, new in changes.groups}
        teachers = {one.id: one for one in was.teachers} | {new.id: new for _old, new in changes.teachers}
        pupils = {one.id: one for one in was.pupils} | {new.id: new for _old, new in changes.pupils}
        assert now == Register(
            groups=tuple(groups.values()), teachers=tuple(teachers.values()), pupils=tuple(pupils.values())
        )
        assert (
            replace(
                after,
                register=before.register,
                imports=before.imports,
                link=before.link,
                remembered=before.remembered,
            )
            == before
        )


@settings(max_examples=60, deadline=None)
@given(seeds)
def test_nobody_is_deactivated_but_by_the_rule(seed: int) -> None:
    """S, written down once more and independently of the planner."""
    session = a_school(random.Random(seed))
    if plan := planned(session):
        choices = dict(session.choices.items())
        linked_groups = {
            choice.existing
            for key, choice in choices.items()
            if key.kind is Kind.GROUP and choice.category is Category.EXISTING
        }
        taken = {
            choice.existing
            for key, choice in choices.items()
            if key.kind is Kind.PUPIL and choice.category is not Category.NEW
        }
        for leaver in plan.leaving:
            assert session.review.roster.completeness.whole
            assert leaver.before.active
            assert leaver.before.group in linked_groups
            assert leaver.before.id not in taken


@settings(max_examples=60, deadline=None)
@given(seeds)
def test_the_summary_counts_what_the_tabs_count(seed: int) -> None:
    session = a_school(random.Random(seed))
    plan = planned(session)
    if plan is None or session.problems():
        return
    for kind in Kind:
        counts, tally = session.counts(kind), plan.tallies[kind]
        assert (tally.new, tally.to_change, tally.skipped) == (counts.new, counts.existing, counts.skipped)
        assert tally.new + tally.to_change + tally.skipped == counts.received


@pytest.mark.parametrize("seed", range(20))
def test_the_schools_of_these_tests_are_not_all_refused(seed: int) -> None:
    """Guards the properties against becoming empty: most seeds near each one give a plan."""
    assert any(planned(a_school(random.Random(seed * 10 + n))) for n in range(10))
