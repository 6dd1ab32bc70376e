"""A register and a roster looked up by id: what reviewing and planning do thousands of times."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import cached_property
from itertools import chain
from typing import Any

from core.importing.decisions import RowKey
from core.importing.search import fold, haystack
from core.model import (
    Group,
    GroupId,
    IncomingGroup,
    IncomingPupil,
    IncomingTeacher,
    Kind,
    LasKey,
    Pupil,
    Register,
    Roster,
    Teacher,
)

Incoming = IncomingGroup | IncomingTeacher | IncomingPupil


class Existing:
    """What the test centre holds, by id."""

    def __init__(self, register: Register) -> None:
        self.register = register
        self.groups: Mapping[str, Group] = {group.id: group for group in register.groups}
        self.teachers: Mapping[str, Teacher] = {teacher.id: teacher for teacher in register.teachers}
        self.pupils: Mapping[str, Pupil] = {pupil.id: pupil for pupil in register.pupils}

    def holds(self, kind: Kind, id_: str) -> bool:
        """Whether there is such a record."""
        return id_ in self.of(kind)

    def of(self, kind: Kind) -> Mapping[str, Group | Teacher | Pupil]:
        """Return the records of one kind by id."""
        match kind:
            case Kind.GROUP:
                return self.groups
            case Kind.TEACHER:
                return self.teachers
            case Kind.PUPIL:
                return self.pupils

    def group_name(self, id_: GroupId) -> str:
        """Return the name of a group; its id when it is not here."""
        group = self.groups.get(id_)
        return group.name if group else id_

    @cached_property
    def by_name(self) -> Mapping[Kind, tuple[str, ...]]:
        """Ids in the order of names."""
        register = self.register
        return {
            Kind.GROUP: _in_order({group.id: group.name for group in register.groups}),
            Kind.TEACHER: _in_order({teacher.id: teacher.name.listed for teacher in register.teachers}),
            Kind.PUPIL: _in_order({pupil.id: pupil.name.listed for pupil in register.pupils}),
        }

    @cached_property
    def texts(self) -> Mapping[Kind, Mapping[str, str]]:
        """What a search looks in, per record."""
        return {
            Kind.GROUP: {g.id: haystack(g.name, g.year, g.external, g.id) for g in self.register.groups},
            Kind.TEACHER: {
                t.id: haystack(t.name.spoken, t.name.surname, t.name.initials, t.email, t.external, t.id)
                for t in self.register.teachers
            },
            Kind.PUPIL: {
                p.id: haystack(
                    p.name.spoken, p.name.given_names, p.name.initials, p.external, p.id, p.eckid or "", born=p.born
                )
                for p in self.register.pupils
            },
        }


def _in_order(names: Mapping[Any, str]) -> tuple[str, ...]:
    return tuple(sorted(map(str, names), key=lambda id_: (fold(names[id_]), id_)))


class Sent:
    """What ParnasSys sent, by the identity of each record."""

    def __init__(self, roster: Roster) -> None:
        self.roster = roster
        self.groups = {RowKey(Kind.GROUP, group.ref): group for group in roster.groups}
        self.teachers = {RowKey(Kind.TEACHER, teacher.ref): teacher for teacher in roster.teachers}
        self.pupils = {RowKey(Kind.PUPIL, pupil.ref): pupil for pupil in roster.pupils}
        self.by_key = {group.key: group for group in roster.groups}
        self.members: Mapping[LasKey, list[RowKey]] = defaultdict(list)
        """Pupils per stamgroep."""
        self.connected: Mapping[LasKey, list[RowKey]] = defaultdict(list)
        """Everybody whose placement depends on a group."""
        for key, pupil in self.pupils.items():
            if pupil.group:
                self.members[pupil.group].append(key)
            for group in {*([pupil.group] if pupil.group else []), *pupil.extra_groups}:
                self.connected[group].append(key)
        for key, teacher in self.teachers.items():
            for group in set(teacher.groups):
                self.connected[group].append(key)

    def __iter__(self) -> Iterator[RowKey]:
        return chain(self.groups, self.teachers, self.pupils)

    def get(self, key: RowKey) -> Incoming | None:
        """Return the record, or None when ParnasSys did not send it."""
        return self.groups.get(key) or self.teachers.get(key) or self.pupils.get(key)

    def group_name(self, key: LasKey | None) -> str:
        """Return the name of a group; its key when ParnasSys did not describe it."""
        if key is None:
            return ""
        return self.by_key[key].name if key in self.by_key else key
