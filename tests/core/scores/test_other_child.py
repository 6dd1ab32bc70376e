"""What stands, or may stand, with another child waits for a person, whatever else is the matter with it."""

from __future__ import annotations

import contextlib
from dataclasses import replace

import msgspec
import pytest

from core.errors import AnswerLost, TryLater
from core.history import Pairing, Remembered, Skipped
from core.model import Kind, LasKey, Pupil, SchoolYear, ref_of
from core.scores.ledger import Ledger, State, Step
from core.scores.reasons import Reason
from core.scores.results import Result
from core.shapes import looked_at
from tests.core.scores.builders import (
    NIGHT,
    Receiver,
    a_ledger,
    a_pupil,
    a_result,
    a_sender,
)
from tests.core.scores.night import Night, corrected, refuses


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


async def test_a_key_that_the_eck_id_showed_to_be_another_childs_is_another_child() -> None:
    """Nobody here is linked to las-9 and nobody said anything: that child may have left ParnasSys."""
    night = Night(a_ledger(a_result(1)), sender=a_sender(a_pupil(1, key="las-9")))
    await night.run()
    night.sender = a_sender(replace(a_pupil(1), parted=(LasKey("las-9"),)), a_pupil(2))
    await night.run()
    assert night.entry(a_result(1)).reason is Reason.OTHER_CHILD


def as_kept_before(night: Night) -> None:
    """The ledger as it was stored before it kept under which keys a result stands."""
    kept = msgspec.to_builtins(night.document.value)
    for entry in kept["entries"].values():
        del entry["stands_under"]
    night.document.value = msgspec.convert(kept, looked_at(Ledger))


@pytest.mark.parametrize("lost", [True, False])
async def test_a_ledger_of_before_the_keys_were_kept_finds_another_child_too(lost: bool) -> None:
    own = a_sender(a_pupil(1, key="las-2"), a_pupil(2, key=None))
    night = Night(a_ledger(a_result(1)), Receiver(AnswerLost("weg")) if lost else None, own)
    with contextlib.suppress(AnswerLost):
        await night.run()
    night.sender = a_sender(a_pupil(1), a_pupil(2))
    for _night in range(2):
        as_kept_before(night)
        await night.run()
        assert night.entry(a_result(1)).reason is Reason.OTHER_CHILD
    removed(night, a_result(1))
    as_kept_before(night)
    await night.run()
    assert night.entry(a_result(1)).state is State.CONFIRMED


async def test_in_such_a_ledger_what_was_refused_or_was_offered_again_after_a_removal_stands_nowhere() -> None:
    night = Night(a_ledger(a_result(1)), sender=a_sender(a_pupil(1, key="las-2"), a_pupil(2, key=None)))
    night.receiver.verdict = refuses("Client.ScoreOngeldig", a_result(1))
    await night.run()
    as_kept_before(night)
    assert night.entry(a_result(1)).stands_under == ()
    night.receiver.verdict = lambda _message: None
    step = Step(at=NIGHT, to=State.WAITING, reason=Reason.TRY_AGAIN, by="anne")
    night.document.value = night.document.value.with_entries([night.entry(a_result(1)).moved(step)])
    await night.run()
    night.sender = a_sender(a_pupil(1), a_pupil(2))
    await night.run()
    assert night.entry(a_result(1)).reason is Reason.OTHER_CHILD
    night.document.value = night.document.value.with_entries([night.entry(a_result(1)).moved(step)])
    as_kept_before(night)
    assert night.entry(a_result(1)).stands_under == ()


async def test_a_link_changed_between_a_refused_message_and_its_halves_is_what_the_ledger_says() -> None:
    """Both results were refused together under the old keys; alone, that of pupil 1 is accepted under the new one."""
    night = Night(a_ledger(a_result(1), a_result(2)), sender=a_sender(a_pupil(1, key="las-9"), a_pupil(2)))
    night.receiver.verdict = refuses("Client.ScoreOngeldig", a_result(2))

    def linked_otherwise() -> None:
        night.sender = a_sender(a_pupil(1), a_pupil(2), a_pupil(3, key="las-9"))

    night.receiver.after_send = linked_otherwise
    await night.run()
    assert [sitting.pupil for sitting in night.receiver.messages[1].sittings] == ["las-1"]
    assert night.entry(a_result(1)).stands_under == ("las-1",)
    await night.run()
    assert night.entry(a_result(1)).state is State.CONFIRMED


async def test_a_message_that_was_certainly_not_stored_says_nothing_of_where_a_result_stands() -> None:
    """Lost under las-1, then not taken under las-9, which turns out to be another child's: it cannot stand there."""
    night = Night(a_ledger(a_result(1)), Receiver(AnswerLost("weg"), TryLater("druk")), a_sender())
    with pytest.raises(AnswerLost):
        await night.run()
    night.sender = a_sender(a_pupil(1, key="las-9"), a_pupil(2))
    with pytest.raises(TryLater):
        await night.run()
    assert night.entry(a_result(1)).state is State.UNKNOWN
    night.sender = a_sender(a_pupil(1), a_pupil(2, key="las-9"))
    await night.run()
    assert night.entry(a_result(1)).state is State.CONFIRMED
