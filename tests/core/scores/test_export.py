"""Sending: the ledger says what is known, one bad result holds up nobody, and a lost answer never doubles anything."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from core.clock import AMSTERDAM
from core.errors import AnswerLost, ContentRefused, KoppeldeskError, SchoolMustAct, TryLater, WeMustAct
from core.importing.history import Pairing, Remembered, Skipped
from core.model import Kind, LasKey, LinkAddress, Pupil, SchoolYear, Secret, ref_of
from core.scores.catalogue import Catalogue
from core.scores.dispatch import next_creation
from core.scores.export import Export, Tally
from core.scores.ledger import Entry, Ledger, Resend, State, Step
from core.scores.merge import merge
from core.scores.message import NormedResult, ResultMessage, ScoreResult
from core.scores.packing import Packer
from core.scores.reasons import Reason
from core.scores.results import Result, key_of
from core.scores.selection import Sender
from tests.core.desk.memory import MemoryDocument
from tests.core.scores.builders import (
    NIGHT,
    SCHOOL,
    Receiver,
    Ticking,
    a_ledger,
    a_pupil,
    a_result,
    a_sender,
    the_catalogue,
)


class Night:
    """One school with its ledger, and a receiver on the other side."""

    def __init__(
        self,
        ledger: Ledger,
        receiver: Receiver | None = None,
        sender: Sender | None = None,
        catalogue: Catalogue | None = None,
    ) -> None:
        self.catalogue = catalogue or the_catalogue()
        self.document = MemoryDocument(ledger)
        self.receiver = receiver or Receiver()
        self.sender = sender or a_sender()
        self.tally = Tally()
        self.clock = Ticking()

    async def run(self, *, most: int = 1000, go_on: Callable[[], bool] = lambda: True) -> bool:
        export = Export(courier=self.receiver, packer=Packer(self.catalogue), clock=self.clock, most=most)
        return await export.run(
            SCHOOL,
            self.document,
            lambda: self.sender,
            lambda year: LinkAddress(school=SCHOOL, school_year=year, key=Secret("k")),
            self.tally,
            go_on,
        )

    def entry(self, result: Result) -> Entry:
        return self.document.value.entries[key_of(SCHOOL, result)]

    def states(self) -> set[State]:
        return {entry.state for entry in self.document.value}


def refuses(code: str, *bad: Result) -> Callable[[ResultMessage], KoppeldeskError | None]:
    keys = {key_of(SCHOOL, result) for result in bad}

    def verdict(message: ResultMessage) -> KoppeldeskError | None:
        found = {result.key for sitting in message.sittings for result in sitting.results} & keys
        return ContentRefused("nee", reference=code) if found else None

    return verdict


def a_class(count: int) -> list[Result]:
    return [a_result(number) for number in range(1, count + 1)]


def a_class_sender(count: int) -> Sender:
    return a_sender(*(a_pupil(number) for number in range(1, count + 1)))


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


async def test_a_correction_goes_out_under_the_same_key() -> None:
    night = Night(a_ledger(a_result(raw=12)))
    await night.run()
    better = a_result(raw=31)
    merged = merge(night.document.value, [(key_of(SCHOOL, better), better)], at=NIGHT, by="anne", source="y.csv")
    assert merged.corrected == 1
    night.document.value = merged.ledger
    assert night.states() == {State.CORRECTED}
    await night.run()
    assert len(night.receiver.held) == 1
    (held,) = night.receiver.held.values()
    assert "right=31" in str(held)


def corrected(night: Night, better: Result) -> None:
    """Read in another value of a result."""
    night.document.value = merge(
        night.document.value, [(key_of(SCHOOL, better), better)], at=NIGHT, by="anne", source="y.csv"
    ).ledger


async def test_a_correction_during_the_message_is_sent_after_it() -> None:
    night = Night(a_ledger(a_result(raw=12)))
    night.receiver.after_send = lambda: corrected(night, a_result(raw=31))
    await night.run()
    assert night.states() == {State.CORRECTED}
    night.receiver.after_send = lambda: None
    await night.run()
    assert night.states() == {State.CONFIRMED} and "right=31" in str(night.receiver.held)


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


async def test_two_versions_of_a_test_never_share_a_message() -> None:
    results = [a_result(1), a_result(2), a_result(1, version="2027", taken=date(2026, 11, 9))]
    catalogue = with_version("2027")
    night = Night(a_ledger(*results), sender=replace(a_sender(), catalogue=catalogue), catalogue=catalogue)
    await night.run()
    assert len(night.receiver.messages) == 2 and night.states() == {State.CONFIRMED}


def with_version(version: str) -> Catalogue:
    """The catalogue with another version of the reading test beside the first."""
    test = the_catalogue().find(a_result().test, "2026")
    assert test is not None
    return Catalogue([*the_catalogue(), replace(test, version=version)])


async def test_a_correction_to_another_version_during_the_run_never_shares_a_message_with_the_first() -> None:
    """The receiver refuses two versions of a test in one message (uwlr.md §6.4)."""
    sender = replace(a_class_sender(4), catalogue=with_version("2027"))
    night = Night(a_ledger(*a_class(4)), sender=sender, catalogue=sender.catalogue)
    night.receiver.after_send = lambda: corrected(night, a_result(3, version="2027"))
    await night.run(most=2)
    assert [entry.result.pupil for entry in night.document.value if entry.state is not State.CONFIRMED] == ["p3"]
    night.receiver.after_send = lambda: None
    await night.run(most=2)
    assert night.states() == {State.CONFIRMED} and len(night.receiver.held) == 4
    assert len(night.receiver.messages) == 3


async def test_a_correction_to_another_version_while_its_message_is_refused_never_shares_a_half_with_the_first() -> (
    None
):
    sender = replace(a_class_sender(4), catalogue=with_version("2027"))
    verdict = refuses("Client.ScoreOngeldig", a_result(1))
    night = Night(a_ledger(*a_class(4)), Receiver(verdict=verdict), sender, catalogue=sender.catalogue)
    night.receiver.after_send = lambda: corrected(night, a_result(3, version="2027"))
    await night.run()
    await night.run()
    assert {entry.state for entry in night.document.value if entry.result.pupil != "p1"} == {State.CONFIRMED}
    assert night.entry(a_result(1)).state is State.REJECTED


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


async def test_scores_of_two_pupils_with_one_key_stay_here() -> None:
    night = Night(a_ledger(a_result(1), a_result(2)), sender=a_sender(a_pupil(1), a_pupil(2, key="las-1")))
    await night.run()
    assert {(entry.state, entry.reason) for entry in night.document.value} == {(State.HELD, Reason.SHARED_KEY)}
    night.sender = a_sender(a_pupil(1), a_pupil(2, key="las-1", active=False))
    await night.run()
    assert night.entry(a_result(1)).state is State.CONFIRMED


def removed(night: Night, *results: Result) -> None:
    """A person says that these were removed in ParnasSys."""
    step = Step(at=NIGHT, to=State.WAITING, reason=Reason.REMOVED, by="anne")
    night.document.value = night.document.value.with_entries(night.entry(one).moved(step) for one in results)


async def test_what_stands_with_another_child_waits_for_a_person_and_goes_to_its_own_child_then() -> None:
    """Pupil 1 was linked to the child of pupil 2: ParnasSys has the score there, and UWLR cannot delete."""
    night = Night(a_ledger(a_result(1, raw=12)), sender=a_sender(a_pupil(1, key="las-2"), a_pupil(2, key=None)))
    await night.run()
    assert night.entry(a_result(1)).state is State.CONFIRMED
    night.sender = a_sender(a_pupil(1), a_pupil(2))
    await night.run()
    entry = night.entry(a_result(1))
    assert (entry.state, entry.reason) == (State.HELD, Reason.OTHER_CHILD)
    assert night.tally.elsewhere == 1
    await night.run()
    assert len(night.receiver.messages) == 1

    removed(night, a_result(1))
    await night.run()
    assert night.entry(a_result(1)).state is State.CONFIRMED
    assert [sitting.pupil for sitting in night.receiver.messages[-1].sittings] == ["las-1"]
    await night.run()
    assert night.entry(a_result(1)).state is State.CONFIRMED and len(night.receiver.messages) == 2
    assert night.tally.elsewhere == 0


@pytest.mark.parametrize("own", [a_pupil(1, key=None), a_pupil(1, active=False)], ids=["not linked", "inactive"])
async def test_another_child_is_never_hidden_behind_another_reason(own: Pupil) -> None:
    night = Night(a_ledger(a_result(1)), sender=a_sender(a_pupil(1, key="las-2"), a_pupil(2, key=None)))
    await night.run()
    night.sender = a_sender(own, a_pupil(2))
    for _night in range(3):
        await night.run()
        assert night.entry(a_result(1)).reason is Reason.OTHER_CHILD


async def test_another_child_is_found_however_old_the_result_is() -> None:
    night = Night(a_ledger(a_result(1)), sender=a_sender(a_pupil(1, key="las-2"), a_pupil(2, key=None)))
    await night.run()
    night.sender = replace(a_sender(), year=SchoolYear(2030))
    for _night in range(2):
        await night.run()
        assert night.entry(a_result(1)).reason is Reason.OTHER_CHILD
    removed(night, a_result(1))
    await night.run()
    assert (night.entry(a_result(1)).state, night.entry(a_result(1)).reason) == (State.EXPIRED, Reason.TOO_OLD)


async def test_a_result_corrected_while_its_message_was_under_way_may_stand_with_another_child_too() -> None:
    night = Night(a_ledger(a_result(1, raw=12)), sender=a_sender(a_pupil(1, key="las-2"), a_pupil(2, key=None)))
    night.receiver.after_send = lambda: corrected(night, a_result(1, raw=31))
    await night.run()
    night.receiver.after_send = lambda: None
    night.sender = a_sender(a_pupil(1), a_pupil(2))
    await night.run()
    assert night.entry(a_result(1)).reason is Reason.OTHER_CHILD
    assert len(night.receiver.messages) == 1


async def test_a_rejected_correction_may_stand_with_another_child_too() -> None:
    night = Night(a_ledger(a_result(1, raw=12)), sender=a_sender(a_pupil(1, key="las-2"), a_pupil(2, key=None)))
    await night.run()
    corrected(night, a_result(1, raw=31))
    night.receiver.verdict = refuses("Client.ScoreOngeldig", a_result(1))
    await night.run()
    assert night.entry(a_result(1)).state is State.REJECTED
    night.sender = a_sender(a_pupil(1), a_pupil(2))
    await night.run()
    assert night.entry(a_result(1)).reason is Reason.OTHER_CHILD


@pytest.mark.parametrize(
    "said",
    [
        Remembered(skipped=(Skipped(kind=Kind.PUPIL, incoming=ref_of(LasKey("las-9")), at=NIGHT, by="anne"),)),
        Remembered(
            different=(Pairing(kind=Kind.PUPIL, incoming=ref_of(LasKey("las-9")), existing="p1", at=NIGHT, by="anne"),),
        ),
    ],
    ids=["left out of the import", "said to be somebody else"],
)
@pytest.mark.parametrize("lost", [True, False])
async def test_a_key_that_a_person_said_is_not_this_pupils_is_another_child(said: Remembered, lost: bool) -> None:
    night = Night(
        a_ledger(a_result(1)), Receiver(AnswerLost("weg")) if lost else None, a_sender(a_pupil(1, key="las-9"))
    )
    with contextlib.suppress(AnswerLost):
        await night.run()
    night.sender = replace(a_sender(a_pupil(1), a_pupil(2)), said=said)
    await night.run()
    assert night.entry(a_result(1)).reason is Reason.OTHER_CHILD
    assert len(night.receiver.messages) == 1


async def test_where_a_result_may_stand_outlives_a_refusal_under_the_new_key() -> None:
    """Lost under las-9, refused under las-1: it can only stand under las-9, and whose that is may show later."""
    night = Night(a_ledger(a_result(1)), Receiver(AnswerLost("weg")), a_sender(a_pupil(1, key="las-9")))
    with pytest.raises(AnswerLost):
        await night.run()
    night.receiver.verdict = refuses("Client.OngeldigBericht", a_result(1))
    night.sender = a_sender(a_pupil(1), a_pupil(2, key=None))
    await night.run()
    entry = night.entry(a_result(1))
    assert (entry.state, entry.reason, entry.stands_under) == (State.REJECTED, Reason.OTHER_KEY, ("las-9",))
    night.sender = a_sender(a_pupil(1), a_pupil(2, key="las-9"))
    await night.run()
    assert night.entry(a_result(1)).reason is Reason.OTHER_CHILD


@pytest.mark.parametrize("lost", [True, False])
async def test_a_renewed_key_of_the_same_pupil_holds_nothing_up(lost: bool) -> None:
    night = Night(a_ledger(a_result(1)), Receiver(AnswerLost("weg")) if lost else None)
    with contextlib.suppress(AnswerLost):
        await night.run()
    night.sender = a_sender(a_pupil(1, key="las-1-nieuw"), a_pupil(2))
    await night.run()
    assert night.entry(a_result(1)).state is State.CONFIRMED
    assert len(night.receiver.messages) == (2 if lost else 1)


@pytest.mark.parametrize("pupil", [a_pupil(1, key=None), a_pupil(1, active=False)])
async def test_a_rejected_result_that_may_not_go_any_more_is_not_tried_again_and_holds_nobody_up(pupil: Pupil) -> None:
    night = Night(a_ledger(a_result(1), a_result(2)), Receiver(verdict=refuses("Client.OngeldigBericht", a_result(1))))
    await night.run()
    assert night.entry(a_result(1)).state is State.REJECTED
    night.sender = a_sender(pupil, a_pupil(2))
    assert await night.run()
    assert night.entry(a_result(1)).state is State.REJECTED
