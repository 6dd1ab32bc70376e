"""Keys that come faster than the screens can follow wait their turn.

Textual hands a key to what has the focus when it comes in. While the key before it is still opening a search box or a
dialog, that is what lies below: `/bak` would then decide about a child instead of looking for Bakker.
"""

from __future__ import annotations

import asyncio
from collections import deque
from contextlib import suppress
from itertools import takewhile
from typing import TypeVar

from textual import events
from textual.app import App
from textual.message_pump import MessagePump
from textual.widgets import Input

R = TypeVar("R")

AT_REST = 2
"""Rounds without another screen or focus after which nothing more comes: a key may send one message up behind itself."""
LOOK_AGAIN = 0.1
"""Seconds between looks whether the one that is waited for is still there."""


class TypeAheadApp(App[R]):
    """An app that hands on a key, or what was pasted, once everything that the one before it set off is done."""

    def __init__(self) -> None:
        super().__init__()
        self.ahead: deque[events.Event] = deque()
        """The key that is being done, and those behind it."""

    async def on_event(self, event: events.Event) -> None:
        """Let keys wait their turn; everything else goes its way."""
        if event.is_forwarded or not isinstance(event, events.Key | events.Paste):
            await super().on_event(event)
            return
        self.ahead.append(event)
        if len(self.ahead) == 1:
            self.run_worker(self._hand_on(), group="keys")

    async def _hand_on(self) -> None:
        while self.ahead:
            await super().on_event(self._first())
            await self._rest()
            self.ahead.popleft()

    def _first(self) -> events.Event:
        """Return what is first in turn; letters for a field that wait together are put in together, as if pasted.

        A long text that a terminal sends letter by letter would else keep the field, and every key behind it, for minutes.
        """
        field = self.focused
        if isinstance(field, Input) and not field.restrict:
            letters = list(takewhile(bool, map(_letter, self.ahead)))
            if len(letters) > 1:
                for _behind in letters[1:]:
                    self.ahead.popleft()
                return events.Paste("".join(letters))
        return self.ahead[0]

    async def _rest(self) -> None:
        """Wait until the focus came to rest and everybody on the way up from it did what there was to do."""
        still = 0
        while still < AT_REST and self.is_attached:
            before = self.screen, self.focused
            for pump in (self.focused or self.screen).ancestors_with_self:
                await _done(pump)
            still = still + 1 if (self.screen, self.focused) == before else 0


def _letter(event: events.Event) -> str:
    """Return what a key puts into a field; empty when it does something else."""
    return event.character or "" if isinstance(event, events.Key) and event.is_printable else ""


async def _done(pump: MessagePump) -> None:
    """Wait until `pump` did everything it was given so far, or is gone."""
    passed = asyncio.Event()
    waiting = pump.call_later(passed.set)
    while waiting and pump.is_attached and not passed.is_set():
        with suppress(TimeoutError):
            await asyncio.wait_for(passed.wait(), LOOK_AGAIN)
