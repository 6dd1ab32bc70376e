"""What a message does to the ledger: before it leaves, and after each kind of answer."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from core.model import LasKey, SchoolYear
from core.scores.ledger import TO_SEND, Entry, Ledger, State, Step
from core.scores.message import ResultKey
from core.scores.reasons import Reason
from core.scores.results import year_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Batch:
    """Results that travel in one message: of one school year, and of one version per test."""

    year: SchoolYear
    entries: tuple[Entry, ...]
    """Sorted by pupil, so that halving it keeps pupils together."""


def batches_of(ledger: Ledger, *, most: int) -> tuple[Batch, ...]:
    """Return everything that is to be sent, in messages of at most `most` results.

    One message can hold one version of a test only (uwlr.md §6.4): the second version of each test goes in a second
    round, and so on.
    """
    rounds: dict[tuple[int, int], list[Entry]] = {}
    versions: dict[tuple[int, str], list[str]] = {}
    for entry in ledger:
        if entry.state in TO_SEND:
            result = entry.result
            year = year_of(result.taken).first
            known = versions.setdefault((year, result.test), [])
            if result.version not in known:
                known.append(result.version)
            rounds.setdefault((year, known.index(result.version)), []).append(entry)
    batches = []
    for (first, _round), entries in sorted(rounds.items(), key=lambda item: item[0]):
        entries.sort(key=lambda entry: entry.result.pupil)
        for start in range(0, len(entries), most):
            batches.append(Batch(year=SchoolYear(first), entries=tuple(entries[start : start + most])))
    return tuple(batches)


def after_a_run(ledger: Ledger, at: datetime) -> Ledger:
    """Return the ledger at the start of a run: whatever an earlier run left under way may or may not have arrived."""
    left = [entry for entry in ledger if entry.state is State.UNDERWAY]
    return ledger.with_entries(e.moved(Step(at=at, to=State.UNKNOWN, reason=Reason.RUN_ENDED)) for e in left)


def next_creation(last: datetime | None, now: datetime) -> datetime:
    """Return a creation time strictly later than the last one, in whole seconds and UTC.

    In UTC because times of one zone compare by their local reading, which goes back an hour in the October night; in
    whole seconds because a receiver may read no finer.
    """
    moment = now.astimezone(UTC).replace(microsecond=0)
    return moment if last is None or moment > last else last + timedelta(seconds=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Departure:
    """The ledger to be stored before a message leaves, and what it holds."""

    ledger: Ledger
    created: datetime
    batch: Batch
    """The results as they are at this moment; what was withdrawn or corrected meanwhile is not among them."""


def depart(
    ledger: Ledger,
    batch: Batch,
    keys: Mapping[ResultKey, LasKey],
    now: datetime,
    may_go: Callable[[Entry], bool] = lambda _entry: True,
) -> Departure:
    """Put a message under way. `keys` names the ParnasSys key of the pupil of each result in it.

    A result that was corrected since the batch was made may be of another version or school year by now: it goes with
    the next run, like what `may_go` says no to. What a refused message before it left under way stays so, without
    another step in its history.
    """
    as_judged = {entry.key: entry.result for entry in batch.entries}
    created = next_creation(ledger.last_created, now)
    step = Step(at=now, to=State.UNDERWAY, reason=Reason.SENT)
    leaving = tuple(
        replace(entry, sent_as=keys[entry.key]) if entry.state is State.UNDERWAY else entry.moved(step, keys[entry.key])
        for entry in _still(ledger, batch.entries, _LEAVES)
        if ((judged := as_judged[entry.key]) is entry.result or judged == entry.result) and may_go(entry)
    )
    return Departure(
        ledger=replace(ledger.with_entries(leaving), last_created=created),
        created=created,
        batch=replace(batch, entries=leaving),
    )


_LEAVES = TO_SEND | {State.UNDERWAY}


def arrive(ledger: Ledger, batch: Batch, step: Step) -> Ledger:
    """Return the ledger after the answer to this message: `step` happens to each result in it that is still under way.

    A result that was corrected meanwhile stays `gecorrigeerd`: the answer is about the value before.
    """
    return ledger.with_entries(
        entry.moved(step) for entry in _still(ledger, batch.entries, frozenset({State.UNDERWAY}))
    )


def reject(ledger: Ledger, batch: Batch, step: Step) -> Ledger:
    """Return the ledger after a refusal of this very batch.

    Refused for no clear reason under another key than it may stand under already: that is likely why (uwlr.md §6.1).
    """
    elsewhere = replace(step, reason=Reason.OTHER_KEY) if step.reason is Reason.MESSAGE_INVALID else step
    return ledger.with_entries(
        entry.moved(elsewhere if entry.stands_under and entry.sent_as not in entry.stands_under else step)
        for entry in _still(ledger, batch.entries, frozenset({State.UNDERWAY}))
    )


def put_back(ledger: Ledger, sent: Iterable[Entry], at: datetime, reason: Reason, detail: str = "") -> Ledger:
    """Return the ledger after a message that was certainly not stored: each result is what it was before it left."""
    return ledger.with_entries(
        replace(
            entry.moved(Step(at=at, to=_before(entry), reason=reason, detail=detail)), stands_under=entry.stands_under
        )
        for entry in _still(ledger, sent, frozenset({State.UNDERWAY}))
    )


def _before(entry: Entry) -> State:
    before = entry.history[-2].to if len(entry.history) > 1 else State.WAITING
    return before if before in TO_SEND else State.WAITING


def _still(ledger: Ledger, sent: Iterable[Entry], states: frozenset[State]) -> Iterable[Entry]:
    for before in sent:
        entry = ledger.entries.get(before.key)
        if entry is not None and entry.state in states:
            yield entry


def halves(batch: Batch, units: Sequence[Sequence[Entry]]) -> tuple[Batch, Batch]:
    """Cut a refused message in two between its units (pupils, tests or single results); there are two or more."""
    middle = len(units) // 2
    left, right = units[:middle], units[middle:]
    return (
        replace(batch, entries=tuple(entry for unit in left for entry in unit)),
        replace(batch, entries=tuple(entry for unit in right for entry in unit)),
    )
