"""Results as screens and command line show them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime

from core.model import GroupId, PupilId, Register, SchoolYear
from core.scores.catalogue import Catalogue
from core.scores.ledger import Entry, State, Step
from core.scores.message import ResultKey
from core.scores.reasons import Explanation, Reason, explain
from core.scores.results import Normed


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """Which results to show; what is empty does not filter."""

    states: frozenset[State] = frozenset()
    reason: Reason | None = None
    group: GroupId | None = None
    pupil: PupilId | None = None
    year: SchoolYear | None = None
    """Of this school year only, also when it is put away; None = everything that is not."""
    text: str = ""
    """Part of the pupil's name, the test's name or its code, in any case."""


ALL = Wanted()


@dataclass(frozen=True, slots=True, kw_only=True)
class ResultRow:
    """One result with what belongs to it."""

    key: ResultKey
    pupil: PupilId
    name: str
    """Of the pupil, as in a class list; the id when the pupil is not known any more."""
    group: str
    test: str
    test_name: str
    version: str
    part: str
    taken: date
    raw: int | None
    normed: Normed
    state: State
    since: datetime
    reason: Reason
    explanation: Explanation
    detail: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Cause:
    """Rejected or held results that share a reason."""

    state: State
    reason: Reason
    explanation: Explanation
    details: tuple[str, ...]
    """Fault codes that came with it."""
    keys: tuple[ResultKey, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Course:
    """One result and everything that happened to it, oldest first."""

    row: ResultRow
    steps: tuple[tuple[Step, Explanation], ...]


def rows_of(
    entries: Iterable[Entry], register: Register, catalogue: Catalogue, wanted: Wanted = ALL
) -> tuple[ResultRow, ...]:
    """Return the rows that are wanted, the newest test date first, then by name."""
    make = row_maker(register, catalogue)
    groups = {pupil.id: pupil.group for pupil in register.pupils}
    found = []
    for entry in entries:
        if wanted.states and entry.state not in wanted.states:
            continue
        if wanted.reason is not None and entry.reason is not wanted.reason:
            continue
        if wanted.pupil and entry.result.pupil != wanted.pupil:
            continue
        if wanted.group and groups.get(entry.result.pupil) != wanted.group:
            continue
        row = make(entry)
        if wanted.text.casefold() in f"{row.name}\n{row.test_name}\n{row.test}".casefold():
            found.append(row)
    found.sort(key=lambda row: (-row.taken.toordinal(), row.name, row.test, row.part))
    return tuple(found)


def row_maker(register: Register, catalogue: Catalogue) -> Callable[[Entry], ResultRow]:
    """Return what makes a row of an entry of this school."""
    pupils = {pupil.id: pupil for pupil in register.pupils}
    groups = {group.id: group.name for group in register.groups}

    def make(entry: Entry) -> ResultRow:
        result = entry.result
        pupil = pupils.get(result.pupil)
        test = catalogue.find(result.test, result.version)
        return ResultRow(
            key=entry.key,
            pupil=result.pupil,
            name=pupil.name.listed if pupil else result.pupil,
            group=groups.get(pupil.group, "") if pupil and pupil.group else "",
            test=result.test,
            test_name=test.name if test else result.test,
            version=result.version,
            part=result.part,
            taken=result.taken,
            raw=result.raw,
            normed=result.normed,
            state=entry.state,
            since=entry.last.at,
            reason=entry.reason,
            explanation=explain(entry.reason),
            detail=entry.last.detail,
        )

    return make


def causes_of(entries: Iterable[Entry]) -> tuple[Cause, ...]:
    """Group what was rejected or held by its reason: another child first, then rejected, then the largest group."""
    grouped: dict[tuple[State, Reason], list[Entry]] = {}
    for entry in entries:
        if entry.state in (State.REJECTED, State.HELD):
            grouped.setdefault((entry.state, entry.reason), []).append(entry)
    found = [
        Cause(
            state=state,
            reason=reason,
            explanation=explain(reason),
            details=tuple(sorted({entry.last.detail for entry in members if entry.last.detail})),
            keys=tuple(entry.key for entry in members),
        )
        for (state, reason), members in grouped.items()
    ]
    return tuple(sorted(found, key=_urgency))


def _urgency(cause: Cause) -> tuple[bool, bool, int, Reason]:
    return (cause.reason is not Reason.OTHER_CHILD, cause.state is not State.REJECTED, -len(cause.keys), cause.reason)
