"""A school to store, for the tests of the store."""

from __future__ import annotations

from datetime import UTC, date, datetime

from core.linking.link import Link, LinkState, Move, Step
from core.model import (
    GroupId,
    LasKey,
    LinkedAs,
    PersonName,
    Pupil,
    PupilId,
    Register,
    School,
    SchoolId,
    SchoolYear,
    Sex,
)
from core.record import Care, SchoolRecord

SCHOOL = SchoolId("12AB")
NOW = datetime(2026, 11, 23, 8, 20, tzinfo=UTC)


def a_record(name: str = "De Regenboog", state: LinkState = LinkState.REQUESTED) -> SchoolRecord:
    step = Step(at=NOW, move=Move.REQUEST, came_from=None, to=state, by="J. Bos")
    pupil = Pupil(
        id=PupilId("p1"),
        name=PersonName(surname="Berg", prefix="van den", call_name="Fien"),
        born=date(2017, 3, 12),
        sex=Sex.GIRL,
        group=GroupId("g1"),
        linked=LinkedAs(key=LasKey("k1")),
    )
    return SchoolRecord(
        school=School(id=SCHOOL, name=name, place="Assen"),
        link=Link(state=state, steps=(step,), school_year=SchoolYear(2026)),
        register=Register(pupils=(pupil,)),
        care=Care(never_touch_pupils=frozenset({PupilId("p1")})),
    )
