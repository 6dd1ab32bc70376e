"""The school administration on the other side of the link, and our own side of it: what core asks of them."""

from __future__ import annotations

from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol, runtime_checkable

from core.model import LinkAddress, Roster, SchoolId
from core.scores.message import Courier


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
