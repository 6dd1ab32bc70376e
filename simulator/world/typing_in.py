"""Makes the test centre's picture: who was entered, by whom, with which mistakes, and who should not be there."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import pairwise
from typing import TypeVar

from .chance import Dice, digest
from .mistakes import Around
from .model import SimGroup, SimKind, SimPupil, SimSchool, SimTeacher, Thread
from .picture import Entry, Externals, Level, Picture, PictureShape, Row
from .rooms import STYLES, Room, room_name
from .spoil import PUPIL_MISTAKES, TEACHER_MISTAKES, Typist, rates

_ID_LETTER = {SimKind.GROUP: "G", SimKind.TEACHER: "M", SimKind.PUPIL: "L"}


def type_in(school: SimSchool, seed: str, shape: PictureShape, still_here: Collection[Thread]) -> Picture:
    """Return what people made of the school as it was on `school.as_of`.

    Of the pupils who have left since (not in `still_here`) a few were deactivated by hand, the others stand there yet.
    """
    dice = Dice(seed, "testcentrum")
    from_year = shape.from_year if shape.from_year is not None else (1 if dice.chance(0.7) else 3)
    desk = _Desk(school, seed, shape, dice, from_year, still_here)
    if shape.empty:
        return Picture(taken=school.as_of, entries=())
    entries = [*desk.groups(), *desk.teachers(), *desk.pupils()]
    return Picture(taken=school.as_of, entries=tuple(_numbered(dice, entries)))


def _numbered(dice: Dice, entries: list[Entry]) -> Iterator[Entry]:
    """Give the rows of each kind an order and ids that say nothing about who they are."""
    for kind in SimKind:
        rows = dice.mixed([entry for entry in entries if entry.row.kind is kind])
        number = dice.between(100, 4000)
        for entry in rows:
            number += dice.between(1, 3)
            yield replace(entry, row=replace(entry.row, id=f"{_ID_LETTER[kind]}{number:05d}"))


Person = TypeVar("Person", SimPupil, SimTeacher)


@dataclass(slots=True)
class _Desk:
    school: SimSchool
    seed: str
    shape: PictureShape
    dice: Dice
    from_year: int
    still_here: Collection[Thread]

    def groups(self) -> Iterator[Entry]:
        """Yield the groups, some in another style than ParnasSys has."""
        if not self.shape.groups:
            return
        share = rates(self.shape.level)
        style = self.dice.draw(STYLES) if self.dice.chance(share["group_other_style"]) else ""
        for group in self.school.groups:
            if group.composite or max(group.years) < self.from_year:
                continue
            name = room_name(Room(group.years, group.letter), style, self.seed) if style else group.name
            if self.dice.chance(share["group_with_teacher"]):
                name = f"{name} {self._teacher_of(group)}".strip()
            row = Row(kind=SimKind.GROUP, name=name, year_group=group.year_code, external=self._external(group))
            made = ("group_name",) if name != group.name else ()
            yield Entry(row=row, thread=group.thread, mistakes=made)

    def teachers(self) -> Iterator[Entry]:
        """Yield the staff; some were never given an account."""
        for teacher in self._entered(self.school.teachers, self.shape.missing_teachers):
            row = Row(
                kind=SimKind.TEACHER,
                surname=teacher.name.surname,
                prefix=teacher.name.prefix,
                initials=teacher.name.initials,
                call_name=teacher.name.call_name,
                groups=tuple(group.thread for group in self.school.groups if group.key in teacher.groups),
                email=teacher.email,
            )
            typist = Typist(Dice(self.seed, "typt", teacher.thread), self.shape.level)
            typed, made = typist.type(row, TEACHER_MISTAKES, Around(given_names=teacher.name.given_names))
            yield Entry(row=typed, thread=teacher.thread, mistakes=made)

    def pupils(self) -> Iterator[Entry]:
        """Yield the pupils, group by group as lists are typed, with double rows and those who had left before."""
        share = rates(self.shape.level)
        threads = {group.key: group.thread for group in self.school.groups}
        typists = {
            group.key: Typist(Dice(self.seed, "typt", group.thread), self.shape.level) for group in self.school.groups
        }
        spare = Typist(Dice(self.seed, "typt", "anders"), self.shape.level)
        families = _families(self.school)
        homes = tuple(group.thread for group in self.school.groups if not group.composite)
        wanted = [pupil for pupil in self.school.pupils if int(pupil.year_group) >= self.from_year]
        entered = self._entered(wanted, self.shape.missing_pupils)
        after = {one.thread: other.born for one, other in pairwise(entered) if one.group == other.group}
        for pupil in entered:
            around = Around(
                given_names=pupil.name.given_names,
                siblings=tuple(born for born in families[pupil.family] if born != pupil.born),
                next_born=after.get(pupil.thread),
                groups=tuple(thread for thread in homes if thread != threads.get(pupil.group)),
            )
            true = self._row(pupil, threads)
            typist = typists.get(pupil.group, spare)
            typed, made = typist.type(true, PUPIL_MISTAKES, around)
            if pupil.thread not in self.still_here and self.shape.level is not Level.CLEAN:
                typed = replace(typed, active=self.dice.chance(share["left_still_active"]))
            yield Entry(row=typed, thread=pupil.thread, mistakes=made)
            if self.dice.chance(share["double_entry"]):
                again, made = spare.type(true, PUPIL_MISTAKES, around)
                yield Entry(
                    row=replace(again, active=self.dice.chance(0.5), external=""),
                    thread=pupil.thread,
                    mistakes=made,
                    double=True,
                )
        for pupil in self.school.left if self.shape.level is not Level.CLEAN else ():
            if self.dice.chance(0.5):
                row = replace(self._row(pupil, threads), active=False)
                yield Entry(row=row, thread=pupil.thread)

    def _entered(self, people: Sequence[Person], missing: int | None) -> list[Person]:
        """Leave out those who were never entered: exactly `missing` of them, or by the rate of the level."""
        if missing is not None:
            out = {id(person) for person in self.dice.some(people, missing)}
            return [person for person in people if id(person) not in out]
        share = rates(self.shape.level)["never_entered"]
        return [person for person in people if not self.dice.chance(share)]

    def _row(self, pupil: SimPupil, threads: dict[str, Thread]) -> Row:
        return Row(
            kind=SimKind.PUPIL,
            surname=pupil.name.surname,
            prefix=pupil.name.prefix,
            initials=pupil.name.initials,
            call_name=pupil.name.call_name,
            born=pupil.born,
            sex=pupil.sex,
            year_group=pupil.year_group,
            groups=(threads[pupil.group],) if self.shape.groups and pupil.group in threads else (),
            external=self._external(pupil),
        )

    def _external(self, record: SimGroup | SimPupil) -> str:
        match self.shape.externals:
            case Externals.CURRENT:
                return record.key
            case Externals.OLD:
                return digest("oud", self.seed, record.thread)[:8].upper()
            case Externals.EMPTY:
                return ""

    def _teacher_of(self, group: SimGroup) -> str:
        names = [teacher for teacher in self.school.teachers if group.key in teacher.groups]
        if not names:
            return ""
        teacher = names[0]
        return f"{'meester' if teacher.sex == 'M' else 'juf'} {teacher.name.call_name}"


def _families(school: SimSchool) -> dict[str, list[date]]:
    families: dict[str, list[date]] = {}
    for pupil in school.pupils:
        families.setdefault(pupil.family, []).append(pupil.born)
    return families
