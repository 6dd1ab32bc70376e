"""The review: what ParnasSys sent beside what the test centre has, and what people decided about it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from core.model import IncomingRef, Kind, Roster


class Category(StrEnum):
    """The three categories of each tab."""

    NEW = "nieuw"
    EXISTING = "bestaand"
    SKIP = "niet importeren"


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """One step a person took about one incoming record; undo and redo are steps too."""

    id: str
    at: datetime
    by: str
    kind: Kind
    incoming: IncomingRef
    category: Category
    existing: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Review:
    """The proposals of one pull."""

    id: str
    roster: Roster
