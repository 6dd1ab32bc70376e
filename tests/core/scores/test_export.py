"""Sending: the ledger says what is known, one bad result holds up nobody, and a lost answer never doubles anything."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from core.clock import AMSTERDAM
from core.errors import AnswerLost
from core.model import SchoolYear
from core.scores.dispatch import next_creation
from core.scores.ledger import Ledger, Resend, State
from core.scores.message import NormedResult, ScoreResult
from core.scores.reasons import Reason
from core.scores.results import Result, key_of
from core.scores.selection import Sender
from tests.core.scores.builders import (
    NIGHT,
    SCHOOL,
    Receiver,
    a_ledger,
    a_pupil,
    a_result,
    a_sender,
)
from tests.core.scores.night import Night, a_class, a_class_sender


async def test_everything_that_may_go_is_sent_once_and_confirmed() -> None:
    night = Night(a_ledger(a_result(1), a_result(2), a_result(1, test="BOOM-SP-35")))
    assert await night.run()
    assert night.states() == {State.CONFIRMED}
    assert len(night.receiver.messages) == 1 and len(night.receiver.held) == 3
    assert await night.run()
    assert len(night.receiver.messages) == 1


async def test_the_ledger_knows_before_the_message_leaves() -> None:
    night = Night(a_ledger(a_result()))
    seen: list[Ledger] = []
    night.receiver.after_send = lambda: seen.append(night.document.value)
    await night.run()
    assert [entry.state for entry in seen[0]] == [State.UNDERWAY]
    assert seen[0].last_created == night.receiver.messages[0].created


async def test_a_test_travels_as_its_definition_says_and_nothing_is_filled_in() -> None:
    night = Night(a_ledger(a_result(raw=12), a_result(test="BOOM-SP-35", raw=7)))
    await night.run()
    (message,) = night.receiver.messages
    normed, scored = (result.outcome for result in message.sittings[0].results)
    assert scored == ScoreResult(value=7)
    assert isinstance(normed, NormedResult) and normed.references == ()
    assert normed.score and normed.score.right == 12 and normed.score.ability is None


@pytest.mark.parametrize(
    ("result", "sender", "reason"),
    [
        (a_result(), a_sender(a_pupil(1, key=None)), Reason.NOT_LINKED),
        (a_result(), a_sender(a_pupil(1, active=False)), Reason.INACTIVE),
        (a_result(9), a_sender(), Reason.NO_PUPIL),
        (a_result(test="BOOM-NSCCT-48"), a_sender(), Reason.NOT_AGREED),
        (a_result(version="1999"), a_sender(), Reason.NO_DEFINITION),
        (a_result(taken=date(2026, 8, 31)), a_sender(), Reason.BEFORE_LINK),
        (a_result(taken=date(2026, 6, 1)), a_sender(), Reason.OTHER_YEAR),
        (a_result(test="BOOM-SP-35", raw=None), a_sender(), Reason.NO_SCORE),
    ],
    ids=lambda value: value.value if isinstance(value, Reason) else "",
)
async def test_what_may_not_go_is_held_with_its_reason(result: Result, sender: Sender, reason: Reason) -> None:
    night = Night(a_ledger(result), sender=sender)
    await night.run()
    entry = night.entry(result)
    assert (entry.state, entry.reason) == (State.HELD, reason)
    assert night.receiver.messages == []


async def test_a_held_result_goes_as_soon_as_its_reason_is_gone() -> None:
    night = Night(a_ledger(a_result()), sender=a_sender(a_pupil(1, key=None)))
    await night.run()
    night.sender = a_sender()
    await night.run()
    assert [step.to for step in night.entry(a_result()).history] == [
        State.WAITING,
        State.HELD,
        State.WAITING,
        State.UNDERWAY,
        State.CONFIRMED,
    ]


async def test_the_previous_school_year_goes_in_a_message_of_its_own_and_only_on_request() -> None:
    old, new = a_result(taken=date(2026, 5, 1)), a_result()
    year = SchoolYear(2025)
    night = Night(replace(a_ledger(old, new), resends=(Resend(year=year, at=NIGHT, by="anne"),)))
    await night.run()
    assert [message.school_year for message in night.receiver.messages] == [year, SchoolYear(2026)]
    assert night.states() == {State.CONFIRMED}


async def test_what_is_older_than_the_previous_school_year_expires() -> None:
    old = a_result(taken=date(2025, 5, 1))
    night = Night(a_ledger(old))
    await night.run()
    assert (night.entry(old).state, night.entry(old).reason) == (State.EXPIRED, Reason.TOO_OLD)


async def test_what_is_not_to_go_any_more_halfway_the_run_stays_here() -> None:
    """Pupil 3 was linked to another child while the first message was under way; pupil 4 lost the link."""
    night = Night(a_ledger(*a_class(4)), sender=a_class_sender(4))

    def relinked() -> None:
        night.sender = a_sender(a_pupil(1), a_pupil(2), a_pupil(3, key="las-30"), a_pupil(4, key=None))

    night.receiver.after_send = relinked
    await night.run(most=2)
    assert [sitting.pupil for sitting in night.receiver.messages[-1].sittings] == ["las-30"]
    assert night.entry(a_class(4)[3]).state is State.WAITING


async def test_what_is_unknown_expires_too_and_holds_nobody_up() -> None:
    night = Night(a_ledger(a_result(1)), Receiver(AnswerLost("weg")))
    with pytest.raises(AnswerLost):
        await night.run()
    night.sender = replace(a_sender(a_pupil(1, key=None)), year=SchoolYear(2030))
    assert await night.run()
    assert (night.entry(a_result(1)).state, night.entry(a_result(1)).reason) == (State.EXPIRED, Reason.TOO_OLD)


async def test_a_stop_ends_after_the_message_in_flight() -> None:
    night = Night(a_ledger(*a_class(9)), sender=a_class_sender(9))
    assert not await night.run(most=3, go_on=lambda: len(night.receiver.messages) < 2)
    assert len(night.receiver.messages) == 2
    counts = night.document.value.counts()
    assert (counts[State.CONFIRMED], counts[State.WAITING]) == (6, 3)


async def test_results_withdrawn_during_the_run_do_not_go() -> None:
    results = a_class(4)
    night = Night(a_ledger(*results), sender=a_class_sender(4))

    def withdraw() -> None:
        kept = dict(night.document.value.entries)
        kept.pop(key_of(SCHOOL, results[3]), None)
        night.document.value = replace(night.document.value, entries=kept)

    night.receiver.after_send = withdraw
    await night.run(most=2)
    assert len(night.receiver.held) == 3


def test_creation_times_rise_through_the_october_night_and_within_a_second() -> None:
    summer = datetime(2026, 10, 25, 2, 59, 59, tzinfo=AMSTERDAM)
    winter = datetime(2026, 10, 25, 2, 0, 0, tzinfo=AMSTERDAM, fold=1)
    first = next_creation(None, summer)
    second = next_creation(first, winter)
    assert first < second and second - first == timedelta(seconds=1)
    assert next_creation(second, winter) == second + timedelta(seconds=1)
    assert second.tzinfo is UTC


async def test_trouble_night_after_night_does_not_make_the_history_long() -> None:
    night = Night(a_ledger(a_result()), Receiver(*[AnswerLost("weg")] * 20))
    for _night in range(20):
        with pytest.raises(AnswerLost):
            await night.run()
    history = night.entry(a_result()).history
    assert len(history) == 5
    assert history[1].at < history[-1].at
