"""What the desk needs from the world: where everything is kept, keys at rest, and the post."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from core.desk.passes import AccessList
from core.desk.trail import AuditTrail
from core.errors import KoppeldeskError
from core.importing.review import Decision, Review
from core.mail.items import Item, Round
from core.mail.letters import Letter
from core.model import Administrator, SchoolId, SchoolYear
from core.night import NightBook
from core.ports import Document, Log, Presence
from core.record import SchoolRecord
from core.scores.ledger import Ledger
from core.uwlr.record import LastExchanges


@dataclass(frozen=True, slots=True, kw_only=True)
class SchoolLine:
    """What the list of schools needs to know of one school, without opening its record."""

    id: SchoolId
    name: str
    place: str
    state: str
    """Link state, empty = no link."""
    since: datetime | None
    waits_for: str
    """Who must act: `klantenservice`, `school`, or empty."""
    reason: str
    """What it waits for, short, in Dutch; show it through `_`."""
    detail: str = ""
    """What goes with the reason: how the checks came out, why a link is disturbed, why an import is held."""
    school_year: str = ""
    """The year the link was checked for last, `2026-2027`; empty = no link."""
    pupils: int = 0
    open_review: bool = False
    rest: str = ""
    """What waits in the open review, `3 nieuw, 1 twijfel`; show it through `spoken`. As the last one who left saw it."""
    held: bool = False
    untold: bool = False
    """Whether a letter about its link is still to be put in the post."""
    rejected: int = 0
    """Scores that ParnasSys rejected and that somebody must look at."""
    elsewhere: int = 0
    """Scores that may stand with another child in ParnasSys; nothing waits more."""
    elsewhere_since: datetime | None = None
    undelivered: int = 0
    """Letters that were refused, or may not have arrived, and that somebody must look at."""
    undelivered_since: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredFile:
    """A file of a school."""

    name: str
    size: int
    """Bytes."""
    changed: datetime


class Store(Protocol):
    """Where everything is kept. Documents of a school are made when first written."""

    def lines(self) -> Sequence[SchoolLine]:
        """All schools, sorted by id, from one small file."""
        ...

    def annotate(self, school: SchoolId, change: Callable[[SchoolLine], SchoolLine]) -> None:
        """Change what the list keeps of a school that stands in none of its documents."""
        ...

    def record(self, school: SchoolId) -> Document[SchoolRecord | None]:
        """The school's record; None = there is no such school. Writing it keeps the list of schools right."""
        ...

    def review(self, school: SchoolId) -> Document[Review | None]:
        """The review's proposals (not its decisions)."""
        ...

    def decisions(self, school: SchoolId, review: str) -> Log[Decision]:
        """The decisions of one review, in the order they were taken."""
        ...

    def ledger(self, school: SchoolId) -> Document[Ledger]:
        """Every result of the school and its state."""
        ...

    def archive(self, school: SchoolId, year: SchoolYear) -> Document[Ledger]:
        """The results of a school year that is over, put away (`core.scores.archive`)."""
        ...

    def exchanges(self, school: SchoolId) -> Document[LastExchanges]:
        """What went over the line to ParnasSys last, fit to be shown."""
        ...

    def audit(self) -> AuditTrail:
        """The audit log of all schools."""
        ...

    def access(self) -> Document[AccessList]:
        """Who may come in over SSH."""
        ...

    def presence(self, school: SchoolId) -> Presence:
        """Who is in the review of the school now."""
        ...

    def files(self, school: SchoolId) -> Sequence[StoredFile]:
        """Every file that is kept of the school."""
        ...

    def forget(self, school: SchoolId, name: str) -> None:
        """Delete one of `files` for good: decisions of a review that is over, or an earlier generation."""
        ...

    def rebuild(self) -> int:
        """Make the list of schools anew from the records; return how many there are."""
        ...

    def health(self, *, deep: bool) -> Iterator[KoppeldeskError]:
        """Yield what is wrong with the data folder; `deep` reads every file of every school."""
        ...

    def nights(self) -> NightBook:
        """The nightly runs."""
        ...


class Vault(Protocol):
    """Keys at rest."""

    def seal(self, school: SchoolId, key: str) -> str:
        """Encrypt `key` so that it opens for this school only."""
        ...

    def open(self, school: SchoolId, sealed: str) -> str:
        """Return the key; raises Damaged when it was not sealed for this school or by this master key."""
        ...

    def inspect(self) -> bool:
        """Return whether there is a master key; raises Damaged when it cannot be used."""
        ...


class PostRoom(Protocol):
    """Takes letters; they leave once, also after a restart."""

    def send(self, letter: Letter, to: Sequence[Administrator]) -> None:
        """Put the letter for these people in the queue; one that was put there before is left as it is."""
        ...

    def items(self) -> Sequence[Item]:
        """Every letter that is kept, the oldest first."""
        ...

    def text(self, item: Item) -> tuple[str, str]:
        """Subject and text of a letter."""
        ...

    def again(self, item: Item, by: str) -> None:
        """Have a letter that was refused or is in doubt tried once more."""
        ...

    def purge(self, before: datetime) -> int:
        """Forget letters that are done with since `before`; return how many."""
        ...

    async def reach(self) -> str:
        """Return where letters go; raises TryLater or Damaged when they cannot go there now."""
        ...

    async def round(self) -> Round:
        """Try every letter that is due now."""
        ...
