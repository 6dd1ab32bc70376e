"""What a faultless import would do: the counts of the summary `Gegevens overnemen`, from the truth."""

from __future__ import annotations

from dataclasses import dataclass

from .model import SimKind, SimSchool, Thread
from .picture import Picture


@dataclass(frozen=True, slots=True, kw_only=True)
class Count:
    """One line of the summary."""

    new: int
    existing: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportCounts:
    """The summary, and who would be deactivated."""

    groups: Count
    teachers: Count
    pupils: Count
    deactivated: tuple[str, ...]
    """Ids of active test-centre pupils in a group that goes on, whom ParnasSys does not have (workflow.md §3)."""


def import_counts(school: SimSchool, picture: Picture) -> ImportCounts:
    """Count what an import of `school` on top of `picture` does when everybody is recognised."""
    ids = picture.ids()
    groups = {group.thread for group in school.groups}
    teachers = {teacher.thread for teacher in school.teachers}
    pupils = {pupil.thread for pupil in school.pupils}
    gone = tuple(
        sorted(
            entry.row.id
            for entry in picture.entries
            if entry.row.kind is SimKind.PUPIL
            and entry.row.active
            and groups.intersection(entry.row.groups)
            and (entry.double or entry.thread not in pupils)
        )
    )
    return ImportCounts(
        groups=_count(groups, ids), teachers=_count(teachers, ids), pupils=_count(pupils, ids), deactivated=gone
    )


def _count(threads: set[Thread], ids: dict[Thread, str]) -> Count:
    existing = len(threads & ids.keys())
    return Count(new=len(threads) - existing, existing=existing)
