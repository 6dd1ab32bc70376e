"""First and last names typed in each other's place."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
from rapidfuzz.distance import JaroWinkler
from rapidfuzz.process import cdist

from core.importing.matching.comparisons import Comparison, Standing
from core.importing.matching.engine import Extra, Pairs
from core.importing.matching.names import Surname, read_surname
from core.importing.matching.outcome import Field
from core.importing.matching.spelling import sound

Names = tuple[Sequence[str], Sequence[Surname]]
"""Of one side the call names as written, and the surnames."""

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Texts = NDArray[np.str_]

_BITS = 8.5
"""First and last name crosswise alike: rare among true pairs (1 in 300), hardly ever chance (1 in 100,000)."""
_ALIKE, _TOGETHER = 0.8, 1.72
"""Jaro-Winkler likeness, of how names sound, from which they count as alike: either way, and both ways together."""


class Crosswise:
    """The pairs of people whose first and last names are alike crosswise."""

    def __init__(self, here: Names, there: Names) -> None:
        self._columns = max(len(there[0]), 1)
        self.pairs: list[tuple[int, int]] = _find(here, there) if here[0] and there[0] else []
        """Row and column of each."""

    def weight(self, pairs: Pairs, comparisons: Sequence[Comparison]) -> Extra:
        """Return the weight of being swapped, instead of what the separate names say.

        Only where the names are not alike as they stand: somebody called Jan Jan is not swapped.
        """
        places = np.array([row * self._columns + col for row, col in self.pairs], dtype=np.intp)
        swapped = np.isin(pairs.rows * self._columns + pairs.cols, places)
        alike = np.ones(len(pairs.rows), dtype=bool)
        for comparison in comparisons:
            if comparison.field in (Field.SURNAME, Field.FIRST_NAME):
                agreeing = [level.standing in (Standing.SAME, Standing.CLOSE) for level in comparison.levels]
                alike &= np.array(agreeing)[pairs.levels[comparison.field]]
        bits = np.where(swapped & ~alike, _BITS, 0.0)
        return Extra(Field.NAME, "verwisseld", bits, silences=(Field.SURNAME, Field.FIRST_NAME, Field.INITIALS))


def _find(here: Names, there: Names) -> list[tuple[int, int]]:
    first_here, last_here = _both(here)
    first_there, last_there = _both(there)
    firsts, first_of = np.unique(first_here, return_inverse=True)
    lasts, last_of = np.unique(last_there, return_inverse=True)
    likeness = cdist(firsts.tolist(), lasts.tolist(), scorer=JaroWinkler.similarity, score_cutoff=_ALIKE)
    likeness *= np.logical_and.outer(firsts != "", lasts != "")
    rows_of = [np.flatnonzero(first_of == first).tolist() for first in range(len(firsts))]
    cols_of = [np.flatnonzero(last_of == last).tolist() for last in range(len(lasts))]
    found = []
    for first, last in np.argwhere(likeness).tolist():
        wanted = max(_ALIKE, _TOGETHER - float(likeness[first, last]))
        for row in rows_of[first]:
            for col in cols_of[last]:
                if JaroWinkler.similarity(str(last_here[row]), str(first_there[col])) >= wanted:
                    found.append((row, col))
    return sorted(found)


def _both(side: Names) -> tuple[Texts, Texts]:
    """Return how the first and last names sound, the first one read as if it were a surname: without particles."""
    first = [sound(read_surname("", call_name).core) for call_name in side[0]]
    last = [surname.sound for surname in side[1]]
    return np.array(first, dtype=np.str_), np.array(last, dtype=np.str_)
