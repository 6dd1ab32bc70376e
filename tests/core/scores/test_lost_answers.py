"""What may have arrived is unknown, and goes again under the same keys; what was not accepted waits."""

from __future__ import annotations

import asyncio

import pytest

from core.errors import AnswerLost, KoppeldeskError, SchoolMustAct, TryLater, WeMustAct
from core.scores.ledger import State
from tests.core.scores.builders import (
    Receiver,
    a_ledger,
    a_result,
)
from tests.core.scores.night import Night


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
