"""The clock of a demo: starts at the simulator's time and runs on at the pace of the machine's."""

from __future__ import annotations

import time
from datetime import datetime, timedelta

from core.clock import AMSTERDAM


class StageClock:
    """Makes a demo the same on any day of any year."""

    def __init__(self, starts: datetime) -> None:
        self._starts = starts if starts.tzinfo else starts.replace(tzinfo=AMSTERDAM)
        self._began = time.monotonic()

    def now(self) -> datetime:
        """Return the stage's moment, aware, in Europe/Amsterdam."""
        passed = timedelta(seconds=time.monotonic() - self._began)
        return (self._starts + passed).astimezone(AMSTERDAM)
