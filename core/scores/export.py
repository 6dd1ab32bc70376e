"""Sends a school's results: one message after another, each written down before it leaves and after its answer."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field

from core.clock import Clock
from core.errors import AnswerLost, ContentRefused, KoppeldeskError, SchoolMustAct, WeMustAct
from core.language import _
from core.model import LinkAddress, SchoolId, SchoolYear
from core.ports import Document
from core.scores.archive import Archive
from core.scores.dispatch import Batch, halves
from core.scores.keeper import Keeper, Ready
from core.scores.ledger import Entry, Ledger, State
from core.scores.message import Courier, ResultKey
from core.scores.packing import Packer
from core.scores.reasons import Reason
from core.scores.refusals import Refusal, refusal_of, units_of
from core.scores.selection import Sender

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
    elsewhere: int = 0
    """Results that may stand with another child in ParnasSys, as it is now."""


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
        archive: Archive,
        sender: Callable[[], Sender],
        address: Callable[[SchoolYear], LinkAddress],
        tally: Tally,
        go_on: Callable[[], bool] = lambda: True,
    ) -> bool:
        """Send everything that may go; return whether all of it was dealt with, False when `go_on` said stop.

        Raises what the courier raises when the school cannot go on now, with the ledger saying what is not known:
        TryLater (and AnswerLost), SchoolMustAct, WeMustAct; and Damaged when the ledger cannot be kept.
        """
        keeper = Keeper(
            school=school, document=document, archive=archive, sender=sender, packer=self.packer, clock=self.clock
        )
        opened = await keeper.open(self.most, go_on)
        tally.elsewhere = opened.elsewhere
        outing = _Outing(keeper, self.courier, address, tally, go_on, opened.first)
        try:
            for batch in opened.batches:
                await outing.send(batch)
        finally:
            outing.come_home()
        return not outing.stopped


@dataclass(slots=True)
class _Outing:
    """One school's messages in one run."""

    keeper: Keeper
    courier: Courier
    address: Callable[[SchoolYear], LinkAddress]
    tally: Tally
    go_on: Callable[[], bool]
    first: Ready | None
    """The message that is under way in the ledger already."""
    stopped: bool = False
    accepted: int = 0
    refused: dict[ResultKey, Entry] = field(default_factory=dict)
    """Refused together and not sent on its own yet: still under way in the ledger, and certainly not stored."""
    vague: list[Batch] = field(default_factory=list)
    """Single results that were refused for no clear reason."""

    async def send(self, batch: Batch, guilty: Refusal | None = None) -> bool:
        """Send the batch, in parts when it is refused; return whether all of it was accepted.

        `guilty` = its other half was accepted, so that the fault must be in this one: it is split without asking.
        """
        refusal, code = guilty, ""
        if refusal is None or len(units_of(batch.entries, refusal.scope)) < 2:
            if not self.first and not self.go_on():
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
            await self._reject(batch, refusal, code)
            return False
        left, right = halves(batch, units)
        left_accepted = await self.send(left)
        await self.send(right, refusal if left_accepted and not self.stopped else None)
        return False

    async def _deliver(self, batch: Batch) -> None:
        ready, self.first = self.first or await self.keeper.ready(batch), None
        if ready is None:
            return
        leaving = {entry.key: entry for entry in ready.batch.entries}
        count = len(leaving)
        for key in leaving:
            self.refused.pop(key, None)
        self.tally.messages += 1
        self.tally.sent += count
        try:
            await self.courier.deliver(self.address(batch.year), ready.message)
        except ContentRefused:
            # The halves follow at once, or `come_home` puts them back.
            self.refused.update(leaving)
            raise
        except AnswerLost as error:
            self.tally.lost += count
            await self.keeper.settle(ready.batch, State.UNKNOWN, Reason.ANSWER_LOST, error.reference)
            raise
        except asyncio.CancelledError:
            self.tally.lost += count
            self.keeper.settle_now(ready.batch, State.UNKNOWN, Reason.ANSWER_LOST)
            raise
        except KoppeldeskError as error:
            reason = Reason.SCHOOL_REFUSED if isinstance(error, SchoolMustAct) else Reason.NOT_ACCEPTED_NOW
            self.keeper.put_back(ready.batch.entries, reason, error.reference)
            raise
        self.tally.confirmed += count
        self.accepted += count
        await self.keeper.settle(ready.batch, State.CONFIRMED, Reason.ANSWER)

    async def _reject(self, batch: Batch, refusal: Refusal, code: str) -> None:
        await self.keeper.reject(batch, refusal.reason, code)
        self.tally.rejected += len(batch.entries)
        if refusal.reason is not Reason.MESSAGE_INVALID or self.accepted:
            return
        self.vague.append(batch)
        if len(self.vague) >= ENOUGH_REFUSED:
            for wronged in self.vague:
                self.tally.rejected -= len(wronged.entries)
                self.keeper.acquit(wronged)
            raise WeMustAct(
                _("ParnasSys keurt elk bericht van deze school af, ook met één resultaat erin."),
                stored=_("De resultaten wachten; er is er geen bevestigd of afgekeurd."),
                todo=_("Geef dit door aan de makers van Koppeldesk."),
                reference=code,
            )

    def come_home(self) -> None:
        """Put back what was refused together and not sent on its own: it is judged in the next run."""
        if self.refused:
            self.keeper.put_back(tuple(self.refused.values()), Reason.NOT_ACCEPTED_NOW)
