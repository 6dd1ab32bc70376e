"""When a key is not believed: it may be that of another child by now (a merger, a twin typed over, keys exchanged)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from core.importing.matching.comparisons import Comparison, Standing
from core.importing.matching.engine import Pairs
from core.importing.matching.outcome import Field

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Bools = NDArray[np.bool_]

FAR = 8.0
"""Bits by which another record must be more alike before a key is doubted."""
MANY, SOME = 0.1, 3
"""From this part, and this number, of all keys doubted on, the keys of the school say little."""
OUT = -1e6
"""The weight of who is no longer in the competition."""


def doubted(pairs: Pairs, comparisons: Sequence[Comparison], claimed: Bools, by_a_person: Bools) -> Bools:
    """Return which recognised pairs are perhaps two people.

    Of a key, another name is enough together with anything else that is not equal, and another first name by itself.
    What a person linked may be called otherwise (`by_a_person`). When many keys are those of others, none is followed
    where any name or date is another.
    """
    facts = _Facts(pairs, comparisons)
    doubt: Bools = claimed & (facts.changed | _outdone(pairs) | (facts.perhaps_another & ~by_a_person))
    if doubt.sum() >= max(SOME, MANY * claimed.sum()):
        doubt |= claimed & facts.anything_else & ~by_a_person
    return doubt


def instead(pairs: Pairs, doubt: Bools) -> Bools:
    """Return which pairs are likely by themselves, and far likelier than the one that is doubted of the same record."""
    likeness, threshold = _likeness(pairs), np.full(int(pairs.cols.max(initial=-1)) + 1, -OUT)
    np.minimum.at(threshold, pairs.cols[doubt], likeness[doubt] + FAR)
    found: Bools = (likeness > threshold[pairs.cols]) & (likeness + pairs.prior > 0)
    return found


def second_equal(pairs: Pairs, comparisons: Sequence[Comparison]) -> Bools:
    """Return for which pairs the birth date, of teachers the address, is equal; of groups nothing is asked here."""
    facts = _Facts(pairs, comparisons)
    if facts.second not in pairs.levels:
        return np.ones(len(pairs.rows), dtype=bool)
    return facts.at(facts.second, Standing.SAME)


class _Facts:
    """How far apart the names, and what else identifies a person, are in each pair."""

    def __init__(self, pairs: Pairs, comparisons: Sequence[Comparison]) -> None:
        self._pairs = pairs
        self._standing = {c.field: np.array([level.standing.value for level in c.levels]) for c in comparisons}
        other = Standing.OTHER
        self._surname = self.at(Field.SURNAME, other)
        unknown = self.at(Field.FIRST_NAME, Standing.UNKNOWN)
        self._first = self.at(Field.FIRST_NAME, other) | (unknown & self.at(Field.INITIALS, other))
        self._another = self._first | self._well_known(comparisons)
        swapped = pairs.weights.get(Field.NAME, np.zeros(len(pairs.rows))) > 0
        self._both = self._surname & self._first & ~(swapped & self.at(Field.BORN, Standing.SAME))
        self.second = Field.BORN if Field.BORN in pairs.levels else Field.EMAIL

    @property
    def changed(self) -> Bools:
        """Name and birth date, of a teacher name and address, are both another."""
        second_differs = self.at(self.second, Standing.OTHER, Standing.CLOSE)
        found: Bools = ((self._surname | self._first) & second_differs) | (
            self._both & self.at(self.second, Standing.UNKNOWN)
        )
        return found

    @property
    def perhaps_another(self) -> Bools:
        """The names alone are another's; of a pupil the first name, or either name without an equal birth date."""
        if self.second is Field.EMAIL:
            return self._both
        either = (self._surname | self._another) & ~self.at(Field.BORN, Standing.SAME)
        found: Bools = self._both | (self._first & ~self._surname) | either
        return found

    @property
    def anything_else(self) -> Bools:
        """Surname, first name or birth date is another."""
        found: Bools = self._surname | self._another | self.at(Field.BORN, Standing.OTHER)
        return found

    def _well_known(self, comparisons: Sequence[Comparison]) -> Bools:
        """Return where the first names are alike but each a name of its own: Mila and Milan."""
        found = np.zeros(len(self._pairs.rows), dtype=bool)
        for comparison in comparisons:
            if comparison.field is Field.FIRST_NAME:
                found |= self._pairs.levels[Field.FIRST_NAME] == comparison.number("andere naam")
        return found

    def at(self, name: Field, *values: Standing) -> Bools:
        """Return in which pairs a field stands so; nowhere when it was not compared."""
        if name not in self._pairs.levels:
            return np.zeros(len(self._pairs.rows), dtype=bool)
        wanted: Bools = np.isin(self._standing[name][self._pairs.levels[name]], [value.value for value in values])
        return wanted


def _outdone(pairs: Pairs) -> Bools:
    """Return for which pairs another existing record is far more alike: two children may have each other's key."""
    likeness = _likeness(pairs)
    best = np.full(int(pairs.rows.max(initial=-1)) + 1, OUT)
    np.maximum.at(best, pairs.rows, likeness)
    outdone: Bools = best[pairs.rows] > likeness + FAR
    return outdone


def _likeness(pairs: Pairs) -> NDArray[np.float64]:
    """Return the weight of each pair without that of recognition."""
    bits = np.round(pairs.bits, 6)
    found: NDArray[np.float64] = bits - pairs.weights.get(Field.KNOWN, np.zeros(len(bits)))
    return found
