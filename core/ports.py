"""What core asks of whatever keeps things, as small Protocols: one value, a log, who is there, and new ids."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Generic, Protocol, TypeVar

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


class Ids(Protocol):
    """Where new ids come from."""

    def new(self) -> str:
        """Return an id that was never given before."""
        ...
