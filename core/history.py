"""What a school's record remembers of its imports: done, held, numbers kept aside, and what people said once."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from core.model import Group, GroupId, IncomingRef, Kind, LinkedAs, Pupil, PupilId, Teacher, TeacherId


@dataclass(frozen=True, slots=True, kw_only=True)
class Pairing:
    """What a person said about one incoming and one existing record."""

    kind: Kind
    incoming: IncomingRef
    existing: str
    at: datetime
    by: str
    person: str = ""
    """Fingerprint of the incoming record at that time; empty = not kept, so it is asked about and never followed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Skipped:
    """An incoming record that a person left out."""

    kind: Kind
    incoming: IncomingRef
    at: datetime
    by: str
    person: str = ""
    """As in `Pairing`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Remembered:
    """What is not asked again: pairs that are, and pairs that are not, the same; and who is not imported."""

    same: tuple[Pairing, ...] = ()
    different: tuple[Pairing, ...] = ()
    skipped: tuple[Skipped, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptNumbers:
    """External numbers as they were before they were cleared."""

    at: datetime
    by: str
    groups: dict[GroupId, str]
    teachers: dict[TeacherId, str]
    pupils: dict[PupilId, str]
    linked_groups: dict[GroupId, LinkedAs] = field(default_factory=dict)
    """What they were linked to through the connection of that time."""
    linked_teachers: dict[TeacherId, LinkedAs] = field(default_factory=dict)
    linked_pupils: dict[PupilId, LinkedAs] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeSet:
    """Every record an import touched, as it was before and as it became; `None` before = it was new."""

    groups: tuple[tuple[Group | None, Group], ...] = ()
    teachers: tuple[tuple[Teacher | None, Teacher], ...] = ()
    pupils: tuple[tuple[Pupil | None, Pupil], ...] = ()
    learnt: Remembered = Remembered()
    """What is remembered since this import."""
    forgot: Remembered = Remembered()
    """What no longer is."""
    numbers: KeptNumbers | None = None
    """The external numbers that were kept aside until this import."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportDone:
    """One committed import."""

    id: str
    at: datetime
    by: str
    counts: dict[str, int]
    """For the history screen: `groepen nieuw`, `leerlingen gewijzigd`, … in numbers of records."""
    changes: ChangeSet | None = None
    """Kept for the last import only; None once another import followed."""
    rolled_back: datetime | None = None
    override: str = ""
    """Which guard was overruled, by typing the BRIN; empty = none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class HeldImport:
    """A nightly import that met a guard: nothing of it is stored."""

    at: datetime
    review: str
    reasons: tuple[str, ...]
