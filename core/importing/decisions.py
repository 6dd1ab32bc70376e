"""What people do in a review: small steps, kept in an append-only log in the order they were taken (workflow.md §3).

A log entry is never changed. Undo and redo are entries too, and so are a refresh and the end of the review: what a
review looks like is a pure fold over its log (`core.importing.course`).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import NamedTuple

from core.language import N_
from core.model import IncomingRef, Kind


class Category(StrEnum):
    """The three categories of each tab."""

    NEW = N_("nieuw")
    EXISTING = N_("bestaand")
    SKIP = N_("niet importeren")


class RowKey(NamedTuple):
    """Which row: by the identity of the incoming record, never by a row number."""

    kind: Kind
    incoming: IncomingRef


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Move a row to a category; `existing` is the record it is linked to, or counts as when it is skipped."""

    kind: Kind
    incoming: IncomingRef
    category: Category
    existing: str | None = None

    @property
    def key(self) -> RowKey:
        """The row it is about."""
        return RowKey(self.kind, self.incoming)


@dataclass(frozen=True, slots=True, kw_only=True)
class GiveEmail:
    """Fill in the e-mail address of a teacher."""

    incoming: IncomingRef
    email: str

    @property
    def key(self) -> RowKey:
        """The row it is about."""
        return RowKey(Kind.TEACHER, self.incoming)


@dataclass(frozen=True, slots=True, kw_only=True)
class NotSame:
    """Say that an incoming and an existing record are not the same person or group: never proposed again."""

    kind: Kind
    incoming: IncomingRef
    existing: str

    @property
    def key(self) -> RowKey:
        """The row it is about."""
        return RowKey(self.kind, self.incoming)


@dataclass(frozen=True, slots=True, kw_only=True)
class Lift:
    """Let a row stand as matching proposes it, as nobody's decision: a doubt about it is a doubt again."""

    kind: Kind
    incoming: IncomingRef

    @property
    def key(self) -> RowKey:
        """The row it is about."""
        return RowKey(self.kind, self.incoming)


Step = Place | GiveEmail | NotSame | Lift


@dataclass(frozen=True, slots=True, kw_only=True)
class Choose:
    """One act of a person: one step, or many that are undone together (a bulk move, a group with its pupils)."""

    steps: tuple[Step, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Undo:
    """Take back an act of the same person."""

    of: str
    """Id of the decision."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Redo:
    """Do again what the same person took back."""

    of: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Refreshed:
    """Newer data came in: sessions read the proposals again, and what people said of `lapse` no longer applies."""

    revision: int
    lapse: tuple[RowKey, ...] = ()


class Ending(StrEnum):
    """How a review ended."""

    COMMITTED = N_("overgenomen")
    DISCARDED = N_("afgebroken")


@dataclass(frozen=True, slots=True, kw_only=True)
class Closed:
    """The review is over; entries from number `counted` on came too late."""

    how: Ending
    counted: int


What = Choose | Undo | Redo | Refreshed | Closed


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """One entry of the log of a review."""

    id: str
    at: datetime
    by: str
    seen: int
    """How many entries of the log its author had seen: what came after that, was decided without knowing."""
    what: What
