"""Takes letters from the queue to the server, each once; what went wrong is written down before anything is tried."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from contextlib import AbstractAsyncContextManager
from email.message import EmailMessage
from typing import Protocol

from core.disk.files import locked_if_free
from core.errors import KoppeldeskError, UnreadableInput
from core.mail.items import Item, Post, Round
from core.mail.outbox import Outbox


class Later(Exception):
    """The server takes this letter later; nothing of it arrived."""


class Never(Exception):
    """The server will never take this letter."""


class InDoubt(Exception):
    """The line broke after the last word: it may or may not have arrived."""


Leave = Callable[[], None]
"""Called just before the word after which there is no way back."""
Trip = Callable[[EmailMessage, str, Leave], Awaitable[None]]
"""Carries one message to one address; raises Later, Never or InDoubt. A broken line raises Later and ends the trip."""


class Carrier(Protocol):
    """A way for letters to leave."""

    def trip(self) -> AbstractAsyncContextManager[Trip]:
        """Open the way. Raises TryLater when nobody is there, Damaged when the settings cannot be right."""
        ...


class Postman:
    """Brings round what is in the outbox; two postmen at once do not get in each other's way."""

    def __init__(self, outbox: Outbox, carrier: Carrier, write: Callable[[Item], EmailMessage]) -> None:
        self._outbox = outbox
        self._carrier = carrier
        self._write = write

    async def round(self) -> Round:
        """Try every letter that is due. Raises Damaged when the queue cannot be read or written."""
        with locked_if_free(self._outbox.round_lock) as free:
            if not free:
                return Round()
            # Found here, it was left by a postman that was killed between the last word and the answer.
            lost = [item for item in self._outbox.items() if item.state is Post.LEAVING]
            for item in lost:
                self._outbox.note(item, Post.DOUBT)
            return await self._carry(self._outbox.due(), len(lost))

    async def reach(self) -> None:
        """Open the way and close it again. Raises TryLater or Damaged when it does not open."""
        async with self._carrier.trip():
            pass

    async def _carry(self, due: list[Item], in_doubt: int) -> Round:
        counts = dict.fromkeys(Post, 0)
        counts[Post.DOUBT] = in_doubt
        trouble: KoppeldeskError | None = None
        while due and trouble is None:
            try:
                async with self._carrier.trip() as trip:
                    while due:
                        state = await self._carry_one(trip, due.pop(0))
                        counts[state] += 1
                        if state in (Post.WAITING, Post.DOUBT):
                            # The line may be broken: go on with the rest on a new one.
                            break
            except KoppeldeskError as error:
                trouble = error
        return Round(
            sent=counts[Post.SENT],
            later=counts[Post.WAITING],
            refused=counts[Post.REFUSED],
            in_doubt=counts[Post.DOUBT],
            trouble=trouble,
        )

    async def _carry_one(self, trip: Trip, item: Item) -> Post:
        try:
            message = self._write(item)
        except UnreadableInput as reason:
            self._outbox.note(item, Post.REFUSED, reason.what)
            return Post.REFUSED
        try:
            await trip(message, item.receiver.email, lambda: self._outbox.note(item, Post.LEAVING))
        except Later as reason:
            state, detail = Post.WAITING, str(reason)
        except Never as reason:
            state, detail = Post.REFUSED, str(reason)
        except InDoubt as reason:
            state, detail = Post.DOUBT, str(reason)
        else:
            state, detail = Post.SENT, ""
        self._outbox.note(item, state, detail)
        return state
