"""A roll-back takes back what the import did, and leaves standing what people did since."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from core.errors import RefusedByState
from core.history import Remembered
from core.importing.commit import Signature, committed
from core.importing.decisions import Category
from core.importing.rollback import roll_back, rolled_back
from core.linking.link import Link, LinkState
from core.model import GroupId, Kind, PupilId, Register, School
from core.record import SchoolRecord
from tests.core.importing.build import (
    NOW,
    SCHOOL,
    Pen,
    a_group,
    a_pupil,
    a_roster,
    a_session,
    an_incoming_group,
    an_incoming_pupil,
    incoming_people,
    people,
    place,
    pupil,
)
from tests.core.importing.planning import a_plan


def after_an_import() -> tuple[SchoolRecord, SchoolRecord]:
    """An import that changes P0, deactivates P5 and adds one pupil."""
    register = Register(groups=(a_group("G5", "Groep 5", linked="g5"),), pupils=people(6))
    sent = list(incoming_people(5)) + list(incoming_people(1, first=6))
    sent[0] = replace(sent[0], year_group="6")
    session = a_session(a_roster([an_incoming_group("g5", "Groep 5")], pupils=sent), register)
    before = SchoolRecord(
        school=School(id=SCHOOL, name="De Regenboog"), link=Link(state=LinkState.ACTIVE), register=register
    )
    return before, committed(before, a_plan(session), Signature(id="i1", at=NOW, by="Anne"), Remembered())


def test_the_preview_counts_what_goes_back() -> None:
    before, after = after_an_import()
    back = roll_back(after)
    assert (back.restored[Kind.PUPIL], back.removed[Kind.PUPIL], back.reactivated) == (6, 1, 1)
    assert rolled_back(after, back, NOW).register == before.register


def test_what_somebody_changed_since_stays_and_the_rest_of_the_record_goes_back() -> None:
    before, after = after_an_import()
    (p0,) = [one for one in after.register.pupils if one.id == "P0"]
    moved = replace(
        after,
        register=replace(
            after.register,
            pupils=tuple(replace(one, group=GroupId("ANDERS")) if one is p0 else one for one in after.register.pupils),
        ),
    )
    back = roll_back(moved)
    (again,) = [one for one in back.register.pupils if one.id == "P0"]
    assert again == replace(before.register.pupils[0], group=GroupId("ANDERS"))
    assert [one.id for one in back.kept] == ["P0"]


def test_a_new_pupil_with_results_is_not_removed() -> None:
    _before, after = after_an_import()
    newcomer = after.register.pupils[-1]
    back = roll_back(after, [PupilId(newcomer.id)])
    assert newcomer in back.register.pupils
    assert [one.id for one in back.kept] == [newcomer.id]
    assert back.removed[Kind.PUPIL] == 0


def test_of_a_new_pupil_that_stays_and_who_had_its_key_before_one_has_it_after() -> None:
    """With two on one key the scores of the one would go to the other."""
    fien = a_pupil("P1", "Fien", "Bakker", linked="k1", active=False)
    register = Register(groups=(a_group("G5", "Groep 5", linked="g5"),), pupils=(fien,))
    sent = an_incoming_pupil("k1", "Sem", "Mulder", born=date(2015, 2, 2))
    session = a_session(a_roster([an_incoming_group("g5", "Groep 5")], pupils=[sent]), register)
    session.take_in([Pen().choose(place(pupil("k1"), Category.NEW))])
    before = SchoolRecord(
        school=School(id=SCHOOL, name="De Regenboog"), link=Link(state=LinkState.ACTIVE), register=register
    )
    after = committed(before, a_plan(session), Signature(id="i1", at=NOW, by="Anne"), Remembered())
    (made,) = [one for one in after.register.pupils if one.id != "P1"]
    back = roll_back(after, [made.id]).register
    assert {one.id: one.linked.key for one in back.pupils if one.linked} == {"P1": "k1"}
    assert [one.external for one in back.pupils if one.id == made.id] == [""]


def test_only_the_last_import_goes_back_and_only_once() -> None:
    _before, after = after_an_import()
    with pytest.raises(RefusedByState):
        roll_back(rolled_back(after, roll_back(after), NOW))
    session = a_session(a_roster([an_incoming_group("g5", "Groep 5")], pupils=incoming_people(5)), after.register)
    second = committed(after, a_plan(session), Signature(id="i2", at=NOW, by="Anne"), Remembered())
    assert [done.changes is None for done in second.imports] == [True, False]
    assert rolled_back(second, roll_back(second), NOW).register == after.register


def test_a_school_without_imports_has_nothing_to_take_back() -> None:
    before, _after = after_an_import()
    with pytest.raises(RefusedByState):
        roll_back(before)


def test_a_new_pupil_that_somebody_changed_since_stays() -> None:
    _before, after = after_an_import()
    newcomer = after.register.pupils[-1]
    changed = replace(newcomer, active=False)
    since = replace(after, register=replace(after.register, pupils=(*after.register.pupils[:-1], changed)))
    back = roll_back(since)
    assert changed in back.register.pupils
    assert [one.id for one in back.kept] == [newcomer.id]
