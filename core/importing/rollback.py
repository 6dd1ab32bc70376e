"""`Import terugdraaien`: the last import taken back, as a plan with a preview (workflow.md §3).

What the import changed and nobody touched since goes back; what somebody changed since stays as that person left it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, fields, replace
from datetime import datetime
from typing import TypeVar

from core.errors import RefusedByState
from core.history import ChangeSet, ImportDone
from core.importing.memory import count, taken_back, without
from core.importing.release import Owners
from core.language import _
from core.model import Group, Kind, Pupil, PupilId, Register, Teacher
from core.record import SchoolRecord

R = TypeVar("R", Group, Teacher, Pupil)


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """A record that does not go back all the way."""

    kind: Kind
    id: str
    sentence: str
    """Why, in the language in use."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RollBack:
    """What taking back an import would do."""

    import_id: str
    register: Register
    """As it becomes."""
    restored: dict[Kind, int]
    """Records that get back what they had."""
    removed: dict[Kind, int]
    """New records that disappear again."""
    reactivated: int
    """Pupils the import deactivated, active again."""
    kept: tuple[Kept, ...]
    forgotten: int = 0
    """What people said in it that is remembered no longer."""


def last_import(record: SchoolRecord) -> tuple[ImportDone, ChangeSet]:
    """Return the import that can be taken back with its changes; RefusedByState when there is none."""
    done = record.imports[-1] if record.imports else None
    if done is None or done.changes is None:
        raise RefusedByState(
            _("Er is geen import die teruggedraaid kan worden."),
            todo=_("Alleen de laatste import kan terug, en maar één keer."),
        )
    return done, done.changes


def roll_back(record: SchoolRecord, tested: Collection[PupilId] = ()) -> RollBack:
    """Return what taking back the last import does; `tested` are pupils with results, who are never removed.

    Raises RefusedByState when there is nothing to take back.
    """
    done, changes = last_import(record)
    back = _Back()
    pupils = back.records(Kind.PUPIL, record.register.pupils, changes.pupils)
    pupils = back.without_new(Kind.PUPIL, pupils, changes.pupils, frozenset(tested), _("heeft resultaten"))
    teachers = back.records(Kind.TEACHER, record.register.teachers, changes.teachers)
    teachers = back.without_new(Kind.TEACHER, teachers, changes.teachers, frozenset(), "")
    groups = back.records(Kind.GROUP, record.register.groups, changes.groups)
    used = frozenset(group for pupil in pupils for group in (pupil.group, *pupil.extra_groups) if group)
    used |= frozenset(group for teacher in teachers for group in teacher.groups)
    groups = back.without_new(Kind.GROUP, groups, changes.groups, used, _("is nog in gebruik"))
    inactive = {after.id for before, after in changes.pupils if before and before.active and not after.active}
    return RollBack(
        import_id=done.id,
        register=Register(groups=groups, teachers=teachers, pupils=pupils),
        restored=back.restored,
        removed=back.removed,
        reactivated=sum(1 for pupil in pupils if pupil.id in inactive and pupil.active),
        kept=tuple(back.kept),
        forgotten=count(record.remembered) - count(without(record.remembered, changes.learnt)),
    )


def rolled_back(record: SchoolRecord, back: RollBack, at: datetime) -> SchoolRecord:
    """Return the record after taking back; the link stays as it is and the next pull asks for everything."""
    done, changes = last_import(record)
    return replace(
        record.with_register(back.register),
        imports=(*record.imports[:-1], replace(done, rolled_back=at, changes=None)),
        remembered=taken_back(record.remembered, changes),
        kept_numbers=record.kept_numbers or changes.numbers,
    )


class _Back:
    """One roll-back being worked out."""

    def __init__(self) -> None:
        self.restored = dict.fromkeys(Kind, 0)
        self.removed = dict.fromkeys(Kind, 0)
        self.kept: list[Kept] = []

    def records(self, kind: Kind, records: Sequence[R], changes: Iterable[tuple[R | None, R]]) -> tuple[R, ...]:
        """Return the records with those that were changed as they were; new ones are still there."""
        was = {after.id: (before, after) for before, after in changes if before is not None}
        result = []
        for record in records:
            if record.id in was:
                before, after = was[record.id]
                if record != after:
                    sentence = _("is sinds de import gewijzigd; die wijziging blijft staan")
                    self.kept.append(Kept(kind=kind, id=record.id, sentence=sentence))
                self.restored[kind] += 1
                result.append(_merged(record, before, after))
            else:
                result.append(record)
        return tuple(result)

    def without_new(
        self,
        kind: Kind,
        records: Sequence[R],
        changes: Iterable[tuple[R | None, R]],
        needed: frozenset[str],
        why: str,
    ) -> tuple[R, ...]:
        """Return the records without the new ones; those needed or changed since stay, and are listed."""
        made = {after.id: after for before, after in changes if before is None}
        result = []
        others = _held_by([record for record in records if record.id not in made])
        for record in records:
            if record.id not in made:
                result.append(record)
            elif record.id in needed or record != made[record.id]:
                sentence = why if record.id in needed else _("is sinds de import gewijzigd")
                self.kept.append(Kept(kind=kind, id=record.id, sentence=_("blijft: {why}").format(why=sentence)))
                # Whoever had its key before has it again; with two on one key scores would go to the wrong child.
                result.append(others.let_go(record))
            else:
                self.removed[kind] += 1
        return tuple(result)


def _held_by(records: Sequence[Group] | Sequence[Teacher] | Sequence[Pupil]) -> Owners:
    """Return which ParnasSys identity each of these records has."""
    keys: dict[str, str] = {}
    eckids: dict[str, str] = {}
    for record in records:
        if record.linked and record.linked.key:
            keys[record.linked.key] = record.id
        for eckid in (record.linked and record.linked.eckid, isinstance(record, Pupil) and record.eckid):
            if eckid:
                eckids[eckid] = record.id
    return Owners(keys=keys, eckids=eckids)


def _merged(current: R, before: R, after: R) -> R:
    """Return the record with every field as it was before, save what somebody changed since the import."""
    back = {
        field.name: getattr(before, field.name)
        for field in fields(current)
        if getattr(current, field.name) == getattr(after, field.name)
    }
    return replace(current, **back)
