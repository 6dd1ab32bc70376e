"""What people said once is not asked again (workflow.md §3), and holds only for whom they said it of."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta

import pytest

from core.history import ChangeSet, Pairing, Remembered
from core.importing.decisions import Category, NotSame, RowKey
from core.importing.fingerprint import DIGITS, fingerprint
from core.importing.matching import Flag, Ground
from core.importing.memory import news, only_different, taken_back
from core.model import IncomingPupil, PersonName, Register
from tests.core.importing.build import (
    NOW,
    Pen,
    a_pupil,
    a_roster,
    a_session,
    an_incoming_pupil,
    incoming_people,
    people,
    place,
    pupil,
)
from tests.core.importing.remembering import MO, REGISTER, SIX, as_of_old, proposed, told

SOPHIE = Register(pupils=(a_pupil("P0", "Sophie", "Hendriks"), *people(6)[1:]))


def differ(existing: str = "P0") -> NotSame:
    return NotSame(kind=pupil("p0").kind, incoming=pupil("p0").incoming, existing=existing)


def is_in(memory: Iterable[Pairing], key: RowKey, existing: str) -> bool:
    return any((one.kind, one.incoming, one.existing) == (key.kind, key.incoming, existing) for one in memory)


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


def test_a_link_that_gave_way_to_one_of_another_child_is_not_followed_when_that_child_is_away() -> None:
    """A twin linked by mistake, put right while she was away: she is not her sister's record again in silence."""
    born = date(2016, 5, 5)
    fien, noor = (an_incoming_pupil(key, name, "Smit", born=born) for key, name in (("f", "Fien"), ("n", "Noor")))
    register = Register(pupils=(*people(6), a_pupil("P", "Fien", "Smit", born=born, linked="f")))
    pen, later = Pen(), Pen()
    pen.choose(place(pupil("n"), Category.EXISTING, "P"))
    later.log = [replace(later.choose(place(pupil("f"), Category.EXISTING, "P")), at=NOW + timedelta(days=1))]
    memory = told(later, [*SIX, fien], told(pen, [*SIX, noor]))
    assert not proposed(pupil("n"), [*SIX, noor], memory, register).sure
    assert proposed(pupil("f"), [*SIX, fien], memory, register).sure


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
