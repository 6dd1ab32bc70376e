"""Every result of a school and the state it is in (workflow.md §4).

UWLR answers a whole message with one confirmation or one fault, so what happened to each result is kept here: written
before a message leaves and again after its answer.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum

from core.errors import RefusedByState
from core.language import N_, _
from core.model import LasKey, PupilId, SchoolYear
from core.scores.message import ResultKey
from core.scores.reasons import Reason
from core.scores.results import Result


class State(StrEnum):
    """Where a result is."""

    WAITING = N_("wacht")
    HELD = N_("ingehouden")
    UNDERWAY = N_("onderweg")
    UNKNOWN = N_("onbekend")
    CONFIRMED = N_("bevestigd")
    REJECTED = N_("afgekeurd")
    CORRECTED = N_("gecorrigeerd")
    EXPIRED = N_("vervallen")


MOVES: dict[State, frozenset[State]] = {
    State.WAITING: frozenset({State.HELD, State.UNDERWAY, State.EXPIRED}),
    State.HELD: frozenset({State.WAITING, State.EXPIRED}),
    State.UNDERWAY: frozenset({State.UNKNOWN, State.CONFIRMED, State.REJECTED, State.CORRECTED, State.WAITING}),
    State.UNKNOWN: frozenset({State.UNDERWAY, State.CORRECTED, State.HELD, State.EXPIRED}),
    State.CONFIRMED: frozenset({State.CORRECTED, State.HELD}),
    State.REJECTED: frozenset({State.WAITING, State.HELD, State.EXPIRED}),
    State.CORRECTED: frozenset({State.UNDERWAY, State.HELD, State.EXPIRED}),
    State.EXPIRED: frozenset({State.WAITING, State.HELD}),
}
"""From a state to the states that may follow it."""

TO_SEND = frozenset({State.WAITING, State.UNKNOWN, State.CORRECTED})
"""What the next message may carry. A new run makes what it finds `onderweg` first `onbekend`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One thing that happened to a result."""

    at: datetime
    to: State
    reason: Reason = Reason.NONE
    detail: str = ""
    """A fault code, a file name; never a name of a person."""
    by: str = ""
    """The person who did it; empty = the nightly run."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One result and its course."""

    key: ResultKey
    result: Result
    state: State
    history: tuple[Step, ...]
    """Oldest first; the last one says why the result is where it is."""
    sent_as: LasKey | None = None
    """The ParnasSys key of the pupil that it was sent under last."""
    stands_under: tuple[LasKey, ...] = ()
    """The keys under which a value of it may be in ParnasSys; empty = none arrived, or a person removed it there."""

    def __post_init__(self) -> None:
        """Work out from its course where a result stands of which that was not kept yet; an answer is its third step."""
        if self.sent_as and not self.stands_under and len(self.history) > 2 and _stands(self.history):
            object.__setattr__(self, "stands_under", (self.sent_as,))

    @property
    def last(self) -> Step:
        """The last thing that happened."""
        return self.history[-1]

    @property
    def reason(self) -> Reason:
        """Why it is in this state."""
        return self.history[-1].reason

    @property
    def refusals(self) -> int:
        """How often ParnasSys refused its present value."""
        count = 0
        for step in self.history:
            if step.reason in (Reason.NEW_VALUE, Reason.TRY_AGAIN, Reason.REMOVED):
                count = 0
            count += step.to is State.REJECTED
        return count

    def moved(self, step: Step, sent_as: LasKey | None = None) -> Entry:
        """Return the entry after `step`; RefusedByState when that move is not in the table."""
        if step.to not in MOVES[self.state]:
            raise RefusedByState(
                _("Een resultaat dat {state} is, kan niet {to} worden.").format(
                    state=_(self.state.value), to=_(step.to.value)
                ),
                todo=_("Open de geschiedenis van het resultaat om te zien wat ermee gebeurde."),
            )
        return Entry(
            key=self.key,
            result=self.result,
            state=step.to,
            history=_followed(self.history, step),
            sent_as=sent_as or self.sent_as,
            stands_under=self._stands_after(step),
        )

    def _stands_after(self, step: Step) -> tuple[LasKey, ...]:
        """Return under which keys it may stand in ParnasSys after `step`: one key of ours is one result there."""
        if step.to is State.UNDERWAY:
            return self.stands_under
        sent = (self.sent_as,) if self.sent_as else ()
        if step.to is State.CONFIRMED:
            return sent
        if step.reason is Reason.REMOVED:
            return ()
        if step.to is State.UNKNOWN or (self.state is State.UNDERWAY and step.to is State.CORRECTED):
            return tuple(dict.fromkeys((*self.stands_under, *sent)))
        return self.stands_under

    def noted(self, step: Step) -> Entry:
        """Return the entry with another reason for the state it is in."""
        return replace(self, history=(*self.history, step))


