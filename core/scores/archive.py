"""Results of school years that are over, in a file per year beside the ledger, so that the ledger of every night stays small.

Only what is at rest is put away. The ledger notes under which ParnasSys keys it stands: when one of those turns out to be
another child's, its results come back. A result in both files, after a kill or when it came back, is as the ledger says.
The date of a numbered sitting may be corrected into another year: what is put away is taken out of the years before.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass, replace

from core.model import LasKey, PupilId, SchoolYear
from core.ports import Document
from core.scores.ledger import Entry, Ledger, PutAway, State
from core.scores.message import ResultKey
from core.scores.results import Result, year_of
from core.scores.selection import Sender, stand_with_another_child

AT_REST = frozenset({State.CONFIRMED, State.EXPIRED})
"""Nothing happens any more to results in these states, but what a person or a link that was put right does to them."""


@dataclass(frozen=True, slots=True)
class Archive:
    """The years of one school that are put away. `year` gives the file of a school year."""

    year: Callable[[SchoolYear], Document[Ledger]]

    def entries(self, ledger: Ledger, years: Iterable[SchoolYear] | None = None) -> Iterator[Entry]:
        """Yield what is put away of these years, or of all, without what the ledger itself has."""
        for year in sorted(set(ledger.put_away.years) & set(ledger.put_away.years if years is None else years)):
            yield from (entry for entry in self.year(year).read() if entry.key not in ledger.entries)

    def put_away(self, ledger: Ledger, present: SchoolYear) -> Ledger:
        """Return the ledger without what is at rest of school years before the present one.

        That is in the files of those years when this returns; killed before the ledger is stored, it is done again.
        """
        closed: dict[SchoolYear, list[Entry]] = {}
        for entry in ledger:
            if entry.state in AT_REST and (year := year_of(entry.result.taken)) < present:
                closed.setdefault(year, []).append(entry)
        if not closed:
            return ledger
        gone = [entry for entries in closed.values() for entry in entries]
        moved = [entry.key for entry in gone if entry.result.sitting]
        for year in {*closed, *(ledger.put_away.years if moved else ())}:
            with self.year(year).edit() as draft:
                draft.value = draft.value.without(moved).with_entries(closed.get(year, ()))
        return replace(ledger.without(entry.key for entry in gone), put_away=_noted(ledger, closed, gone))

    def with_known(self, ledger: Ledger, results: Iterable[tuple[ResultKey, Result]]) -> Ledger:
        """Return the ledger with what is put away of these very results: they are read in once more."""
        keys = {key: result for key, result in results if key not in ledger.entries}
        numbered = any(result.sitting for result in keys.values())
        years = ledger.put_away.years if numbered else {year_of(result.taken) for result in keys.values()}
        return ledger.with_entries(e for e in self.entries(ledger, years) if e.key in keys) if years else ledger

    def with_suspects(self, ledger: Ledger, sender: Sender) -> Ledger:
        """Return the ledger with the results of pupils of which one that is put away may stand with another child."""
        away = ledger.put_away
        suspects = {pupil for pupil, keys in away.keys.items() if stand_with_another_child(pupil, keys, sender)}
        if not suspects:
            return ledger
        found = [entry for entry in self.entries(ledger) if entry.result.pupil in suspects]
        keys = {pupil: () if pupil in suspects else keys for pupil, keys in away.keys.items()}
        return replace(ledger.with_entries(found), put_away=replace(away, keys=keys))

    def forget(self, ledger: Ledger, pupils: Collection[PupilId]) -> Ledger:
        """Delete what is put away of these pupils, and return the ledger without a note of it."""
        left = (year_of(entry.result.taken) for entry in ledger if entry.result.pupil in pupils)
        for year in {*ledger.put_away.years, *left}:
            with self.year(year).edit() as draft:
                draft.value = draft.value.without(e.key for e in draft.value if e.result.pupil in pupils)
        keys = {pupil: keys for pupil, keys in ledger.put_away.keys.items() if pupil not in pupils}
        return replace(ledger, put_away=replace(ledger.put_away, keys=keys))


def _noted(ledger: Ledger, years: Iterable[SchoolYear], gone: Iterable[Entry]) -> PutAway:
    keys: dict[PupilId, tuple[LasKey, ...]] = dict(ledger.put_away.keys)
    for entry in gone:
        known = keys.get(entry.result.pupil, ())
        keys[entry.result.pupil] = tuple(dict.fromkeys((*known, *entry.stands_under)))
    return PutAway(
        years=tuple(sorted({*ledger.put_away.years, *years})), keys=keys, first_confirmed=ledger.first_confirmed
    )
