"""Who was skipped is not asked about again, unless it may be somebody else now (workflow.md §3)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

import pytest

from core.history import Remembered
from core.importing.decisions import Category, RowKey
from core.importing.recollection import Recalled
from core.importing.safe import is_safe
from core.importing.tables import Existing
from core.model import IncomingPupil, PersonName, Roster, SchoolYear
from tests.core.importing.build import (
    Pen,
    a_group,
    a_roster,
    a_session,
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
from tests.core.importing.remembering import MO, P1, REGISTER, SIX, as_of_old, doubt, proposed, told


def test_a_skipped_record_that_is_taken_in_after_all_is_forgotten_as_skipped() -> None:
    pen = Pen()
    pen.choose(place(pupil("p1"), Category.SKIP))
    memory = told(pen)
    assert [one.incoming for one in memory.skipped] == ["las:p1"]
    pen = Pen()
    pen.choose(place(pupil("p1"), Category.NEW))
    assert told(pen, before=memory).skipped == ()


def skipped(sent: Sequence[IncomingPupil] | Roster = SIX, row: RowKey = P1) -> Remembered:
    pen = Pen()
    pen.choose(place(row, Category.SKIP))
    return told(pen, sent)


def test_who_was_skipped_is_skipped_again_also_when_the_name_is_written_otherwise() -> None:
    sent = list(SIX)
    sent[1] = replace(sent[1], name=PersonName(surname="IDRISSI", prefix="el", call_name="Mohaméd"), year_group="6")
    found = proposed(pupil("p1"), sent, skipped())
    assert (found.category, found.sure, found.recalled) == (Category.SKIP, True, Recalled.SKIPPED)


def test_another_child_under_the_key_of_a_skipped_one_is_a_new_row_that_says_why() -> None:
    """Skipped in silence, a child would never be there and nobody would know."""
    sent = [
        *incoming_people(1),
        an_incoming_pupil("p1", "Zoë", "Zwart", born=date(2018, 2, 2)),
        *incoming_people(4, first=2),
    ]
    found = proposed(pupil("p1"), sent, skipped())
    assert (found.category, found.sure) == (Category.NEW, False)
    assert "iemand anders" in doubt(found)


def test_a_skip_of_which_it_was_not_kept_who_it_was_is_asked() -> None:
    found = proposed(pupil("p1"), SIX, as_of_old(skipped()))
    assert (found.category, found.existing, found.sure) == (Category.EXISTING, "P1", False)
    assert "niet bewaard" in doubt(found)


def test_who_was_skipped_and_has_another_key_is_asked_about_and_not_imported_in_silence() -> None:
    sent = [*incoming_people(1), replace(incoming_people(2)[1], key=MO.key), *incoming_people(4, first=2)]
    memory = skipped()
    found = proposed(pupil("x"), sent, memory)
    assert (found.sure, found.recalled) == (False, Recalled.OTHER_KEY)
    assert "andere sleutel" in doubt(found)
    pen = Pen()
    pen.choose(place(pupil("x"), Category.SKIP))
    after = told(pen, sent, memory)
    assert [one.incoming for one in after.skipped] == ["las:x"], "decided again, it is said of the new key alone"


def test_two_who_exchanged_keys_are_both_asked_about() -> None:
    """Who was left out would be imported, and who was not would be left out."""
    sent = list(SIX)
    sent[1], sent[2] = replace(sent[1], key=sent[2].key), replace(sent[2], key=sent[1].key)
    memory = skipped()
    assert proposed(pupil("p2"), sent, memory).recalled is Recalled.OTHER_KEY
    assert proposed(pupil("p1"), sent, memory).recalled is Recalled.SOMEBODY_ELSE
    pen = Pen()
    pen.choose(place(pupil("p2"), Category.SKIP), place(pupil("p1"), Category.NEW))
    after = told(pen, sent, memory)
    assert [one.incoming for one in after.skipped] == ["las:p2"]
    assert proposed(pupil("p2"), sent, after).category is Category.SKIP
    assert proposed(pupil("p1"), sent, after).recalled is None


def test_a_namesake_beside_who_was_skipped_is_another_child() -> None:
    sent = [*SIX, replace(incoming_people(2)[1], key=MO.key)]
    assert proposed(pupil("x"), sent, skipped()).recalled is None


def test_a_teacher_who_was_skipped_is_told_apart_by_name() -> None:
    roster = a_roster(teachers=[an_incoming_teacher("t1")])
    memory = skipped(roster, teacher("t1"))
    assert proposed(teacher("t1"), roster, memory).category is Category.SKIP
    other = a_roster(teachers=[an_incoming_teacher("t1", "Bo", "Zwart", "b@school.nl")])
    assert not proposed(teacher("t1"), other, memory).sure


def a_skipped_group() -> tuple[Roster, Remembered]:
    """Group 5 and its pupils left out as one act."""
    roster = a_roster([an_incoming_group("g5"), an_incoming_group("g6")], pupils=incoming_people(4))
    pen = Pen()
    pen.choose(*a_session(roster, REGISTER).steps.with_pupils(group("g5"), Category.SKIP))
    return roster, told(pen, roster)


def test_a_pupil_left_out_with_its_group_is_back_when_it_moves_to_another_group() -> None:
    roster, memory = a_skipped_group()
    assert [one.incoming for one in memory.skipped] == ["las:g5"]
    newcomer = an_incoming_pupil("z", "Zoë", "Zwart")
    assert proposed(pupil("z"), replace(roster, pupils=(*roster.pupils, newcomer)), memory).category is Category.SKIP
    moved = replace(roster, pupils=incoming_people(4, group="g6"))
    assert proposed(pupil("p0"), moved, memory).category is Category.EXISTING


@pytest.mark.parametrize("how", ["another name", "another school year"])
def test_a_group_of_another_name_or_school_year_is_asked_about_with_its_pupils(how: str) -> None:
    """The key may be that of other children by now; all of them would be skipped in silence."""
    roster, memory = a_skipped_group()
    register = replace(REGISTER, groups=(a_group("G5", linked="g5"),), pupils=people(6, linked=True))
    if how == "another name":
        again = replace(roster, groups=(an_incoming_group("g5", "Groep 3b"), *roster.groups[1:]))
    else:
        again = replace(roster, school_year=SchoolYear(2027))
    found = proposed(group("g5"), again, memory, register)
    assert (found.category, found.sure) == (Category.EXISTING, False)
    assert "schooljaar" in doubt(found)
    child = proposed(pupil("p0"), again, memory, register)
    assert (child.category, child.recalled) == (Category.EXISTING, Recalled.ITS_GROUP)
    assert not is_safe(child, Existing(register)), "not by night either"
