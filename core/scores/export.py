"""Sends a school's results: one message after another, each written down before it leaves and after its answer."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field

from core.clock import Clock
from core.errors import AnswerLost, ContentRefused, KoppeldeskError, SchoolMustAct, WeMustAct
from core.language import _
from core.model import LasKey, LinkAddress, SchoolId, SchoolYear
from core.ports import Document
from core.scores.dispatch import Batch, after_a_run, arrive, batches_of, depart, halves, put_back
from core.scores.ledger import Ledger, State, Step
from core.scores.message import Courier, ResultKey
from core.scores.packing import Packer
from core.scores.reasons import Reason
from core.scores.refusals import Refusal, refusal_of, units_of
from core.scores.selection import Sender, sift

MOST_IN_A_MESSAGE = 1000
"""UWLR sets no limit (uwlr.md §1.2); a school's night fits in one message, and a larger one is split sooner."""
ENOUGH_REFUSED = 6
"""So many single results refused for no clear reason, and none accepted: then it is not the results."""


@dataclass(slots=True)
class Tally:
    """What happened to a school's results in one run, over all its attempts."""

    messages: int = 0
    sent: int = 0
    """Results in messages that left, each time they left."""
    confirmed: int = 0
    rejected: int = 0
    lost: int = 0
    """Results in messages whose answer got lost, each time."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Export:
    """Sends for any school; shared by all of a run."""

    courier: Courier
    packer: Packer
    clock: Clock
    most: int = MOST_IN_A_MESSAGE

    async def run(
        self,
        school: SchoolId,
        document: Document[Ledger],
        sender: Sender,
        address: Callable[[SchoolYear], LinkAddress],
        tally: Tally,
        go_on: Callable[[], bool] = lambda: True,
    ) -> bool:
        """Send everything that may go; return whether all of it was dealt with, False when `go_on` said stop.

        Raises what the courier raises when the school cannot go on now, with the ledger saying what is not known:
        TryLater (and AnswerLost), SchoolMustAct, WeMustAct; and Damaged when the ledger cannot be kept.
        """
        with document.edit() as draft:
            now = self.clock.now()
            draft.value = sift(after_a_run(draft.value, now), sender, now)
            batches = batches_of(draft.value, most=self.most)
        outing = _Outing(self, school, document, sender, address, tally, go_on)
        try:
            for batch in batches:
                await outing.send(batch)
        finally:
            outing.come_home(batches)
        return not outing.stopped


@dataclass(slots=True)
class _Outing:
    """One school's messages in one run."""

    export: Export
    school: SchoolId
    document: Document[Ledger]
    sender: Sender
    address: Callable[[SchoolYear], LinkAddress]
    tally: Tally
    go_on: Callable[[], bool]
    stopped: bool = False
    accepted: int = 0
    split: bool = False
    vague: list[Batch] = field(default_factory=list)
    """Single results that were refused for no clear reason."""

    async def send(self, batch: Batch, guilty: Refusal | None = None) -> bool:
        """Send the batch, in parts when it is refused; return whether all of it was accepted.

        `guilty` = its other half was accepted, so that the fault must be in this one: it is split without asking.
        """
        refusal, code = guilty, ""
        if refusal is None or len(units_of(batch.entries, refusal.scope)) < 2:
            if not self.go_on():
                self.stopped = True
                return True
            try:
                await self._deliver(batch)
            except ContentRefused as error:
                refusal, code = refusal_of(error.reference), error.reference
            else:
                return True
        units = units_of(batch.entries, refusal.scope)
        if len(units) < 2:
            self._reject(batch, refusal, code)
            return False
        self.split = True
        left, right = halves(batch, units)
        left_accepted = await self.send(left)
        await self.send(right, refusal if left_accepted and not self.stopped else None)
        return False

    async def _deliver(self, batch: Batch) -> None:
        keys = self._keys(batch)
        with self.document.edit() as draft:
            departure = depart(draft.value, batch, keys, self.export.clock.now())
            if not departure.batch.entries:
                return
            draft.value = departure.ledger
        message = self.export.packer.pack(self.school, departure.batch, self.sender, departure.created)
        count = len(departure.batch.entries)
        self.tally.messages += 1
        self.tally.sent += count
        try:
            await self.export.courier.deliver(self.address(batch.year), message)
        except ContentRefused:
            # Still under way in the ledger: the halves follow at once, or `come_home` puts them back.
            raise
        except AnswerLost as error:
            self._lose(departure.batch, error.reference)
            raise
        except asyncio.CancelledError:
            self._lose(departure.batch, "")
            raise
        except KoppeldeskError as error:
            reason = Reason.SCHOOL_REFUSED if isinstance(error, SchoolMustAct) else Reason.NOT_ACCEPTED_NOW
            self._put_back(departure.batch, reason, error.reference)
            raise
        self.tally.confirmed += count
        self.accepted += count
        self._settle(departure.batch, State.CONFIRMED, Reason.ANSWER, "")

    def _reject(self, batch: Batch, refusal: Refusal, code: str) -> None:
        self._settle(batch, State.REJECTED, refusal.reason, code)
        self.tally.rejected += len(batch.entries)
        if refusal.reason is not Reason.MESSAGE_INVALID or self.accepted:
            return
        self.vague.append(batch)
        if len(self.vague) >= ENOUGH_REFUSED:
            for wronged in self.vague:
                self.tally.rejected -= len(wronged.entries)
                self._acquit(wronged)
            raise WeMustAct(
                _("ParnasSys keurt elk bericht van deze school af, ook met één resultaat erin."),
                stored=_("De resultaten wachten; er is er geen bevestigd of afgekeurd."),
                todo=_("Geef dit door aan de makers van Koppeldesk."),
                reference=code,
            )

    def _acquit(self, batch: Batch) -> None:
        step = Step(at=self.export.clock.now(), to=State.WAITING, reason=Reason.NOT_ACCEPTED_NOW)
        with self.document.edit() as draft:
            ledger = draft.value
            found = [ledger.entries[entry.key] for entry in batch.entries]
            draft.value = ledger.with_entries(e.moved(step) for e in found if e.state is State.REJECTED)

    def _lose(self, batch: Batch, code: str) -> None:
        self.tally.lost += len(batch.entries)
        self._settle(batch, State.UNKNOWN, Reason.ANSWER_LOST, code)

    def _put_back(self, batch: Batch, reason: Reason, code: str = "") -> None:
        with self.document.edit() as draft:
            draft.value = put_back(draft.value, batch, self.export.clock.now(), reason, code)

    def _settle(self, batch: Batch, to: State, reason: Reason, detail: str) -> None:
        step = Step(at=self.export.clock.now(), to=to, reason=reason, detail=detail)
        with self.document.edit() as draft:
            draft.value = arrive(draft.value, batch, step)

    def come_home(self, batches: tuple[Batch, ...]) -> None:
        """Put back what was refused together and not sent on its own: it is judged in the next run."""
        if self.split:
            for batch in batches:
                self._put_back(batch, Reason.NOT_ACCEPTED_NOW)

    def _keys(self, batch: Batch) -> dict[ResultKey, LasKey]:
        found = {}
        for entry in batch.entries:
            linked = self.sender.pupils[entry.result.pupil].linked
            if linked and linked.key:
                found[entry.key] = linked.key
        return found