def _stands(history: tuple[Step, ...]) -> bool:
    """Whether a value may have arrived and was not removed since.

    Before `verwijderd` was a step of its own, who had removed it offered it again.
    """
    stands = elsewhere = False
    for step in history:
        if step.to in _MAY_HAVE_ARRIVED:
            stands = True
        elif step.reason is Reason.REMOVED or (elsewhere and step.reason is Reason.TRY_AGAIN):
            stands = False
        elsewhere = step.reason is Reason.OTHER_CHILD
    return stands


_MAY_HAVE_ARRIVED = frozenset({State.UNKNOWN, State.CONFIRMED, State.CORRECTED})


def _followed(history: tuple[Step, ...], step: Step) -> tuple[Step, ...]:
    """Return the history with `step`; of the same attempt over and over only the first and the last stay."""
    again = (*history, step)
    if len(again) < 6:
        return again
    marks = [(known.to, known.reason) for known in again[-6:]]
    if marks[:2] == marks[2:4] == marks[4:]:
        return (*again[:-4], *again[-2:])
    return again


@dataclass(frozen=True, slots=True, kw_only=True)
class Resend:
    """Customer service had the results of an earlier school year sent, at the school's request."""

    year: SchoolYear
    at: datetime
    by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PutAway:
    """What is noted of the results of school years that are over, which are kept apart (`core.scores.archive`)."""

    years: tuple[SchoolYear, ...] = ()
    keys: dict[PupilId, tuple[LasKey, ...]] = field(default_factory=dict)
    """Of every pupil with such results: the ParnasSys keys under which they stand there."""
    first_confirmed: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Ledger:
    """The results of one school: all of the present school year, and of earlier ones what is not at rest."""

    entries: dict[ResultKey, Entry] = field(default_factory=dict)
    """By key, in the order they came in; replaced, never changed in place."""
    last_created: datetime | None = None
    """Creation time (UTC) of the last message that may have left: the next one is strictly later (uwlr.md §1.3)."""
    resends: tuple[Resend, ...] = ()
    put_away: PutAway = PutAway()

    def __iter__(self) -> Iterator[Entry]:
        return iter(self.entries.values())

    def __len__(self) -> int:
        return len(self.entries)

    def with_entries(self, changed: Iterable[Entry]) -> Ledger:
        """Return the ledger with these entries added or replaced."""
        return replace(self, entries={**self.entries, **{entry.key: entry for entry in changed}})

    def without(self, keys: Iterable[ResultKey]) -> Ledger:
        """Return the ledger without these entries."""
        gone = frozenset(keys)
        return replace(self, entries={key: entry for key, entry in self.entries.items() if key not in gone})

    @property
    def first_confirmed(self) -> datetime | None:
        """When ParnasSys confirmed a result first, as far as is kept; None = it never did."""
        confirmed = (entry.last.at for entry in self if entry.state is State.CONFIRMED)
        away = self.put_away.first_confirmed
        return min((*confirmed, *((away,) if away else ())), default=None)

    def counts(self) -> dict[State, int]:
        """How many results are in each state; every state is there."""
        found = Counter(entry.state for entry in self)
        return {state: found[state] for state in State}

    def elsewhere(self) -> tuple[Entry, ...]:
        """Return the results that may stand with another child in ParnasSys and wait for a person."""
        return tuple(entry for entry in self if entry.state is State.HELD and entry.reason is Reason.OTHER_CHILD)

    def may_send_year(self, year: SchoolYear) -> bool:
        """Whether customer service asked to send this earlier school year."""
        return any(resend.year == year for resend in self.resends)
