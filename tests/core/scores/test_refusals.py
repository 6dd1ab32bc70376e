"""One bad result holds up nobody: a refused message is split until the guilty one stands alone."""

from __future__ import annotations

from dataclasses import replace

import pytest

from core.errors import WeMustAct
from core.model import Pupil, SchoolYear
from core.scores.ledger import State
from core.scores.reasons import Reason
from tests.core.scores.builders import (
    Receiver,
    a_ledger,
    a_pupil,
    a_result,
    a_sender,
)
from tests.core.scores.night import Night, a_class, a_class_sender, refuses


async def test_a_refused_message_is_split_until_the_guilty_result_stands_alone() -> None:
    results = a_class(16)
    guilty = results[10]
    night = Night(a_ledger(*results), Receiver(verdict=refuses("Client.ScoreOngeldig", guilty)), a_class_sender(16))
    assert await night.run()
    assert night.entry(guilty).state is State.REJECTED
    assert (night.entry(guilty).reason, night.entry(guilty).last.detail) == (
        Reason.SCORE_INVALID,
        "Client.ScoreOngeldig",
    )
    assert sum(entry.state is State.CONFIRMED for entry in night.document.value) == 15
    assert len(night.receiver.held) == 15
    assert len(night.receiver.messages) <= 9
    assert (night.tally.confirmed, night.tally.rejected) == (15, 1)


async def test_several_guilty_results_hold_up_nobody() -> None:
    results = a_class(40)
    guilty = [results[3], results[4], results[39]]
    night = Night(a_ledger(*results), Receiver(verdict=refuses("Client.OngeldigBericht", *guilty)), a_class_sender(40))
    await night.run()
    assert {entry.result for entry in night.document.value if entry.state is State.REJECTED} == set(guilty)
    assert len(night.receiver.held) == 37


async def test_a_refused_pupil_takes_all_its_results_and_no_others() -> None:
    results = [a_result(n, test=test) for n in range(1, 9) for test in ("BOOM-TL-35", "BOOM-SP-35", "BOOM-RW-35")]
    bad = [result for result in results if result.pupil == "p5"]
    night = Night(a_ledger(*results), Receiver(verdict=refuses("Client.LeerlingOngeldig", *bad)), a_class_sender(8))
    await night.run()
    rejected = [entry for entry in night.document.value if entry.state is State.REJECTED]
    assert {entry.result.pupil for entry in rejected} == {"p5"} and len(rejected) == 3
    assert len(night.receiver.held) == 21


async def test_a_refused_pupil_is_tried_again_under_a_new_key_of_parnassys_only() -> None:
    night = Night(a_ledger(a_result()), Receiver(verdict=refuses("Client.LeerlingOngeldig", a_result())))
    await night.run()
    await night.run()
    assert len(night.receiver.messages) == 1
    night.receiver.verdict = lambda _message: None
    night.sender = a_sender(a_pupil(1, key="las-new"))
    await night.run()
    assert night.states() == {State.CONFIRMED}


async def test_a_result_refused_for_no_clear_reason_gets_two_more_nights() -> None:
    results = a_class(4)
    night = Night(
        a_ledger(*results), Receiver(verdict=refuses("Client.OngeldigBericht", results[2])), a_class_sender(4)
    )
    for _night in range(5):
        await night.run()
    entry = night.entry(results[2])
    assert (entry.state, entry.refusals) == (State.REJECTED, 3)
    before = len(night.receiver.messages)
    await night.run()
    assert len(night.receiver.messages) == before


async def test_when_everything_is_refused_for_no_reason_nothing_is_rejected() -> None:
    results = a_class(30)
    night = Night(a_ledger(*results), Receiver(verdict=refuses("Client.OngeldigBericht", *results)), a_class_sender(30))
    with pytest.raises(WeMustAct):
        await night.run()
    assert night.states() == {State.WAITING}
    assert len(night.receiver.messages) < 20 and night.tally.rejected == 0


@pytest.mark.parametrize("pupil", [a_pupil(1, key=None), a_pupil(1, active=False)])
async def test_a_rejected_result_that_may_not_go_any_more_is_not_tried_again_and_holds_nobody_up(pupil: Pupil) -> None:
    night = Night(a_ledger(a_result(1), a_result(2)), Receiver(verdict=refuses("Client.OngeldigBericht", a_result(1))))
    await night.run()
    assert night.entry(a_result(1)).state is State.REJECTED
    night.sender = a_sender(pupil, a_pupil(2))
    assert await night.run()
    assert night.entry(a_result(1)).state is State.REJECTED


async def test_a_rejected_result_that_is_too_old_expires_and_asks_nobody_any_more() -> None:
    night = Night(a_ledger(a_result(1)), Receiver(verdict=refuses("Client.ScoreOngeldig", a_result(1))))
    await night.run()
    assert night.entry(a_result(1)).state is State.REJECTED
    night.sender = replace(a_sender(), year=SchoolYear(2027))
    await night.run()
    assert night.entry(a_result(1)).state is State.REJECTED
    night.sender = replace(a_sender(), year=SchoolYear(2028))
    await night.run()
    assert (night.entry(a_result(1)).state, night.entry(a_result(1)).reason) == (State.EXPIRED, Reason.TOO_OLD)
