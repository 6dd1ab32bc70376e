"""Where time comes in: the only reader of wall time in core."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Protocol
from zoneinfo import ZoneInfo

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
"""The zone of every school; times without an offset on the wire are read in it (uwlr.md §7)."""


class Clock(Protocol):
    """Tells what time it is."""

    def now(self) -> datetime:
        """Return the present moment, aware, in Europe/Amsterdam."""
        ...


class SystemClock:
    """The machine's own clock."""

    def now(self) -> datetime:
        """Return the present moment, aware, in Europe/Amsterdam."""
        return datetime.now(AMSTERDAM)


class ShiftedClock:
    """A clock that runs as the machine's but stands elsewhere: a demo starts at the time of its simulator."""

    def __init__(self, shift: timedelta) -> None:
        self._shift = shift

    def now(self) -> datetime:
        """Return the shifted moment, aware, in Europe/Amsterdam."""
        return datetime.now(AMSTERDAM) + self._shift
