"""What each level of agreement weighs: how often true pairs stand there, against how often chance puts a pair there.

Chance is counted over all pairs of the school, per value where that matters (a common surname says less than a rare
one). How true pairs behave is learnt from the records themselves, without labels (EM, Winkler 1988), from a start that
comes with the comparison.
"""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from typing import TYPE_CHECKING

import numpy as np

from core.importing.matching.comparisons import Comparison, Standing

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from core.importing.matching.comparisons import Table

    Ints = NDArray[np.intp]
    Floats = NDArray[np.float64]

_SHRINK = 200.0
"""How many records' worth of the average chance is mixed into the chance of one value."""
_BELIEVED = 2000.0
"""For how many pairs the least chance of a level counts."""
_START = 30.0
"""How many true pairs' worth the starting shares count for in EM."""


class Scale:
    """One comparison on two sides: levels of all pairs, and what each level weighs in bits."""

    def __init__(self, comparison: Comparison, here: Sequence[Hashable], there: Sequence[Hashable]) -> None:
        self.comparison = comparison
        values_here, self.here = _unique(here)
        values_there, self.there = _unique(there)
        self.table: Table = comparison.table(values_here, values_there)
        self._n_here, self._n_there = len(here), len(there)
        count_here = np.bincount(self.here, minlength=len(values_here)).astype(np.float64)
        count_there = np.bincount(self.there, minlength=len(values_there)).astype(np.float64)
        levels = comparison.levels
        # Nearly all values differ: only the rest is looked at one by one.
        differ = len(levels) - 2
        flat = np.flatnonzero(self.table.ravel() != differ)
        self._rows, self._cols = np.divmod(flat, max(len(values_there), 1))
        self._levels = self.table.ravel()[flat]
        self._near_here = np.zeros((len(levels), len(values_here)))
        self._near_there = np.zeros((len(levels), len(values_there)))
        for number in (*range(differ), comparison.unknown):
            at_level = self._levels == number
            rows, cols = self._rows[at_level], self._cols[at_level]
            self._near_here[number] = np.bincount(rows, count_there[cols], len(values_here))
            self._near_there[number] = np.bincount(cols, count_here[rows], len(values_there))
        self._pairs = self._near_here @ count_here
        self._pairs[differ] = self._n_here * self._n_there - self._pairs.sum()
        self._pairs[-1] = 0.0
        self._known = float(self._pairs.sum())
        self.m: Floats = np.array([max(level.m, 1e-4) for level in levels])
        self._start = self.m.copy()
        self.expect(min(self._n_here, self._n_there) * 0.8)

    def expect(self, true_pairs: float) -> None:
        """Take the chance of each level over all pairs but the true ones, of which there are about so many."""
        levels = self.comparison.levels
        known_true = true_pairs * min(1.0, self._known / max(1.0, self._n_here * self._n_there))
        others = max(self._known - known_true, 1.0)
        least = np.array([level.u for level in levels])
        # Few pairs show little of chance: what we believe at least counts for some thousands of them.
        by_chance = np.maximum(self._pairs - known_true * self.m, 0.0) + _BELIEVED * least
        average = np.maximum(by_chance / (others + _BELIEVED), least)
        average[-1] = 1.0
        self.log_u = np.log2(average)
        self._log_u_here = np.repeat(self.log_u[:, None], self._near_here.shape[1], axis=1)
        self._log_u_there = np.repeat(self.log_u[:, None], self._near_there.shape[1], axis=1)
        for number, level in enumerate(levels):
            if level.by_value:
                mixed = _SHRINK * average[number]
                here = (np.maximum(self._near_here[number] - 1, 0) + mixed) / (self._n_there + _SHRINK)
                there = (np.maximum(self._near_there[number] - 1, 0) + mixed) / (self._n_here + _SHRINK)
                self._log_u_here[number] = np.log2(np.maximum(here, level.u))
                self._log_u_there[number] = np.log2(np.maximum(there, level.u))

    def whole(self) -> NDArray[np.float32]:
        """Return the weight in bits of every unique value against every other."""
        weigh = (np.log2(self.m) - self.log_u).astype(np.float32)
        weights = self._bounded(weigh)[self.table]
        for number, level in enumerate(self.comparison.levels):
            if level.by_value:
                at_level = self._levels == number
                rows, cols = self._rows[at_level], self._cols[at_level]
                chance = np.maximum(self._log_u_here[number, rows], self._log_u_there[number, cols])
                bits = np.log2(self.m[number]) - chance
                weights[rows, cols] = np.maximum(bits, 0.0) if level.standing is Standing.SAME else bits
        return weights

    def levels_of(self, rows: Ints, cols: Ints) -> Table:
        """Return the level of each pair of records."""
        return self.table[self.here[rows], self.there[cols]]

    def weights_of(self, rows: Ints, cols: Ints, levels: Table) -> Floats:
        """Return the weight in bits of each pair of records that stands at these levels."""
        chance = np.maximum(self._log_u_here[levels, self.here[rows]], self._log_u_there[levels, self.there[cols]])
        bits = np.log2(self.m)[levels] - chance
        standing = np.array([level.standing is Standing.SAME for level in self.comparison.levels])[levels]
        against = np.array([level.standing is Standing.OTHER for level in self.comparison.levels])[levels]
        bits = np.where(standing, np.maximum(bits, 0.0), np.where(against, np.minimum(bits, 0.0), bits))
        return np.where(levels == self.comparison.unknown, 0.0, bits)

    def learn(self, levels: Table, chance: Floats) -> None:
        """Take from pairs, each true with a chance, how true pairs behave in this field."""
        size = len(self.comparison.levels)
        seen = np.bincount(levels, chance, size)[:-1]
        start = self._start[:-1]
        learnt = (seen + _START * start) / (seen.sum() + _START)
        # A clean school teaches that mistakes are rare, not that they never happen.
        self.m[:-1] = np.maximum(learnt, start / 4)

    def _bounded(self, weigh: NDArray[np.float32]) -> NDArray[np.float32]:
        for number, level in enumerate(self.comparison.levels):
            if level.standing is Standing.SAME:
                weigh[number] = max(weigh[number], 0.0)
            elif level.standing is Standing.OTHER:
                weigh[number] = min(weigh[number], 0.0)
        weigh[-1] = 0.0
        return weigh


def _unique(values: Sequence[Hashable]) -> tuple[list[Hashable], Ints]:
    """Return the distinct values and for each record which one it has."""
    numbers: dict[Hashable, int] = {}
    index = np.fromiter((numbers.setdefault(value, len(numbers)) for value in values), dtype=np.intp, count=len(values))
    return list(numbers), index
