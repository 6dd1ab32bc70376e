"""What core needs from the world, as small Protocols owned here.

Adapters live in `core.store`, `core.uwlr` and `core.mail`.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import AbstractAsyncContextManager, AbstractContextManager
from dataclasses import dataclass
from datetime import datetime
from typing import Generic, Protocol, TypeVar, runtime_checkable

from core.model import LinkAddress, Roster, SchoolId
from core.scores.message import Courier

T = TypeVar("T")


@dataclass(slots=True)
class Draft(Generic[T]):
    """The value under edit: assign `.value` to change it; left as it was, nothing is written."""

    value: T


class Document(Protocol[T]):
    """One file that is replaced as a whole: after a crash it holds the old or the new value, never half of it."""

    def read(self) -> T:
        """Return the stored value, or the empty one when nothing was stored yet. Raises Damaged."""
        ...

    def edit(self) -> AbstractContextManager[Draft[T]]:
        """Hold the lock from read to write; write once when the block ends without an exception.

        Raises Damaged when the file cannot be read or the folder cannot be written.
        """
        ...

    def exists(self) -> bool:
        """Whether anything was ever stored here."""
        ...


class Log(Protocol[T]):
    """An append-only file, one entry a line, durable when `append` returns."""

    def append(self, *entries: T) -> int:
        """Append all entries under one lock; return the number of entries in the log afterwards."""
        ...

    def read(self, start: int = 0) -> Iterator[T]:
        """Yield the entries from number `start` on; a half-written last line is left out."""
        ...


class Presence(Protocol):
    """Who is in one place now."""

    def enter(self, name: str) -> AbstractContextManager[None]:
        """Be there until the block ends; also when the process dies in it. Raises Damaged."""
        ...

    def who(self) -> frozenset[str]:
        """Return the names of who is there."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Received:
    """ParnasSys sent everything it holds."""

    roster: Roster


@dataclass(frozen=True, slots=True, kw_only=True)
class NothingNew:
    """`geenwijzigingen`: nothing changed since the moment asked for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NoData:
    """`geengegevens`: the request was fine, nothing was found. Never a ground for a deactivation."""


PullAnswer = Received | NothingNew | NoData


class Las(Courier, Protocol):
    """The school administration on the other side of the link: gives its pupils, takes results.

    Every method may raise the errors of `core.errors`.
    """

    async def pull(self, address: LinkAddress, *, since: datetime | None = None, staged: bool = False) -> PullAnswer:
        """Fetch groups, teachers and pupils; `since` is the `created` of the last roster that was processed."""
        ...

    async def probe(self, address: LinkAddress) -> None:
        """Return when ParnasSys accepts this key for this school; raise the error that says why not."""
        ...


@runtime_checkable
class KeptOpen(Protocol):
    """A line that can be kept open for many calls, instead of being opened for each."""

    def held(self) -> AbstractAsyncContextManager[object]:
        """Keep the line open inside this block."""
        ...


class Supplier(Protocol):
    """Our own side of ParnasSys, where the link is opened for a school. UWLR has no call for it (workflow.md §2.2)."""

    def open(self, school: SchoolId) -> None:
        """Open the link for this school, unless it is open already; TryLater when that cannot be done now."""
        ...


class Ids(Protocol):
    """Where new ids come from."""

    def new(self) -> str:
        """Return an id that was never given before."""
        ...
