"""Keeps a school's ledger while its messages go out: written before each leaves and after its answer."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from core.clock import Clock
from core.model import LasKey, SchoolId
from core.ports import Document
from core.scores.archive import Archive
from core.scores.dispatch import Batch, Departure, after_a_run, arrive, batches_of, depart, put_back, reject
from core.scores.ledger import Entry, Ledger, State, Step
from core.scores.message import ResultKey, ResultMessage
from core.scores.packing import Packer
from core.scores.reasons import Reason
from core.scores.selection import Sender, judge, sift


@dataclass(frozen=True, slots=True, kw_only=True)
class Ready:
    """A message that is in the ledger as under way and may leave."""

    batch: Batch
    message: ResultMessage


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened:
    """What there is to do for a school."""

    batches: tuple[Batch, ...]
    first: Ready | None
    """The first message, ready to leave; None = nothing to send, or somebody said stop."""
    elsewhere: int
    """Results that may stand with another child in ParnasSys and wait for a person."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Keeper:
    """The ledger of one school. Work of more than a millisecond is done in a thread, so that other schools go on."""

    school: SchoolId
    document: Document[Ledger]
    archive: Archive
    sender: Callable[[], Sender]
    """What decides as it is now: a link that was changed during the run is changed for the next message."""
    packer: Packer
    clock: Clock

    async def open(self, most: int, go_on: Callable[[], bool]) -> Opened:
        """Hold back and release what should be, and return what is to be sent; the first message ready to leave.

        One write for both, as most schools have one message a night.
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

    async def reject(self, batch: Batch, reason: Reason, detail: str) -> None:
        """Write down that ParnasSys refused this very batch."""
        await asyncio.to_thread(self._reject, batch, reason, detail)

    def _reject(self, batch: Batch, reason: Reason, detail: str) -> None:
        step = Step(at=self.clock.now(), to=State.REJECTED, reason=reason, detail=detail)
        with self.document.edit() as draft:
            draft.value = reject(draft.value, batch, step)

    def put_back(self, entries: Iterable[Entry], reason: Reason, detail: str = "") -> None:
        """These were certainly not stored: each goes back to what it was."""
        with self.document.edit() as draft:
            draft.value = put_back(draft.value, entries, self.clock.now(), reason, detail)

    def acquit(self, batch: Batch) -> None:
        """It was not these results: they wait again."""
        step = Step(at=self.clock.now(), to=State.WAITING, reason=Reason.NOT_ACCEPTED_NOW)
        with self.document.edit() as draft:
            found = [draft.value.entries[entry.key] for entry in batch.entries]
            draft.value = draft.value.with_entries(e.moved(step) for e in found if e.state is State.REJECTED)

    def _open(self, most: int, go_on: Callable[[], bool]) -> Opened:
        sender = self.sender()
        with self.document.edit() as draft:
            now = self.clock.now()
            ledger = self.archive.with_suspects(after_a_run(draft.value, now), sender)
            draft.value = self.archive.put_away(sift(ledger, sender, now), sender.year)
            batches = batches_of(draft.value, most=most)
            elsewhere = len(draft.value.elsewhere())
            if not batches or not go_on():
                return Opened(batches=batches, first=None, elsewhere=elsewhere)
            departure = depart(draft.value, batches[0], _keys(batches[0], sender), now)
            draft.value = departure.ledger
        return Opened(batches=batches, first=self._packed(departure, sender), elsewhere=elsewhere)

    def _ready(self, batch: Batch) -> Ready | None:
        sender = self.sender()
        keys = _keys(batch, sender)
        with self.document.edit() as draft:
            ledger = draft.value
            departure = depart(
                ledger, batch, keys, self.clock.now(), lambda entry: judge(entry, sender, ledger) is Reason.NONE
            )
            if not departure.batch.entries:
                return None
            draft.value = departure.ledger
        return self._packed(departure, sender)

    def _packed(self, departure: Departure, sender: Sender) -> Ready:
        message = self.packer.pack(self.school, departure.batch, sender, departure.created)
        return Ready(batch=departure.batch, message=message)


def _keys(batch: Batch, sender: Sender) -> dict[ResultKey, LasKey]:
    found = {}
    for entry in batch.entries:
        pupil = sender.pupils.get(entry.result.pupil)
        if pupil and pupil.linked and pupil.linked.key:
            found[entry.key] = pupil.linked.key
    return found
