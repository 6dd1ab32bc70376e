"""Builders: a school in the test centre, an answer of ParnasSys, and a review of both."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime

from core.clock import AMSTERDAM
from core.history import KeptNumbers, Remembered
from core.importing.course import Course
from core.importing.decisions import Category, Choose, Decision, Place, Redo, RowKey, Step, Undo, What
from core.importing.propose import propose
from core.importing.review import Review
from core.importing.session import ReviewSession
from core.model import (
    Completeness,
    EckId,
    Group,
    GroupId,
    IncomingGroup,
    IncomingPupil,
    IncomingRef,
    IncomingTeacher,
    Kind,
    LasKey,
    LinkedAs,
    PersonName,
    Pupil,
    PupilId,
    Register,
    Roster,
    SchoolId,
    SchoolYear,
    Sex,
    Teacher,
    TeacherId,
)

SCHOOL = SchoolId("12AB")
NOW = datetime(2026, 11, 23, 8, 20, tzinfo=AMSTERDAM)


def an_incoming_group(key: str, name: str = "", year: str = "5") -> IncomingGroup:
    return IncomingGroup(key=LasKey(key), name=name or f"Groep {key}", year=year)


def an_incoming_pupil(
    key: str,
    first: str = "Fien",
    last: str = "Bakker",
    *,
    born: date | None = date(2017, 3, 12),
    group: str | None = "g5",
    year: str = "5",
    eckid: str = "",
    extra: Sequence[str] = (),
) -> IncomingPupil:
    return IncomingPupil(
        key=LasKey(key) if key else None,
        eckid=EckId(eckid) if eckid else None,
        name=PersonName(surname=last, call_name=first),
        born=born,
        sex=Sex.GIRL,
        year_group=year,
        group=LasKey(group) if group else None,
        extra_groups=tuple(map(LasKey, extra)),
    )


def an_incoming_teacher(
    key: str, first: str = "Anne", last: str = "Wit", email: str = "a.wit@school.nl", groups: Sequence[str] = ()
) -> IncomingTeacher:
    return IncomingTeacher(
        key=LasKey(key),
        name=PersonName(surname=last, call_name=first),
        email=email,
        groups=tuple(map(LasKey, groups)),
    )


def a_group(id_: str, name: str = "", year: str = "5", *, linked: str = "") -> Group:
    return Group(
        id=GroupId(id_),
        name=name or f"Groep {id_}",
        year=year,
        external=linked,
        linked=LinkedAs(key=LasKey(linked)) if linked else None,
    )


def a_pupil(
    id_: str,
    first: str = "Fien",
    last: str = "Bakker",
    *,
    born: date | None = date(2017, 3, 12),
    group: str | None = "G5",
    year: str = "5",
    linked: str = "",
    active: bool = True,
) -> Pupil:
    return Pupil(
        id=PupilId(id_),
        name=PersonName(surname=last, call_name=first),
        born=born,
        sex=Sex.GIRL,
        year_group=year,
        group=GroupId(group) if group else None,
        active=active,
        external=linked,
        linked=LinkedAs(key=LasKey(linked)) if linked else None,
    )


def a_teacher(
    id_: str,
    first: str = "Anne",
    last: str = "Wit",
    email: str = "a.wit@school.nl",
    *,
    linked: str = "",
    groups: Sequence[str] = (),
) -> Teacher:
    return Teacher(
        id=TeacherId(id_),
        name=PersonName(surname=last, call_name=first),
        email=email,
        groups=tuple(map(GroupId, groups)),
        external=linked,
        linked=LinkedAs(key=LasKey(linked)) if linked else None,
    )


def a_roster(
    groups: Iterable[IncomingGroup] = (),
    teachers: Iterable[IncomingTeacher] = (),
    pupils: Iterable[IncomingPupil] = (),
    *,
    whole: bool = True,
    received: datetime = NOW,
) -> Roster:
    return Roster(
        school=SCHOOL,
        school_year=SchoolYear.of(received.date()),
        received=received,
        created=received,
        completeness=Completeness(whole=whole, doubts=() if whole else ("afgebroken",)),
        groups=tuple(groups),
        teachers=tuple(teachers),
        pupils=tuple(pupils),
    )


def a_review(
    roster: Roster, register: Register, *, remembered: Remembered | None = None, kept: KeptNumbers | None = None
) -> Review:
    return propose(
        id_="r1",
        made=NOW,
        by="Anne",
        roster=roster,
        register=register,
        remembered=remembered or Remembered(),
        kept=kept,
    )


def a_session(roster: Roster, register: Register, *entries: Decision) -> ReviewSession:
    return ReviewSession(school=SCHOOL, review=a_review(roster, register), register=register, course=Course(entries))


def key(kind: Kind, las: str) -> RowKey:
    return RowKey(kind, IncomingRef(f"las:{las}"))


def group(las: str) -> RowKey:
    return key(Kind.GROUP, las)


def teacher(las: str) -> RowKey:
    return key(Kind.TEACHER, las)


def pupil(las: str) -> RowKey:
    return key(Kind.PUPIL, las)


class Pen:
    """Writes decisions into a log that several sessions read."""

    def __init__(self) -> None:
        self.log: list[Decision] = []

    def write(self, what: What, by: str = "Anne", seen: int | None = None) -> Decision:
        entry = Decision(id=f"d{len(self.log)}", at=NOW, by=by, seen=len(self.log) if seen is None else seen, what=what)
        self.log.append(entry)
        return entry

    def choose(self, *steps: Step, by: str = "Anne", seen: int | None = None) -> Decision:
        return self.write(Choose(steps=steps), by, seen)

    def undo(self, of: Decision, by: str = "Anne") -> Decision:
        return self.write(Undo(of=of.id), by)

    def redo(self, of: Decision, by: str = "Anne") -> Decision:
        return self.write(Redo(of=of.id), by)


def place(row: RowKey, category: Category, existing: str | None = None) -> Place:
    return Place(kind=row.kind, incoming=row.incoming, category=category, existing=existing)


PEOPLE = (
    ("Fien", "Bakker", date(2017, 3, 12)),
    ("Mohamed", "Idrissi", date(2016, 7, 4)),
    ("Sem", "Vries", date(2017, 11, 21)),
    ("Lotte", "Huisman", date(2016, 1, 30)),
    ("Daan", "Smit", date(2017, 9, 5)),
    ("Ela", "Yilmaz", date(2016, 12, 17)),
    ("Tijn", "Boer", date(2017, 6, 26)),
    ("Noor", "Postma", date(2016, 4, 9)),
    ("Guus", "Kramer", date(2017, 2, 14)),
    ("Jasmijn", "Wolters", date(2016, 10, 3)),
    ("Ruben", "Castelijn", date(2017, 8, 19)),
    ("Anouk", "Terpstra", date(2016, 5, 28)),
)
"""Children that nobody takes for each other."""


def incoming_people(count: int, *, group: str | None = "g5", first: int = 0) -> tuple[IncomingPupil, ...]:
    """Return children p0, p1, … as ParnasSys sends them."""
    return tuple(
        an_incoming_pupil(f"p{n}", PEOPLE[n][0], PEOPLE[n][1], born=PEOPLE[n][2], group=group)
        for n in range(first, first + count)
    )


def people(count: int, *, group: str | None = "G5", linked: bool = False) -> tuple[Pupil, ...]:
    """Return the same children P0, P1, … as the test centre has them."""
    return tuple(
        a_pupil(f"P{n}", name[0], name[1], born=name[2], group=group, linked=f"p{n}" if linked else "")
        for n, name in enumerate(PEOPLE[:count])
    )
