"""The clock of a demo: it runs as the machine's, and every program of the demo reads where it was put from one file."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

from core.clock import AMSTERDAM, SystemClock


class StageClock:
    """A clock that is put at the simulator's time whenever that is moved; `book` holds the seconds it is ahead."""

    def __init__(self, book: Path) -> None:
        self.book = book
        self._read = 0
        self._shift = timedelta()
        self._there: datetime | None = None

    def put(self, there: datetime) -> None:
        """Stand at `there`, in every program that reads this book."""
        self._there = there
        shift = there.astimezone(AMSTERDAM) - SystemClock().now()
        fresh = self.book.with_name(f"{self.book.name}.nieuw")
        fresh.write_text(str(shift.total_seconds()), encoding="ascii")
        fresh.replace(self.book)

    def follow(self, there: datetime) -> None:
        """Stand at `there` when the simulator was moved since it was last looked at; it stands still in between."""
        if there != self._there:
            self.put(there)

    def now(self) -> datetime:
        """Return the present moment of the demo, aware, in Europe/Amsterdam."""
        written = self.book.stat().st_mtime_ns
        if written != self._read:
            self._shift = timedelta(seconds=float(self.book.read_text(encoding="ascii") or 0))
            self._read = written
        return SystemClock().now() + self._shift
