"""The review: what ParnasSys sent beside what the test centre has, and what is proposed for each record."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from core.importing.decisions import Category, Decision, RowKey
from core.importing.matching import Candidate, Field, Flag, Ground
from core.importing.recollection import Recalled
from core.model import IncomingRef, Kind, Roster

__all__ = ["Category", "Decision", "Proposal", "Review", "RowKey"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """What the program proposes for one incoming record."""

    kind: Kind
    incoming: IncomingRef
    category: Category
    existing: str | None = None
    """The record it is linked to; for a skipped record the one it counts as."""
    sure: bool = True
    """Whether nobody has to look at it; a doubtful proposal blocks the commit until somebody does."""
    sure_if_taken: bool = True
    """The same, if a person takes it in after all although it was left out before."""
    ground: Ground = Ground.NOTHING
    probability: float = 1.0
    """0..1, of `existing` being right; without one, of the record being new."""
    candidates: tuple[Candidate, ...] = ()
    """Best first; the first two at least, so that the runner-up can be shown."""
    flags: frozenset[Flag] = frozenset()
    missing: tuple[Field, ...] = ()
    """Fields that could not be compared."""
    recalled: Recalled | None = None
    """What an earlier import says of leaving it out; only SKIPPED is followed, all else is asked about."""

    @property
    def key(self) -> RowKey:
        """The row it is about."""
        return RowKey(self.kind, self.incoming)


@dataclass(frozen=True, slots=True, kw_only=True)
class Review:
    """The proposals of one pull; a refresh replaces them under the same id with the next revision."""

    id: str
    made: datetime
    by: str
    roster: Roster
    proposals: tuple[Proposal, ...] = ()
    revision: int = 0
    """0 = as first pulled; the log of decisions has an entry for every later one."""
    edition: int = 0
    """Of the school's record that it was made with."""
    changed: tuple[RowKey, ...] = ()
    """Rows whose incoming record changed at the last refresh."""
