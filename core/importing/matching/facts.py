"""What matching looks at: small frozen values made from the model, and what is known besides likeness."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from core.model import (
    Group,
    IncomingGroup,
    IncomingPupil,
    IncomingTeacher,
    LinkedAs,
    PersonName,
    Pupil,
    Sex,
    Teacher,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Keys:
    """What can recognise a record without looking at it; empty = not known."""

    las: str = ""
    """Of an incoming record its ParnasSys key; of an existing one the extern nummer that it carries now."""
    eckid: str = ""
    linked: LinkedAs | None = None
    """Of an existing record: the ParnasSys identity that it is linked to through this connection."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonFacts:
    """A pupil, on either side."""

    id: str
    """The IncomingRef, the PupilId, or the id in a match file; unique within its side."""
    name: PersonName
    born: date | None = None
    sex: Sex = Sex.UNKNOWN
    year: str = ""
    """Jaargroep code (uwlr.md §3.6); empty = unknown."""
    group: str = ""
    """Of the stamgroep: any label that is one per group within its side; empty = unknown."""
    keys: Keys = Keys()
    active: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class TeacherFacts:
    """A teacher, on either side."""

    id: str
    name: PersonName
    email: str = ""
    keys: Keys = Keys()
    active: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupFacts:
    """A group, on either side."""

    id: str
    """The IncomingRef, the GroupId, or the id in a match file; unique within its side."""
    name: str
    year: str = ""
    composite: bool = False
    label: str = ""
    """What `PersonFacts.group` calls this group on the same side; empty = the same as `id`."""
    keys: Keys = Keys()
    active: bool = True

    @property
    def members_say(self) -> str:
        """The label by which pupils name this group."""
        return self.label or self.id


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """What is known of a school besides the records themselves. Pairs are (incoming id, existing id)."""

    linked: Mapping[str, str] = field(default_factory=dict)
    """Links made earlier through this connection and no longer on the record: incoming id -> existing id."""
    old_numbers: Mapping[str, str] = field(default_factory=dict)
    """External numbers kept aside when they were cleared: existing id -> number (workflow.md §3)."""
    same: frozenset[tuple[str, str]] = frozenset()
    """Pairs a person linked by hand."""
    vague: frozenset[tuple[str, str]] = frozenset()
    """Those of `same` of which it is not known whom they were said of: asked about."""
    not_same: frozenset[tuple[str, str]] = frozenset()
    """Pairs a person said are not the same: never proposed again, on no ground."""
    parted: frozenset[tuple[str, str]] = frozenset()
    """Pairs of which that may have been said: never linked without asking, on no ground."""


def incoming_pupil(pupil: IncomingPupil) -> PersonFacts:
    """Return the facts of a pupil that ParnasSys sent; its group is labelled by LAS key."""
    return PersonFacts(
        id=pupil.ref,
        name=pupil.name,
        born=pupil.born,
        sex=pupil.sex,
        year=pupil.year_group,
        group=pupil.group or "",
        keys=Keys(las=pupil.key or "", eckid=pupil.eckid or ""),
    )


def existing_pupil(pupil: Pupil) -> PersonFacts:
    """Return the facts of a pupil of the test centre; its group is labelled by GroupId."""
    linked_eckid = pupil.linked.eckid if pupil.linked else None
    return PersonFacts(
        id=pupil.id,
        name=pupil.name,
        born=pupil.born,
        sex=pupil.sex,
        year=pupil.year_group,
        group=pupil.group or "",
        keys=Keys(las=pupil.external, eckid=pupil.eckid or linked_eckid or "", linked=pupil.linked),
        active=pupil.active,
    )


def incoming_teacher(teacher: IncomingTeacher) -> TeacherFacts:
    """Return the facts of a teacher that ParnasSys sent."""
    keys = Keys(las=teacher.key or "", eckid=teacher.eckid or "")
    return TeacherFacts(id=teacher.ref, name=teacher.name, email=teacher.email, keys=keys)


def existing_teacher(teacher: Teacher) -> TeacherFacts:
    """Return the facts of a teacher account of the test centre."""
    eckid = teacher.linked.eckid if teacher.linked else None
    keys = Keys(las=teacher.external, eckid=eckid or "", linked=teacher.linked)
    return TeacherFacts(id=teacher.id, name=teacher.name, email=teacher.email, keys=keys, active=teacher.active)


def incoming_group(group: IncomingGroup) -> GroupFacts:
    """Return the facts of a group that ParnasSys sent; pupils name it by LAS key."""
    return GroupFacts(
        id=group.ref,
        name=group.name,
        year=group.year,
        composite=group.composite,
        label=group.key,
        keys=Keys(las=group.key),
    )


def existing_group(group: Group) -> GroupFacts:
    """Return the facts of a group of the test centre; pupils name it by GroupId."""
    return GroupFacts(
        id=group.id,
        name=group.name,
        year=group.year,
        composite=group.composite,
        keys=Keys(las=group.external, linked=group.linked),
        active=group.active,
    )
