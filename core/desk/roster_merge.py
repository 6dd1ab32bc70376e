"""What a roster file makes of the records that are there: what it says counts, what it leaves open stays as known."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, TypeVar

from core.desk.roster_reading import Given, RosterFile
from core.model import Group, PersonName, Pupil, Register, Teacher

_GROUP = {"naam": "name", "jaargroep": "year", "extern_nummer": "external", "actief": "active"}
_TEACHER = {"email": "email", "groep": "groups", "extern_nummer": "external", "actief": "active"}
_PUPIL = {
    "geboortedatum": "born",
    "geslacht": "sex",
    "jaargroep": "year_group",
    "groep": "group",
    "extern_nummer": "external",
    "actief": "active",
}
_NAME = {"achternaam": "surname", "voorvoegsel": "prefix", "voorletters": "initials", "roepnaam": "call_name"}

T = TypeVar("T", Group, Teacher, Pupil, PersonName)
R = TypeVar("R", Group, Teacher, Pupil)
P = TypeVar("P", Teacher, Pupil)


@dataclass(slots=True)
class Fields:
    """Fields of records that were there already."""

    added: int = 0
    """Was unknown, is known now."""
    changed: int = 0
    kept: int = 0
    """The file leaves it open, and it stays as it is known here."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Merged:
    """The register with the file in it."""

    register: Register
    new: int
    """Records."""
    changed: int
    fields: Fields


def merged(before: Register, file: RosterFile, today: date) -> Merged:
    """Put the file in the register: records of the file are added or filled in, others and all links stay as they are.

    A new record that does not say whether it is active is; who becomes inactive is so since `today`.
    """
    fields = Fields()
    groups = {one.id: one for one in before.groups}
    teachers = {one.id: one for one in before.teachers}
    pupils = {one.id: one for one in before.pupils}
    for group in file.groups:
        groups[group.record.id] = _over(groups.get(group.record.id), group, _GROUP, fields)
    for teacher in file.teachers:
        teachers[teacher.record.id] = _named(teachers.get(teacher.record.id), teacher, _TEACHER, fields)
    for pupil in file.pupils:
        known = pupils.get(pupil.record.id)
        now = _named(known, pupil, _PUPIL, fields)
        since = known.inactive_since if known and not known.active else today
        pupils[now.id] = replace(now, inactive_since=None if now.active else since)
    after = Register(groups=tuple(groups.values()), teachers=tuple(teachers.values()), pupils=tuple(pupils.values()))
    was, now_there = _by_id(before), _by_id(after)
    return Merged(
        register=after,
        new=len(now_there) - len(was),
        changed=sum(1 for id_, one in was.items() if now_there[id_] != one),
        fields=fields,
    )


def _named(known: P | None, given: Given[P], columns: Mapping[str, str], fields: Fields) -> P:
    """As `_over`, and the name part by part; another surname brings its own prefix, or none."""
    record = _over(known, given, columns, fields)
    if known is None:
        return record
    name, says = given.record.name, given.says
    if "achternaam" in says and name.surname != known.name.surname:
        says |= {"voorvoegsel"}
    return replace(record, name=_filled_in(known.name, name, says, _NAME, fields))


def _over(known: R | None, given: Given[R], columns: Mapping[str, str], fields: Fields) -> R:
    return given.record if known is None else _filled_in(known, given.record, given.says, columns, fields)


def _filled_in(known: T, given: T, says: frozenset[str], columns: Mapping[str, str], fields: Fields) -> T:
    changes: dict[str, Any] = {}
    for column, name in columns.items():
        was, becomes = getattr(known, name), getattr(given, name)
        if column in says:
            changes[name] = becomes
            fields.added += _unknown(was) and not _unknown(becomes)
            fields.changed += not _unknown(was) and was != becomes
        else:
            fields.kept += not _unknown(was)
    return replace(known, **changes)


def _unknown(value: object) -> bool:
    return value is None or value == "" or value == ()


def _by_id(register: Register) -> dict[str, Group | Teacher | Pupil]:
    return {
        **{one.id: one for one in register.groups},
        **{one.id: one for one in register.teachers},
        **{one.id: one for one in register.pupils},
    }
