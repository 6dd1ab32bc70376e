"""Keys that come faster than the screens can follow wait their turn.

Textual hands a key to what has the focus when it comes in. While the key before it is still opening a search box or a
dialog, that is what lies below: `/bak` would then decide about a child instead of looking for Bakker.
"""

from __future__ import annotations

import asyncio
from collections import deque
from contextlib import suppress
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
            adds_a_letter = self._adds_a_letter(self.ahead[0])
            await super().on_event(self.ahead[0])
            if not adds_a_letter:
                await self._rest()
            self.ahead.popleft()

    def _adds_a_letter(self, event: events.Event) -> bool:
        """Whether this goes into a field, where the next key goes too: nothing to wait for, however much is typed."""
        return isinstance(event, events.Key) and event.is_printable and isinstance(self.focused, Input)

    async def _rest(self) -> None:
        """Wait until the focus came to rest and everybody on the way up from it did what there was to do."""
        still = 0
        while still < AT_REST and self.is_attached:
            before = self.screen, self.focused
            for pump in (self.focused or self.screen).ancestors_with_self:
                await _done(pump)
            still = still + 1 if (self.screen, self.focused) == before else 0


async def _done(pump: MessagePump) -> None:
    """Wait until `pump` did everything it was given so far, or is gone."""
    passed = asyncio.Event()
    waiting = pump.call_later(passed.set)
    while waiting and pump.is_attached and not passed.is_set():
        with suppress(TimeoutError):
            await asyncio.wait_for(passed.wait(), LOOK_AGAIN)
