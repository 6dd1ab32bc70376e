"""The ledger refuses what is not on the drawing, and a key never changes."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from core.errors import RefusedByState
from core.model import PupilId, SchoolId
from core.scores.ledger import MOVES, Entry, Ledger, State, Step
from core.scores.reasons import Reason, explain
from core.scores.results import Result, TestCode, key_of

NOW = datetime(2026, 11, 24, 2, 0, tzinfo=UTC)
SCHOOL = SchoolId("12AB")


def a_result(*, version: str = "2026", sitting: str = "", taken: date = date(2026, 11, 3), raw: int = 12) -> Result:
    return Result(pupil=PupilId("p1"), test=TestCode("BL-TL-5"), version=version, taken=taken, sitting=sitting, raw=raw)


def an_entry(state: State) -> Entry:
    result = a_result()
    return Entry(key=key_of(SCHOOL, result), result=result, state=state, history=(Step(at=NOW, to=state),))


@pytest.mark.parametrize("state", State)
@pytest.mark.parametrize("to", State)
def test_only_moves_of_the_table_are_allowed(state: State, to: State) -> None:
    entry = an_entry(state)
    if to in MOVES[state]:
        moved = entry.moved(Step(at=NOW, to=to, reason=Reason.SENT))
        assert moved.state is to
        assert [step.to for step in moved.history] == [state, to]
    else:
        with pytest.raises(RefusedByState):
            entry.moved(Step(at=NOW, to=to))


def test_every_state_can_be_left_and_reached() -> None:
    assert set(MOVES) == set(State)
    assert set().union(*MOVES.values()) == set(State)


def test_the_key_stays_when_score_or_version_change() -> None:
    assert key_of(SCHOOL, a_result()) == key_of(SCHOOL, a_result(version="2027", raw=31))
    assert key_of(SCHOOL, a_result()) == "kd-7195e9e4b7f60ce45ad7b302af0636e1"


def test_the_key_differs_per_school_and_sitting() -> None:
    keys = {
        key_of(SCHOOL, a_result()),
        key_of(SchoolId("12AB", "01"), a_result()),
        key_of(SCHOOL, a_result(taken=date(2026, 11, 4))),
        key_of(SCHOOL, a_result(sitting="7")),
    }
    assert len(keys) == 4


def test_a_numbered_sitting_may_have_its_date_corrected() -> None:
    assert key_of(SCHOOL, a_result(sitting="7")) == key_of(SCHOOL, a_result(sitting="7", taken=date(2026, 11, 9)))


def test_a_ledger_is_replaced_and_counts_every_state() -> None:
    empty = Ledger()
    full = empty.with_entries([an_entry(State.HELD)])
    assert len(empty) == 0
    assert full.counts()[State.HELD] == 1
    assert set(full.counts()) == set(State)


@pytest.mark.parametrize("reason", Reason)
def test_every_reason_is_explained(reason: Reason) -> None:
    assert reason is Reason.NONE or explain(reason).what
