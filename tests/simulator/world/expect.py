"""A test centre in which everybody is recognised: what imports would count and do, from the truth alone.

For the expected ends of scenarios; it follows the rules of workflow.md §3 and shares no code with what it checks.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from simulator.world.model import SimKind, SimSchool, Thread
from simulator.world.picture import Picture


@dataclass(frozen=True, slots=True, kw_only=True)
class Count:
    """One line of the summary `Gegevens overnemen`."""

    new: int
    existing: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportCounts:
    """The summary, who would be deactivated, and the new teachers somebody has to find an address for."""

    groups: Count
    teachers: Count
    pupils: Count
    deactivated: int
    without_email: int


@dataclass(frozen=True, slots=True, kw_only=True)
class _Held:
    thread: Thread | None
    active: bool
    groups: frozenset[Thread]
    double: bool = False


class FaultlessCentre:
    """What the test centre holds of one school, import after import."""

    def __init__(self, picture: Picture) -> None:
        rows = [(entry, entry.row.kind) for entry in picture.entries]
        self._groups: set[Thread | None] = {entry.thread for entry, kind in rows if kind is SimKind.GROUP}
        self._teachers: set[Thread | None] = {entry.thread for entry, kind in rows if kind is SimKind.TEACHER}
        self._pupils = [
            _Held(
                thread=entry.thread,
                active=entry.row.active,
                groups=frozenset(entry.row.groups),
                double=entry.double,
            )
            for entry, kind in rows
            if kind is SimKind.PUPIL
        ]

    def counts(self, school: SimSchool) -> ImportCounts:
        """Return what an import of `school` would count now."""
        new_teachers = [teacher for teacher in school.teachers if teacher.thread not in self._teachers]
        return ImportCounts(
            groups=_count({group.thread for group in school.groups}, self._groups),
            teachers=_count({teacher.thread for teacher in school.teachers}, self._teachers),
            pupils=_count({pupil.thread for pupil in school.pupils}, {held.thread for held in self._pupils}),
            deactivated=sum(1 for held in self._pupils if self._goes(held, school)),
            without_email=sum(1 for teacher in new_teachers if not teacher.email),
        )

    def commit(self, school: SimSchool) -> None:
        """Take over everything of `school`."""
        threads = {group.key: group.thread for group in school.groups}
        here = {
            pupil.thread: frozenset(threads[key] for key in (pupil.group,) if key in threads) for pupil in school.pupils
        }
        kept = [
            replace(held, active=held.active and not self._goes(held, school))
            for held in self._pupils
            if held.double or held.thread not in here
        ]
        self._groups |= set(threads.values())
        self._teachers |= {teacher.thread for teacher in school.teachers}
        self._pupils = kept + [_Held(thread=who, active=True, groups=groups) for who, groups in here.items()]

    def _goes(self, held: _Held, school: SimSchool) -> bool:
        """Whether an import deactivates this row: active, in a known group that comes in, and nobody belongs to it."""
        coming = {group.thread for group in school.groups} & self._groups
        absent = held.double or held.thread not in {pupil.thread for pupil in school.pupils}
        return held.active and absent and bool(coming & held.groups)


def _count(coming: set[Thread], known: set[Thread | None]) -> Count:
    existing = len(coming & known)
    return Count(new=len(coming) - existing, existing=existing)
