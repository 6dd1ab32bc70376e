"""A result that changes goes again under its own key, and never mixed with what it was."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from core.scores.catalogue import Catalogue
from core.scores.ledger import State
from core.scores.merge import merge
from core.scores.results import key_of
from tests.core.scores.builders import (
    NIGHT,
    SCHOOL,
    Receiver,
    a_ledger,
    a_result,
    a_sender,
    the_catalogue,
)
from tests.core.scores.night import Night, a_class, a_class_sender, corrected, refuses


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


async def test_a_correction_during_the_message_is_sent_after_it() -> None:
    night = Night(a_ledger(a_result(raw=12)))
    night.receiver.after_send = lambda: corrected(night, a_result(raw=31))
    await night.run()
    assert night.states() == {State.CORRECTED}
    night.receiver.after_send = lambda: None
    await night.run()
    assert night.states() == {State.CONFIRMED} and "right=31" in str(night.receiver.held)


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
