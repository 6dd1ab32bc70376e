"""The rules of the commit (workflow.md §3), one by one."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

import pytest

from core.clock import AMSTERDAM
from core.errors import Refused
from core.importing.completeness import judged
from core.importing.decisions import Category
from core.importing.plan import ScoresOf
from core.importing.rows import Trouble
from core.model import GroupId, Kind, LinkedAs, PersonName, PupilId, Register
from core.record import PullNote
from tests.core.importing.build import (
    PEOPLE,
    Pen,
    a_group,
    a_pupil,
    a_roster,
    a_session,
    a_teacher,
    an_incoming_group,
    an_incoming_pupil,
    an_incoming_teacher,
    group,
    incoming_people,
    people,
    place,
    pupil,
    teacher,
)
from tests.core.importing.planning import a_plan, leaving

GROUPS = (a_group("G5", "Groep 5", linked="g5"),)
SENT = (an_incoming_group("g5", "Groep 5"),)


def test_a_pupil_is_deactivated_when_active_in_a_linked_group_and_not_in_the_import() -> None:
    """S: active, in an existing group that this import links, and no incoming record linked to it."""
    plan = a_plan(a_session(a_roster(SENT, pupils=incoming_people(9)), Register(groups=GROUPS, pupils=people(10))))
    assert leaving(plan) == {"P9"}
    (gone,) = plan.leaving
    assert gone.ground == "niet in de volledige lijst van 23-11-2026"
    assert gone.after == replace(gone.before, active=False, inactive_since=date(2026, 11, 23))


def test_an_inactive_pupil_is_left_as_it_is() -> None:
    register = Register(groups=GROUPS, pupils=(*people(9), replace(people(10)[9], active=False)))
    assert leaving(a_plan(a_session(a_roster(SENT, pupils=incoming_people(9)), register))) == set()


def test_pupils_in_groups_that_are_not_in_the_import_stay_as_they_are() -> None:
    """S: pupils in groups that are not in the import stay as they are."""
    elsewhere = replace(people(10)[9], group=GroupId("G8"))
    register = Register(groups=(*GROUPS, a_group("G8", "Groep 8", "8")), pupils=(*people(9), elsewhere))
    assert leaving(a_plan(a_session(a_roster(SENT, pupils=incoming_people(9)), register))) == set()


def test_a_linked_group_that_the_answer_lacks_is_named_with_how_many_stay() -> None:
    elsewhere = replace(people(10)[9], group=GroupId("G8"))
    mine = (*GROUPS, a_group("G8", "Groep 8", "8", linked="g8"))
    sent = a_roster(SENT, pupils=incoming_people(9))
    plan = a_plan(a_session(sent, Register(groups=mine, pupils=(*people(9), elsewhere))))
    assert plan.spared == ("De groep “Groep 8” ontbreekt in het antwoord: haar 1 leerling blijft zoals hij is.",)
    never_linked = Register(groups=(*GROUPS, a_group("G8", "Groep 8", "8")), pupils=(*people(9), elsewhere))
    for register in (never_linked, Register(groups=mine, pupils=people(9))):
        assert a_plan(a_session(sent, register)).spared == ()


def test_a_group_that_is_new_or_skipped_deactivates_nobody() -> None:
    """S: only an existing group that this import links."""
    register = Register(groups=(a_group("G5", "Groep 5"),), pupils=people(10))
    session, pen = a_session(a_roster(SENT, pupils=incoming_people(8)), register), Pen()
    session.take_in([pen.choose(place(group("g5"), Category.NEW))])
    assert leaving(a_plan(session)) == set()
    session.take_in([pen.choose(*session.steps.with_pupils(group("g5"), Category.SKIP))])
    assert leaving(a_plan(session)) == set()


def test_an_incoming_record_that_is_skipped_counts_as_present() -> None:
    """S: its existing counterpart is neither changed nor deactivated."""
    register = Register(groups=GROUPS, pupils=people(10))
    session, pen = a_session(a_roster(SENT, pupils=incoming_people(10)), register), Pen()
    session.take_in([pen.choose(place(pupil("p3"), Category.SKIP))])
    plan = a_plan(session)
    assert leaving(plan) == set()
    assert "P3" not in {change.after.id for change in plan.pupils}


def test_a_skip_that_names_nobody_still_counts_as_who_was_proposed() -> None:
    """As the command line and a replayed file may skip: the row alone."""
    register = Register(groups=GROUPS, pupils=people(10, linked=True))
    session, pen = a_session(a_roster(SENT, pupils=incoming_people(10)), register), Pen()
    session.take_in([pen.choose(place(pupil("p3"), Category.SKIP, None))])
    existing = session.row(pupil("p3")).existing
    assert existing and existing.id == "P3"
    assert leaving(a_plan(session)) == set()


def test_whoever_a_skipped_doubtful_record_may_be_is_not_deactivated() -> None:
    register = Register(
        groups=GROUPS, pupils=(*people(9), a_pupil("A", "Sam", "Jansen"), a_pupil("B", "Sam", "Jansen"))
    )
    sent = (*incoming_people(9), an_incoming_pupil("s", "Sam", "Jansen"))
    session, pen = a_session(a_roster(SENT, pupils=sent), register), Pen()
    session.take_in([pen.choose(place(pupil("s"), Category.SKIP))])
    assert leaving(a_plan(session)) == set()


def test_a_deactivated_pupil_that_comes_back_is_active_again() -> None:
    register = Register(groups=GROUPS, pupils=(*people(9), replace(people(10, linked=True)[9], active=False)))
    plan = a_plan(a_session(a_roster(SENT, pupils=incoming_people(10)), register))
    (back,) = [change for change in plan.pupils if change.after.id == "P9"]
    assert back.after.active
    assert [one.field for one in back.differences] == ["actief"]


def test_two_incoming_records_on_one_existing_one_can_never_be_planned() -> None:
    """+ in any tab."""
    register = Register(groups=GROUPS, teachers=(a_teacher("T1"),), pupils=people(3))
    sent_teachers = (an_incoming_teacher("t1"), an_incoming_teacher("t2", "Carl", "Cop", "c.cop@school.nl"))
    roster = a_roster((*SENT, an_incoming_group("g6", "Groep 6")), sent_teachers, incoming_people(3))
    for first, second, existing in (
        (group("g5"), group("g6"), "G5"),
        (teacher("t1"), teacher("t2"), "T1"),
        (pupil("p0"), pupil("p1"), "P0"),
    ):
        session, pen = a_session(roster, register), Pen()
        session.take_in([pen.choose(*(place(key, Category.EXISTING, existing) for key in (first, second)))])
        assert Trouble.TWO_ON_ONE in {problem.trouble for problem in session.problems()}
        with pytest.raises(Refused):
            a_plan(session)


def test_an_answer_that_is_not_whole_deactivates_nobody_and_says_why() -> None:
    """+ only a complete, validated answer may lead to a deactivation."""
    register = Register(groups=GROUPS, pupils=people(10))
    plan = a_plan(a_session(a_roster(SENT, pupils=incoming_people(9), whole=False), register))
    assert leaving(plan) == set()
    assert plan.not_whole == ("afgebroken",)


def test_a_suspiciously_small_older_or_groupless_answer_is_not_whole() -> None:
    """+ a truncated, failed, partial (staged) or suspiciously small answer is none of those."""
    register = Register(groups=GROUPS, pupils=people(10))
    whole = a_roster(SENT, pupils=incoming_people(9))
    later = PullNote(at=whole.received, created=datetime(2026, 11, 24, tzinfo=AMSTERDAM))
    assert judged(whole, register, None).completeness.whole
    assert not judged(a_roster(SENT, pupils=incoming_people(4)), register, None).completeness.whole
    assert not judged(a_roster(pupils=incoming_people(9, group=None)), register, None).completeness.whole
    assert not judged(whole, register, later).completeness.whole
    partial = a_roster(SENT, pupils=incoming_people(9), whole=False)
    assert judged(partial, register, None).completeness.doubts == ("afgebroken",)


def test_a_new_record_gets_everything_that_was_sent_and_its_link() -> None:
    roster = a_roster(
        (*SENT, an_incoming_group("plus", "Plusklas", "")),
        [an_incoming_teacher("t1", groups=["g5", "plus"])],
        [an_incoming_pupil("p1", eckid="https://ketenid.nl/1", extra=["plus"])],
    )
    plan = a_plan(a_session(roster, Register()))
    made = {change.after.external: change.after.id for change in plan.groups}
    (child,) = [change.after for change in plan.pupils]
    assert (child.group, child.extra_groups) == (made["g5"], (made["plus"],))
    assert child.linked and child.linked == LinkedAs(key=roster.pupils[0].key, eckid=roster.pupils[0].eckid)
    assert (child.eckid, child.external, child.active) == (roster.pupils[0].eckid, "p1", True)
    (grown_up,) = [change.after for change in plan.teachers]
    assert set(grown_up.groups) == set(made.values())
    assert len({made["g5"], made["plus"], child.id, grown_up.id}) == 4


def test_what_parnassys_leaves_out_erases_nothing() -> None:
    """The 2.3 smalle set has no birth dates (uwlr.md §4.2)."""
    known = replace(people(1, linked=True)[0], name=PersonName(surname="Bakker", call_name="Fien", initials="F."))
    sent = replace(incoming_people(1)[0], born=None, name=PersonName(surname="Bakker", call_name="Fiene"))
    plan = a_plan(a_session(a_roster(SENT, pupils=[sent]), Register(groups=GROUPS, pupils=(known,))))
    (change,) = plan.pupils
    assert change.after.born == PEOPLE[0][2]
    assert change.after.name == PersonName(surname="Bakker", call_name="Fiene", initials="F.")
    assert [one.field for one in change.differences] == ["roepnaam"]


def test_only_real_changes_are_counted_as_such() -> None:
    """+ beside the counts: how many really change."""
    sent = [*incoming_people(10)]
    sent[0] = replace(sent[0], year_group="6")
    register = Register(groups=GROUPS, pupils=people(10, linked=True))
    plan = a_plan(a_session(a_roster(SENT, pupils=sent), register))
    tally = plan.tallies[Kind.PUPIL]
    assert (tally.new, tally.to_change, tally.really, tally.skipped) == (0, 10, 1, 0)
    assert [change.after.id for change in plan.pupils] == ["P0"]


def test_records_never_to_touch_are_neither_changed_nor_deactivated() -> None:
    """+ per school: a list of pupils and teachers never to touch."""
    sent = [replace(one, year_group="6") for one in incoming_people(9)]
    register = Register(groups=GROUPS, teachers=(a_teacher("T1", linked="t1"),), pupils=people(10))
    roster = a_roster(SENT, [an_incoming_teacher("t1", "Annie")], sent)
    plan = a_plan(a_session(roster, register), never_touch=frozenset({"P0", "P9", "T1"}))
    assert leaving(plan) == set()
    assert plan.teachers == ()
    assert "P0" not in {change.after.id for change in plan.pupils}


def test_additions_only_adds_and_links_and_changes_nothing_else() -> None:
    """+ and an additions-only mode."""
    sent = [replace(one, year_group="6") for one in incoming_people(9)]
    missing = a_pupil("WEG", "Guusje", "Verdwenen", born=date(2015, 5, 5))
    register = Register(groups=GROUPS, pupils=(*people(8), missing))
    assert leaving(a_plan(a_session(a_roster(SENT, pupils=sent), register))) == {"WEG"}
    plan = a_plan(a_session(a_roster(SENT, pupils=sent), register), additions_only=True)
    assert leaving(plan) == set()
    for change in plan.pupils:
        if change.before:
            assert change.differences == ()
            untouched = replace(change.after, linked=None, external="", eckid=None)
            assert untouched == replace(change.before, linked=None, external="", eckid=None)
    assert sum(1 for change in plan.pupils if change.before is None) == 1


def test_the_summary_warns_of_scores_of_pupils_that_are_deactivated() -> None:
    """+ a warning when that pupil has scores that are not sent yet or took a test this school year."""
    register = Register(groups=GROUPS, pupils=people(10))
    session = a_session(a_roster(SENT, pupils=incoming_people(9)), register)
    plan = a_plan(session, scores={PupilId("P9"): ScoresOf(unsent=2, this_year=3)})
    assert plan.leaving[0].scores == ScoresOf(unsent=2, this_year=3)


def test_the_date_of_the_ground_is_that_of_the_list() -> None:
    received = datetime(2026, 12, 1, 2, 0, tzinfo=AMSTERDAM)
    roster = a_roster(SENT, pupils=incoming_people(9), received=received)
    plan = a_plan(a_session(roster, Register(groups=GROUPS, pupils=people(10))), today=date(2026, 12, 5))
    assert plan.leaving[0].ground == "niet in de volledige lijst van 01-12-2026"


def test_a_teacher_keeps_the_groups_this_import_does_not_speak_about() -> None:
    register = Register(
        groups=(*GROUPS, a_group("OLD", "Oud"), a_group("G6", "Groep 6", linked="g6")),
        teachers=(a_teacher("T1", linked="t1", groups=["OLD", "G6"]),),
    )
    roster = a_roster((*SENT, an_incoming_group("g6", "Groep 6")), [an_incoming_teacher("t1", groups=["g5"])])
    (change,) = a_plan(a_session(roster, register)).teachers
    assert change.after.groups == ("OLD", "G5")
