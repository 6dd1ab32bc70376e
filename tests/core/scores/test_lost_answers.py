"""What may have arrived is unknown, and goes again under the same keys; what was not accepted waits."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from core.errors import AnswerLost, DiskFull, KoppeldeskError, SchoolMustAct, TryLater, WeMustAct
from core.ports import Draft
from core.scores.ledger import Ledger, State
from tests.core.desk.memory import MemoryDocument
from tests.core.scores.builders import (
    Receiver,
    a_ledger,
    a_result,
)
from tests.core.scores.night import Night, refuses


async def test_a_lost_answer_leaves_unknown_and_the_same_keys_go_again_later() -> None:
    night = Night(a_ledger(a_result(1), a_result(2)), Receiver(AnswerLost("weg")))
    with pytest.raises(AnswerLost):
        await night.run()
    assert night.states() == {State.UNKNOWN}
    await night.run()
    first, second = night.receiver.messages
    assert first.sittings == second.sittings and first.created < second.created
    assert night.states() == {State.CONFIRMED} and len(night.receiver.held) == 2


async def test_a_run_that_was_killed_under_way_leaves_unknown() -> None:
    night = Night(a_ledger(a_result()))

    def kill() -> None:
        raise KeyboardInterrupt

    night.receiver.after_send = kill
    before = night.document
    with pytest.raises(KeyboardInterrupt):
        await night.run()
    night.document = before
    assert night.states() == {State.UNDERWAY}
    night.receiver.after_send = lambda: None
    await night.run()
    assert night.states() == {State.CONFIRMED}
    assert State.UNKNOWN in [step.to for step in night.entry(a_result()).history]


async def test_a_cancelled_message_leaves_unknown() -> None:
    night = Night(a_ledger(a_result()))

    def cancel() -> None:
        raise asyncio.CancelledError

    night.receiver.after_send = cancel
    with pytest.raises(asyncio.CancelledError):
        await night.run()
    assert night.states() == {State.UNKNOWN}


@pytest.mark.parametrize("error", [TryLater("straks"), SchoolMustAct("sleutel"), WeMustAct("wij")])
async def test_what_was_not_accepted_waits(error: KoppeldeskError) -> None:
    night = Night(a_ledger(a_result()), Receiver(error))
    with pytest.raises(type(error)):
        await night.run()
    assert night.states() == {State.WAITING}


async def test_a_result_that_may_be_there_stays_unknown_when_the_next_message_is_not_accepted() -> None:
    night = Night(a_ledger(a_result()), Receiver(AnswerLost("weg"), TryLater("straks")))
    with pytest.raises(AnswerLost):
        await night.run()
    with pytest.raises(TryLater):
        await night.run()
    assert night.states() == {State.UNKNOWN}


class FullFor(MemoryDocument[Ledger]):
    """A ledger on a disk that is full for one write."""

    def __init__(self, value: Ledger, write: int) -> None:
        super().__init__(value)
        self.left = write

    @contextmanager
    def edit(self) -> Iterator[Draft[Ledger]]:
        self.left -= 1
        if not self.left:
            raise DiskFull("vol")
        with super().edit() as draft:
            yield draft


async def test_what_was_accepted_and_could_not_be_written_down_may_have_arrived() -> None:
    """Two results are refused together; the first is accepted alone, and then the disk is full for a moment."""
    night = Night(a_ledger(a_result(1), a_result(2)))
    night.receiver.verdict = refuses("Client.ScoreOngeldig", a_result(2))
    night.document = FullFor(night.document.value, write=3)
    with pytest.raises(DiskFull):
        await night.run()
    assert len(night.receiver.held) == 1
    assert (night.entry(a_result(1)).state, night.entry(a_result(2)).state) == (State.UNDERWAY, State.WAITING)
    await night.run(go_on=lambda: False)
    assert night.entry(a_result(1)).stands_under == ("las-1",)
