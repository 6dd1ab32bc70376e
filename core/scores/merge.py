"""Puts results that came in into the ledger: new ones, corrections, and ones it already knew."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from core.scores.ledger import Entry, Ledger, State, Step
from core.scores.message import ResultKey
from core.scores.reasons import Reason
from core.scores.results import Result


@dataclass(frozen=True, slots=True, kw_only=True)
class Merged:
    """The ledger afterwards, and what was done."""

    ledger: Ledger
    new: int = 0
    corrected: int = 0
    known: int = 0


def merge(
    ledger: Ledger,
    results: Iterable[tuple[ResultKey, Result]],
    *,
    at: datetime,
    by: str,
    source: str,
    reason: Reason = Reason.READ,
) -> Merged:
    """Return the ledger with these results; each key once."""
    changed: list[Entry] = []
    new = corrected = known = 0
    for key, result in results:
        entry = ledger.entries.get(key)
        if entry is None:
            new += 1
            step = Step(at=at, to=State.WAITING, reason=reason, detail=source, by=by)
            changed.append(Entry(key=key, result=result, state=State.WAITING, history=(step,)))
        elif entry.result == result and entry.state is not State.EXPIRED:
            known += 1
        else:
            corrected += 1
            changed.append(with_value(entry, result, at=at, by=by, source=source))
    return Merged(ledger=ledger.with_entries(changed), new=new, corrected=corrected, known=known)


def with_value(entry: Entry, result: Result, *, at: datetime, by: str, source: str) -> Entry:
    """Return the entry with its new value.

    What ParnasSys may already hold becomes `gecorrigeerd`, so that it goes out again under the same key; also when the
    old value is on its way this moment: the answer to that message then changes nothing.
    """
    to = State.CORRECTED if entry.state in _MAY_BE_THERE else State.WAITING
    step = Step(at=at, to=to, reason=Reason.NEW_VALUE, detail=source, by=by)
    if entry.state in (State.WAITING, State.CORRECTED):
        return replace(entry, result=result, history=(*entry.history, replace(step, to=entry.state)))
    return replace(entry.moved(step), result=result)


_MAY_BE_THERE = frozenset({State.UNDERWAY, State.UNKNOWN, State.CONFIRMED})
