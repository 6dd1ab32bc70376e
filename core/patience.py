"""When to try again, and when to leave a system alone that answers nobody."""

from __future__ import annotations

import asyncio
import random
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

Rest = Callable[[float], Awaitable[None]]
"""Waits so many seconds, or less when the run is asked to stop."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Patience:
    """How often one school is tried in a run, and how long to wait in between: longer each time, never in step."""

    attempts: int = 5
    first: float = 2.0
    """Seconds before the second attempt, at most."""
    longest: float = 120.0

    def pause(self, attempts: int, chance: random.Random) -> float | None:
        """Return how many seconds to wait after so many attempts; None = that was the last."""
        if attempts >= self.attempts:
            return None
        most = min(self.longest, self.first * 2.0 ** (attempts - 1))
        return chance.uniform(most / 2, most)


class Breaker:
    """Stops everybody when nobody gets an answer, and sends one at a time to look whether it is over."""

    def __init__(
        self, rest: Rest, *, threshold: int = 20, rests: tuple[float, ...] = (15.0, 60.0, 180.0, 300.0, 600.0)
    ) -> None:
        self._rest = rest
        self._threshold = threshold
        self._rests = rests
        self._in_a_row = 0
        self._looked = 0
        self._looking = False
        self._changed = asyncio.Event()
        self.open = False
        """Whether everybody waits."""
        self.given_up = False
        """Whether the last look was in vain: nobody goes any more."""

    async def wait(self) -> bool:
        """Return when this caller may go, at once while all is well; whether it is the one that goes to look.

        The caller must then call `answered`, `silent` or `aside`, the last two with what was returned here.
        """
        while self.open and not self.given_up:
            if not self._looking:
                self._looking = True
                await self._rest(self._rests[self._looked])
                return True
            self._changed.clear()
            await self._changed.wait()
        return False

    def answered(self) -> None:
        """The other side answered, whatever it said."""
        self._in_a_row = self._looked = 0
        self.open = self._looking = False
        self._changed.set()

    def silent(self, looked: bool) -> None:
        """The other side did not answer, or said it cannot now."""
        self._in_a_row += 1
        if looked and self.open:
            self._looked += 1
            self.given_up = self._looked >= len(self._rests)
        self.open = self.open or self._in_a_row >= self._threshold
        self.aside(looked)

    def aside(self, looked: bool) -> None:
        """The caller did not go after all, or got no further than this side."""
        if looked:
            self._looking = False
        self._changed.set()
