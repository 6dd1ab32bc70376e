"""Keeps a school's ledger while its messages go out: written before each leaves and after its answer."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass

from core.clock import Clock
from core.model import LasKey, SchoolId
from core.ports import Document
from core.scores.dispatch import Batch, after_a_run, arrive, batches_of, depart, put_back
from core.scores.ledger import Ledger, State, Step
from core.scores.message import ResultKey, ResultMessage
from core.scores.packing import Packer
from core.scores.reasons import Reason
from core.scores.selection import Sender, sift


@dataclass(frozen=True, slots=True, kw_only=True)
class Ready:
    """A message that is in the ledger as under way and may leave."""

    batch: Batch
    message: ResultMessage


@dataclass(frozen=True, slots=True, kw_only=True)
class Keeper:
    """The ledger of one school. Work of more than a millisecond is done in a thread, so that other schools go on."""

    school: SchoolId
    document: Document[Ledger]
    sender: Sender
    packer: Packer
    clock: Clock

    async def open(self, most: int, go_on: Callable[[], bool]) -> tuple[tuple[Batch, ...], Ready | None]:
        """Hold back and release what should be, and return what is to be sent; the first message ready to leave.

        One write for both, as most schools have one message a night. None = nothing to send, or `go_on` said stop.
        """
        return await asyncio.to_thread(self._open, most, go_on)

    async def ready(self, batch: Batch) -> Ready | None:
        """Put the batch under way; None when nothing of it is to be sent any more."""
        return await asyncio.to_thread(self._ready, batch)

    async def settle(self, batch: Batch, to: State, reason: Reason, detail: str = "") -> None:
        """Write down what came of a message."""
        await asyncio.to_thread(self.settle_now, batch, to, reason, detail)

    def settle_now(self, batch: Batch, to: State, reason: Reason, detail: str = "") -> None:
        """Write it down before doing anything else, for who is being cancelled."""
        step = Step(at=self.clock.now(), to=to, reason=reason, detail=detail)
        with self.document.edit() as draft:
            draft.value = arrive(draft.value, batch, step)

    def put_back(self, batch: Batch, reason: Reason, detail: str = "") -> None:
        """A message was certainly not stored: what is in it goes back to what it was."""
        with self.document.edit() as draft:
            draft.value = put_back(draft.value, batch, self.clock.now(), reason, detail)

    def acquit(self, batch: Batch) -> None:
        """It was not these results: they wait again."""
        step = Step(at=self.clock.now(), to=State.WAITING, reason=Reason.NOT_ACCEPTED_NOW)
        with self.document.edit() as draft:
            found = [draft.value.entries[entry.key] for entry in batch.entries]
            draft.value = draft.value.with_entries(e.moved(step) for e in found if e.state is State.REJECTED)

    def _open(self, most: int, go_on: Callable[[], bool]) -> tuple[tuple[Batch, ...], Ready | None]:
        with self.document.edit() as draft:
            now = self.clock.now()
            draft.value = sift(after_a_run(draft.value, now), self.sender, now)
            batches = batches_of(draft.value, most=most)
            if not batches or not go_on():
                return batches, None
            departure = depart(draft.value, batches[0], self._keys(batches[0]), now)
            draft.value = departure.ledger
        message = self.packer.pack(self.school, departure.batch, self.sender, departure.created)
        return batches, Ready(batch=departure.batch, message=message)

    def _ready(self, batch: Batch) -> Ready | None:
        with self.document.edit() as draft:
            departure = depart(draft.value, batch, self._keys(batch), self.clock.now())
            if not departure.batch.entries:
                return None
            draft.value = departure.ledger
        message = self.packer.pack(self.school, departure.batch, self.sender, departure.created)
        return Ready(batch=departure.batch, message=message)

    def _keys(self, batch: Batch) -> dict[ResultKey, LasKey]:
        found = {}
        for entry in batch.entries:
            linked = self.sender.pupils[entry.result.pupil].linked
            if linked and linked.key:
                found[entry.key] = linked.key
        return found
