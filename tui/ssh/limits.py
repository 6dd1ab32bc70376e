"""How many may come, how often and how long: keeps the door open for the others when one guest misbehaves."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum


@dataclass(frozen=True, slots=True, kw_only=True)
class Pace:
    """How fast typing reaches a program, in bytes."""

    per_second: float = 4096.0
    """A keyboard's auto-repeat gives 100, a mouse waved about 2,000."""
    burst: int = 32768
    """What passes at once: far more than anybody types, enough for a pasted letter."""
    keep: int = 65536
    """What is kept at most before the guest's client has to wait."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """All times in seconds."""

    waiting: int = 150
    """Connections that have not shown a known key yet, together."""
    waiting_per_address: int = 30
    """The same from one address; a school or office behind one address must still get in."""
    patience: float = 2.0
    """How long a waiting connection keeps its place when there is none left for a newcomer."""
    tries: float = 40.0
    """How many connections in a row one address may make without getting in…"""
    tries_back_per_second: float = 0.5
    """…and how fast it earns new ones."""
    login: float = 20.0
    """To show a known key."""
    sessions: int = 60
    sessions_per_person: int = 8
    without_session: float = 15.0
    """How long a connection may stand open that has no session on it."""
    idle: float = 2 * 3600.0
    """Without a key pressed."""
    longest: float = 12 * 3600.0
    """A session, whatever happens in it."""
    warning: float = 60.0
    """How long before idle or longest runs out the guest is warned."""
    grace: float = 30.0
    """For guests to finish when the server stops."""
    kill: float = 5.0
    """Between asking a program to stop and killing it."""
    pace: Pace = Pace()


class Refusal(Enum):
    """Why a connection is not let in."""

    FULL = "full"
    TOO_MANY_TRIES = "too many tries"


class Ticket:
    """A place among those who have not shown a known key yet."""

    __slots__ = ("address", "since")

    def __init__(self, address: str, since: float) -> None:
        self.address = address
        self.since = since


@dataclass(frozen=True, slots=True)
class Admitted:
    """A connection may wait for its login."""

    ticket: Ticket
    instead_of: Ticket | None
    """Who has to make room for it."""


ADDRESSES = 4096
"""How many addresses are remembered; the one that was quiet longest is forgotten first."""


class Gate:
    """Counts who is waiting and who tried too often. Knows nothing of sockets or SSH.

    When it is full, a newcomer takes the place of who has been waiting longest for nothing: a login takes a fraction
    of `patience`, so a crowd that says nothing keeps nobody out who does.
    """

    def __init__(self, limits: Limits, now: Callable[[], float]) -> None:
        self._limits = limits
        self._now = now
        self._waiting: dict[Ticket, None] = {}
        """In order of arrival."""
        self._tries: OrderedDict[str, tuple[float, float]] = OrderedDict()
        """Per address: tries left, and when that was counted."""

    @property
    def waiting(self) -> int:
        """How many connections have not shown a known key yet."""
        return len(self._waiting)

    def knock(self, address: str) -> Admitted | Refusal:
        """Let a connection wait for its login, or say why not. Every ticket must be handed back with `passed`."""
        if self._left(address) < 1:
            return Refusal.TOO_MANY_TRIES
        own = [ticket for ticket in self._waiting if ticket.address == address]
        instead_of = None
        if len(own) >= self._limits.waiting_per_address:
            instead_of = own[0]
        elif len(self._waiting) >= self._limits.waiting:
            instead_of = next(iter(self._waiting))
        ticket = Ticket(address, self._now())
        if instead_of is not None:
            if ticket.since - instead_of.since < self._limits.patience:
                return Refusal.FULL
            del self._waiting[instead_of]
        self._waiting[ticket] = None
        return Admitted(ticket, instead_of)

    def passed(self, ticket: Ticket, *, known: bool) -> None:
        """A waiting connection got in (`known`) or did not."""
        self._waiting.pop(ticket, None)
        if known:
            self._tries.pop(ticket.address, None)
        else:
            self._tries[ticket.address] = (max(self._left(ticket.address) - 1, 0.0), self._now())
            self._tries.move_to_end(ticket.address)
            while len(self._tries) > ADDRESSES:
                self._tries.popitem(last=False)

    def _left(self, address: str) -> float:
        left, counted = self._tries.get(address, (self._limits.tries, 0.0))
        earned = (self._now() - counted) * self._limits.tries_back_per_second if address in self._tries else 0.0
        return min(left + earned, self._limits.tries)
