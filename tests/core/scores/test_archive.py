"""School years that are over are put away, and whatever happens to their results still happens."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date

import pytest

from core.errors import AnswerLost
from core.model import SchoolYear
from core.ports import Draft
from core.scores.archive import Archive
from core.scores.ledger import Ledger, State
from core.scores.merge import merge
from core.scores.reasons import Reason
from core.scores.results import Result, key_of
from core.scores.selection import Sender
from tests.core.desk.memory import MemoryDocument
from tests.core.scores.builders import NIGHT, SCHOOL, Receiver, a_ledger, a_pupil, a_result, a_sender
from tests.core.scores.night import Night

THIS, NEXT = SchoolYear(2026), SchoolYear(2027)
OLD = a_result(1)
NEW = a_result(1, taken=date(2027, 11, 3))


def next_year(sender: Sender) -> Sender:
    return replace(sender, year=NEXT)


async def a_year_later(*results: Result, sender: Sender | None = None) -> Night:
    """Send everything in its own school year, then let a night of the next one come by."""
    night = Night(a_ledger(*results), sender=sender)
    await night.run()
    night.sender = next_year(night.sender)
    await night.run()
    return night


def read_in(night: Night, result: Result) -> None:
    """Read one result in, as the desk does."""
    found = [(key_of(SCHOOL, result), result)]
    known = Archive(night.years.__getitem__).with_known(night.document.value, found)
    night.document.value = merge(known, found, at=NIGHT, by="anne", source="y.csv").ledger


def away(night: Night) -> set[Result]:
    return {entry.result for entry in Archive(night.years.__getitem__).entries(night.document.value)}


async def test_what_is_at_rest_of_a_school_year_that_is_over_is_put_away() -> None:
    night = await a_year_later(OLD, a_result(2))
    assert len(night.document.value) == 0 and away(night) == {OLD, a_result(2)}
    assert night.document.value.put_away.years == (THIS,)
    assert night.document.value.first_confirmed is not None
    before = night.document.value
    await night.run()
    assert night.document.value == before


async def test_what_still_waits_for_something_stays_in_the_ledger() -> None:
    held = a_result(2, test="BOOM-NSCCT-48")
    night = await a_year_later(OLD, held)
    assert [entry.result for entry in night.document.value] == [held]
    lost = Night(a_ledger(OLD), Receiver(AnswerLost("weg")))
    with contextlib.suppress(AnswerLost):
        await lost.run()
    lost.sender = next_year(lost.sender)
    await lost.run(go_on=lambda: False)
    assert lost.entry(OLD).state is State.HELD and away(lost) == set()


async def test_the_same_result_read_in_again_is_known_and_another_value_is_a_correction() -> None:
    night = await a_year_later(OLD)
    read_in(night, OLD)
    assert night.entry(OLD).state is State.CONFIRMED
    await night.run()
    assert len(night.document.value) == 0
    read_in(night, replace(OLD, raw=31))
    assert (night.entry(OLD).state, night.entry(OLD).result.raw) == (State.CORRECTED, 31)
    await night.run()
    assert (night.entry(OLD).state, night.entry(OLD).reason) == (State.HELD, Reason.OTHER_YEAR)
    assert away(night) == set()
    assert len(night.receiver.messages) == 1


async def test_a_result_that_was_put_away_and_stands_with_another_child_comes_back() -> None:
    night = await a_year_later(OLD, a_result(2), sender=a_sender(a_pupil(1, key="las-2"), a_pupil(2, key="las-3")))
    night.sender = next_year(a_sender(a_pupil(1), a_pupil(2, key="las-3"), a_pupil(3, key="las-2")))
    for _night in range(3):
        await night.run()
        assert night.entry(OLD).reason is Reason.OTHER_CHILD
        assert night.tally.elsewhere == 1
    assert away(night) == {a_result(2)}
    assert len(night.receiver.messages) == 1


class Killed(BaseException):
    """What happens to a run that is killed."""


class KilledBeforeStoring(MemoryDocument[Ledger]):
    """The ledger of a run that is killed just before it is stored."""

    @contextmanager
    def edit(self) -> Iterator[Draft[Ledger]]:
        yield Draft(self.value)
        raise Killed


async def test_killed_between_the_two_files_nothing_is_lost_or_doubled() -> None:
    night = Night(a_ledger(OLD, a_result(2)))
    await night.run()
    night.sender = next_year(night.sender)
    whole, night.document = night.document, KilledBeforeStoring(night.document.value)
    with pytest.raises(Killed):
        await night.run()
    night.document = whole
    assert len(night.years[THIS].value) == 2 and len(night.document.value) == 2
    assert away(night) == set()
    read_in(night, replace(OLD, raw=31))
    await night.run()
    assert [entry.result.raw for entry in night.document.value] == [31]
    assert away(night) == {a_result(2)}


NUMBERED = replace(OLD, sitting="7")


@pytest.mark.parametrize("taken", [date(2027, 9, 1), date(2025, 11, 3)], ids=["a later year", "an earlier year"])
async def test_a_numbered_sitting_whose_date_was_of_another_year_is_the_same_result(taken: date) -> None:
    night = await a_year_later(NUMBERED, sender=a_sender(a_pupil(1, key="las-2"), a_pupil(2, key=None)))
    moved = replace(NUMBERED, taken=taken)
    read_in(night, moved)
    assert night.entry(moved).state is State.CORRECTED
    night.sender = next_year(a_sender())
    await night.run()
    assert night.entry(moved).reason is Reason.OTHER_CHILD


async def test_what_was_put_away_under_two_years_is_what_was_put_away_last() -> None:
    night = await a_year_later(NUMBERED)
    moved = replace(NUMBERED, taken=date(2025, 11, 3))
    read_in(night, moved)
    night.sender = replace(night.sender, year=SchoolYear(2028))
    await night.run()
    assert len(night.document.value) == 0 and night.entry(moved).state is State.EXPIRED
    assert away(night) == {moved}


async def test_a_pupil_forgotten_after_a_kill_between_the_two_files_is_in_neither() -> None:
    night = Night(a_ledger(OLD, a_result(2)))
    await night.run()
    night.sender = next_year(night.sender)
    whole, night.document = night.document, KilledBeforeStoring(night.document.value)
    with pytest.raises(Killed):
        await night.run()
    Archive(night.years.__getitem__).forget(whole.value, {OLD.pupil})
    assert [entry.result.pupil for entry in night.years[THIS].value] == ["p2"]
