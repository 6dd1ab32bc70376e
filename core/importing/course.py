"""What the log of a review adds up to: a pure fold, entry by entry, the same for everybody who reads it.

- The last act about a row that was not taken back is what counts.
- Undo and redo are per person: nobody takes back somebody else's work.
- An act of somebody who had not seen a colleague's act about the same row does not overwrite it. It is set aside as
  overtaken and stays in sight until somebody who has seen it decides about that row again.
- An act of somebody who had not seen that newer data made a row somebody else's is not applied to that row.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import assert_never

from core.importing.decisions import (
    Choose,
    Closed,
    Decision,
    GiveEmail,
    Lift,
    NotSame,
    Place,
    Redo,
    Refreshed,
    RowKey,
    Step,
    Undo,
)

_Slot = tuple[RowKey, str]
"""What one act overwrites of another: the place of a row, its e-mail address, or one pair that is not the same."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """A step that was taken, with its place in the log."""

    step: Step
    decision: str
    by: str
    at: datetime
    entry: int
    seen: int
    """How much of the log its author had seen."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Overtaken:
    """A step that came after a colleague's act that its author had not seen: kept in sight, not applied."""

    claim: Claim
    winner: Claim | None
    """What counts instead; None when the colleague took something back."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Lapsed:
    """A decision that no longer applied after a refresh."""

    claim: Claim
    revision: int


class Course:
    """The state of a review's decisions after the entries applied so far."""

    def __init__(self, entries: Iterable[Decision] = ()) -> None:
        self.entries = 0
        """How many entries of the log are in here."""
        self.revision = 0
        """Of the last refresh in the log; 0 = none."""
        self.closed: tuple[Decision, Closed] | None = None
        self.late: list[Decision] = []
        """Entries that came after the review was closed, or were not counted when it was."""
        self.lapsed: list[Lapsed] = []
        self.overtaken: dict[RowKey, tuple[Overtaken, ...]] = {}
        """What still waits to be settled, per row, oldest first."""
        self.last_of: dict[str, tuple[datetime, RowKey | None]] = {}
        """Per person when they last did something, and in which row."""
        self._claims: dict[_Slot, list[Claim]] = defaultdict(list)
        self._touched: dict[_Slot, int] = {}
        self._renewed: dict[RowKey, tuple[int, int]] = {}
        """Rows whose decisions lapsed: at which entry, and with which revision."""
        self._rows: dict[RowKey, set[str]] = defaultdict(set)
        self._slots_of: dict[str, tuple[_Slot, ...]] = {}
        self._undone: set[str] = set()
        self._undo: dict[str, list[str]] = defaultdict(list)
        self._redo: dict[str, list[str]] = defaultdict(list)
        self._choices: list[tuple[int, Decision]] = []
        for entry in entries:
            self.apply(entry)

    def apply(self, entry: Decision) -> frozenset[RowKey]:
        """Take in the next entry of the log; return the rows that may look different now."""
        number = self.entries
        self.entries += 1
        if self.closed is not None:
            self.late.append(entry)
            return frozenset()
        match entry.what:
            case Choose() as choose:
                self._choices.append((number, entry))
                return self._choose(entry, choose, number)
            case Undo(of=of):
                return self._switch(entry, of, number, undone=True)
            case Redo(of=of):
                return self._switch(entry, of, number, undone=False)
            case Refreshed() as refreshed:
                self.revision = refreshed.revision
                return self._lapse(refreshed, number)
            case Closed() as closed:
                self.closed = (entry, closed)
                self.late.extend(choice for at, choice in self._choices if at >= closed.counted)
                return frozenset()
            case _:
                assert_never(entry.what)

    def place(self, key: RowKey) -> Claim | None:
        """Return the act that put this row where it is; None = nobody decided."""
        claim = self._current((key, "place"))
        return claim if claim and isinstance(claim.step, Place) else None

    def lifted(self, key: RowKey) -> bool:
        """Whether somebody let this row stand as matching proposes it."""
        claim = self._current((key, "place"))
        return claim is not None and isinstance(claim.step, Lift)

    def before(self, key: RowKey, decision: str) -> Step | None:
        """Return the step that put this row where it was before `decision`; None = nobody had decided."""
        earlier = True
        for claim in reversed(self._claims.get((key, "place"), ())):
            if claim.decision == decision:
                earlier = False
            elif not earlier and claim.decision not in self._undone:
                return claim.step
        return None

    def renewed_since(self, key: RowKey, seen: int) -> bool:
        """Whether newer data made this row somebody else's after entry `seen` of the log."""
        return key in self._renewed and self._renewed[key][0] >= seen

    def email(self, key: RowKey) -> Claim | None:
        """Return the act that gave this teacher an e-mail address."""
        return self._current((key, "email"))

    def not_same(self, key: RowKey) -> dict[str, Claim]:
        """Return the existing records that somebody said this row is not."""
        found = {}
        for slot in self._rows.get(key, ()):
            if slot.startswith("not:") and (claim := self._current((key, slot))):
                found[slot.removeprefix("not:")] = claim
        return found

    def rows(self) -> Iterable[RowKey]:
        """Return the rows that somebody ever decided about."""
        return self._rows.keys()

    def undoable(self, by: str) -> str | None:
        """Return the decision this person would take back, or None."""
        return self._undo[by][-1] if self._undo[by] else None

    def redoable(self, by: str) -> str | None:
        """Return the decision this person would do again, or None."""
        return self._redo[by][-1] if self._redo[by] else None

    def rows_of(self, decision: str) -> tuple[RowKey, ...]:
        """Return the rows a decision changed."""
        return tuple(dict.fromkeys(key for key, _slot in self._slots_of.get(decision, ())))

    def _choose(self, entry: Decision, choose: Choose, number: int) -> frozenset[RowKey]:
        applied: list[_Slot] = []
        touched: set[RowKey] = set()
        for step in choose.steps:
            slot = (step.key, _slot_of(step))
            claim = Claim(step=step, decision=entry.id, by=entry.by, at=entry.at, entry=number, seen=entry.seen)
            current = self._current(slot)
            touched.add(step.key)
            if self.renewed_since(step.key, entry.seen):
                self.lapsed.append(Lapsed(claim=claim, revision=self._renewed[step.key][1]))
                continue
            unseen = entry.seen <= self._touched.get(slot, -1) < number
            if unseen and (current is None or current.step != step):
                waiting = self.overtaken.get(step.key, ())
                self.overtaken[step.key] = (*waiting, Overtaken(claim=claim, winner=current))
                continue
            self._claims[slot].append(claim)
            self._touched[slot] = number
            self._rows[step.key].add(slot[1])
            applied.append(slot)
            self._settle(step.key, entry.seen)
        if applied:
            self._slots_of[entry.id] = tuple(applied)
            self._undo[entry.by].append(entry.id)
            self._redo[entry.by].clear()
        self.last_of[entry.by] = (entry.at, choose.steps[-1].key if choose.steps else None)
        return frozenset(touched)

    def _settle(self, key: RowKey, seen: int) -> None:
        waiting = tuple(one for one in self.overtaken.pop(key, ()) if one.claim.entry >= seen)
        if waiting:
            self.overtaken[key] = waiting

    def _switch(self, entry: Decision, of: str, number: int, *, undone: bool) -> frozenset[RowKey]:
        stack, other = (self._undo, self._redo) if undone else (self._redo, self._undo)
        if of not in stack[entry.by]:
            return frozenset()
        stack[entry.by].remove(of)
        other[entry.by].append(of)
        before = {slot: self._current(slot) for slot in self._slots_of[of]}
        (self._undone.add if undone else self._undone.discard)(of)
        for slot, claim in before.items():
            if self._current(slot) != claim:
                self._touched[slot] = number
        rows = self.rows_of(of)
        self.last_of[entry.by] = (entry.at, rows[-1] if rows else None)
        return frozenset(rows)

    def _lapse(self, refreshed: Refreshed, number: int) -> frozenset[RowKey]:
        for key in refreshed.lapse:
            self._renewed[key] = number, refreshed.revision
            for slot in sorted(self._rows.pop(key, ())):
                if claim := self._current((key, slot)):
                    self.lapsed.append(Lapsed(claim=claim, revision=refreshed.revision))
                self._claims.pop((key, slot), None)
            self.overtaken.pop(key, None)
        return frozenset(refreshed.lapse)

    def _current(self, slot: _Slot) -> Claim | None:
        for claim in reversed(self._claims.get(slot, ())):
            if claim.decision not in self._undone:
                return claim
        return None


def _slot_of(step: Step) -> str:
    match step:
        case Place() | Lift():
            return "place"
        case GiveEmail():
            return "email"
        case NotSame(existing=existing):
            return f"not:{existing}"
        case _:
            assert_never(step)
