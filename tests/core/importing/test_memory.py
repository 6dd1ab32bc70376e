"""What people said once is not asked again (workflow.md §3), and holds only for whom they said it of."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date

import pytest

from core.importing.decisions import Category, NotSame, RowKey
from core.importing.fingerprint import DIGITS, fingerprint
from core.importing.history import ChangeSet, Pairing, Remembered
from core.importing.matching import Flag, Ground
from core.importing.memory import news, only_different, remembered, taken_back
from core.importing.problems import doubt_of
from core.importing.recollection import Recalled
from core.importing.review import Proposal
from core.importing.safe import is_safe
from core.importing.tables import Existing
from core.model import IncomingPupil, PersonName, Register, Roster, SchoolYear
from tests.core.importing.build import (
    Pen,
    a_group,
    a_pupil,
    a_review,
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

SIX = incoming_people(6)
P1 = pupil("p1")
REGISTER = Register(pupils=people(6))
SOPHIE = Register(pupils=(a_pupil("P0", "Sophie", "Hendriks"), *people(6)[1:]))
MO = an_incoming_pupil("x", "Mo", "Anders", group=None)


def told(pen: Pen, sent: Sequence[IncomingPupil] | Roster = SIX, before: Remembered | None = None) -> Remembered:
    roster = sent if isinstance(sent, Roster) else a_roster(pupils=sent)
    return remembered(before or Remembered(), a_session(roster, REGISTER, *pen.log).choices)


def proposed(
    row: RowKey, sent: Sequence[IncomingPupil] | Roster, memory: Remembered, register: Register = REGISTER
) -> Proposal:
    roster = sent if isinstance(sent, Roster) else a_roster(pupils=sent)
    (proposal,) = [one for one in a_review(roster, register, remembered=memory).proposals if one.key == row]
    return proposal


def doubt(proposal: Proposal) -> str:
    return doubt_of(proposal.key, proposal, a_session(a_roster(), Register()).course)


def differ(existing: str = "P0") -> NotSame:
    return NotSame(kind=pupil("p0").kind, incoming=pupil("p0").incoming, existing=existing)


def is_in(memory: Iterable[Pairing], key: RowKey, existing: str) -> bool:
    return any((one.kind, one.incoming, one.existing) == (key.kind, key.incoming, existing) for one in memory)


def as_of_old(memory: Remembered) -> Remembered:
    """The memory as it was kept before it said whom it was about."""
    return Remembered(
        same=tuple(replace(one, person="") for one in memory.same),
        different=tuple(replace(one, person="") for one in memory.different),
        skipped=tuple(replace(one, person="") for one in memory.skipped),
    )


def test_a_link_made_by_hand_is_proposed_as_sure_next_time() -> None:
    """+ every link made by hand: the next import does not ask again."""
    pen = Pen()
    pen.choose(place(pupil("x"), Category.EXISTING, "P0"))
    found = proposed(pupil("x"), [MO], told(pen, [MO]), SOPHIE)
    assert (found.existing, found.ground, found.sure) == ("P0", Ground.REMEMBERED, True)


def test_a_link_said_of_a_key_says_nothing_of_somebody_else_under_it() -> None:
    """Taken back or cleared, only the memory is left; another name and another birth date are another child."""
    pen = Pen()
    pen.choose(place(pupil("x"), Category.EXISTING, "P0"))
    other = an_incoming_pupil("x", "Kees", "Bos", born=date(2014, 9, 1), group=None)
    found = proposed(pupil("x"), [other], told(pen, [MO]), SOPHIE)
    assert (found.existing, found.category) == (None, Category.NEW)


def test_a_link_of_which_it_was_not_kept_who_it_was_is_asked() -> None:
    pen = Pen()
    pen.choose(place(pupil("x"), Category.EXISTING, "P0"))
    found = proposed(pupil("x"), [MO], as_of_old(told(pen, [MO])), SOPHIE)
    assert (found.existing, found.ground, found.sure) == ("P0", Ground.REMEMBERED, False)
    assert Flag.VAGUE in found.flags


def test_not_the_same_person_is_never_proposed_again() -> None:
    pen = Pen()
    pen.choose(differ())
    found = proposed(pupil("p0"), SIX, told(pen))
    assert found.existing is None
    assert "P0" not in {candidate.existing for candidate in found.candidates}


@pytest.mark.parametrize("how", ["corrected", "another key", "of old"])
def test_what_a_person_parted_is_never_linked_by_itself_whatever_became_of_name_or_key(how: str) -> None:
    """A wrong automatic link is the worst there is: somebody had said so already."""
    pen = Pen()
    pen.choose(differ())
    memory, sent, row = told(pen), list(SIX), pupil("p0")
    if how == "corrected":
        memory = told(pen, [replace(sent[0], name=PersonName(surname="Bakers", call_name="Fien")), *sent[1:]])
    elif how == "another key":
        sent[0], row = an_incoming_pupil("nieuw"), pupil("nieuw")
    else:
        memory = as_of_old(memory)
    found = proposed(row, sent, memory)
    assert (found.existing, found.sure) == ("P0", False)
    assert Flag.PARTED in found.flags


def test_who_is_linked_all_the_same_to_whom_another_was_parted_from_is_not_asked_again() -> None:
    pen = Pen()
    pen.choose(differ())
    memory = told(pen)
    renumbered = [an_incoming_pupil("nieuw"), *SIX[1:]]
    pen = Pen()
    pen.choose(place(pupil("nieuw"), Category.EXISTING, "P0"))
    found = proposed(pupil("nieuw"), renumbered, told(pen, renumbered, memory))
    assert (found.existing, found.sure) == ("P0", True)


def test_what_is_said_later_wins() -> None:
    pen = Pen()
    pen.choose(differ())
    pen.choose(place(pupil("p0"), Category.EXISTING, "P0"))
    memory = told(pen)
    assert is_in(memory.same, pupil("p0"), "P0")
    assert not is_in(memory.different, pupil("p0"), "P0")
    pen = Pen()
    pen.choose(differ())
    memory = told(pen, before=memory)
    assert not is_in(memory.same, pupil("p0"), "P0")
    assert is_in(memory.different, pupil("p0"), "P0")


def test_what_was_taken_back_is_not_remembered() -> None:
    pen = Pen()
    pen.undo(pen.choose(differ()))
    pen.undo(pen.choose(place(pupil("p1"), Category.SKIP)))
    assert told(pen) == Remembered()


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
    pen.choose(*a_session(roster, REGISTER).with_pupils(group("g5"), Category.SKIP))
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


def test_after_an_aborted_import_only_who_is_not_the_same_is_remembered() -> None:
    pen = Pen()
    pen.choose(differ())
    pen.choose(place(pupil("p1"), Category.SKIP))
    pen.choose(place(pupil("p2"), Category.EXISTING, "P2"))
    memory = only_different(Remembered(), a_session(a_roster(pupils=SIX), REGISTER, *pen.log).choices)
    assert (len(memory.different), memory.same, memory.skipped) == (1, (), ())


def an_import_that_learnt() -> tuple[Remembered, Remembered, ChangeSet]:
    """A memory before and after an import that learns and forgets of every kind."""
    pen = Pen()
    pen.choose(place(pupil("p1"), Category.SKIP), place(pupil("p2"), Category.EXISTING, "P2"), differ("P3"))
    before = told(pen)
    pen = Pen()
    pen.choose(place(pupil("p1"), Category.NEW), place(pupil("p2"), Category.NEW), place(pupil("p3"), Category.SKIP))
    pen.choose(place(pupil("p0"), Category.EXISTING, "P3"), differ("P5"))
    after = told(pen, before=before)
    learnt, forgot = news(before, after)
    return before, after, ChangeSet(learnt=learnt, forgot=forgot)


def test_taken_back_nothing_is_remembered_but_what_was_before_and_a_parted_pair_is_asked_about() -> None:
    before, after, changes = an_import_that_learnt()
    back = taken_back(after, changes)
    assert (set(back.same), set(back.skipped)) == (set(before.same), set(before.skipped))
    asked = set(back.different) - set(before.different)
    assert set(before.different) <= set(back.different)
    assert [(one.existing, one.person) for one in asked] == [("P5", "")]


def test_what_was_said_since_stays_when_an_import_is_taken_back() -> None:
    _before, after, changes = an_import_that_learnt()
    pen = Pen()
    pen.choose(place(pupil("p4"), Category.SKIP), place(pupil("p1"), Category.EXISTING, "P1"))
    since = told(pen, before=after)
    back = taken_back(since, changes)
    assert {one.incoming for one in back.skipped} == {"las:p4", "las:p1"}
    assert is_in(back.same, pupil("p1"), "P1")


def test_a_fingerprint_tells_people_apart_and_gives_no_name_away() -> None:
    roster = a_roster(pupils=incoming_people(12))
    prints = {fingerprint(one, roster) for one in roster.pupils}
    assert len(prints) == 12
    assert {len(one) for one in prints} == {DIGITS}
    nameless = IncomingPupil(key=MO.key, name=PersonName(surname="Anders"))
    assert fingerprint(nameless, roster) == "", "too little to tell anybody apart"
