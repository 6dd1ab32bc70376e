"""How many may come, how often and how long: keeps the door open for the others when one guest misbehaves."""

from __future__ import annotations

from collections import Counter, OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """All times in seconds."""

    waiting: int = 150
    """Connections that have not shown a known key yet, together."""
    waiting_per_address: int = 30
    """The same from one address; a school or office behind one address must still get in."""
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
    input_buffer: int = 65536
    """Bytes of typing kept for a program that does not read."""


class Refusal(Enum):
    """Why a connection is not let in."""

    FULL = "full"
    ADDRESS_BUSY = "address busy"
    TOO_MANY_TRIES = "too many tries"


ADDRESSES = 4096
"""How many addresses are remembered; the one that was quiet longest is forgotten first."""


class Gate:
    """Counts who is waiting and who tried too often. Knows nothing of sockets or SSH."""

    def __init__(self, limits: Limits, now: Callable[[], float]) -> None:
        self._limits = limits
        self._now = now
        self._waiting: Counter[str] = Counter()
        self._tries: OrderedDict[str, tuple[float, float]] = OrderedDict()
        """Per address: tries left, and when that was counted."""

    @property
    def waiting(self) -> int:
        """How many connections have not shown a known key yet."""
        return self._waiting.total()

    def knock(self, address: str) -> Refusal | None:
        """Let a connection wait for its login, or say why not. Every None must be followed by one `passed`."""
        if self._waiting.total() >= self._limits.waiting:
            return Refusal.FULL
        if self._waiting[address] >= self._limits.waiting_per_address:
            return Refusal.ADDRESS_BUSY
        if self._left(address) < 1:
            return Refusal.TOO_MANY_TRIES
        self._waiting[address] += 1
        return None

    def passed(self, address: str, *, known: bool) -> None:
        """A waiting connection got in (`known`) or did not."""
        self._waiting[address] -= 1
        if self._waiting[address] <= 0:
            del self._waiting[address]
        if known:
            self._tries.pop(address, None)
        else:
            self._tries[address] = (max(self._left(address) - 1, 0.0), self._now())
            self._tries.move_to_end(address)
            while len(self._tries) > ADDRESSES:
                self._tries.popitem(last=False)

    def _left(self, address: str) -> float:
        left, counted = self._tries.get(address, (self._limits.tries, 0.0))
        earned = (self._now() - counted) * self._limits.tries_back_per_second if address in self._tries else 0.0
        return min(left + earned, self._limits.tries)
