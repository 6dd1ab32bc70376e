"""One to one: how likely each candidate pair is, given that nobody can be two people.

The pairs form a graph; belief propagation on matchings of that graph (the monomer-dimer model of statistical physics;
Huang & Jebara, 2009, for records) gives for each pair the share of all one-to-one pairings that contain it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Ints = NDArray[np.intp]
    Floats = NDArray[np.float64]

_MOST_BITS = 40.0
"""Beyond this a pair is certain; more would only cost digits."""


def posteriors(rows: Ints, cols: Ints, bits: Floats, shape: tuple[int, int], rounds: int = 60) -> Floats:
    """Return for each candidate pair the probability, 0..1, that it is a true pair.

    `bits` is log2 of the odds of the pair against both being alone. Per row and per column the probabilities sum to
    at most one.
    """
    odds = np.exp2(np.clip(bits, -_MOST_BITS, _MOST_BITS))
    from_row = np.ones_like(odds)
    from_col = np.ones_like(odds)
    for _round in range(rounds):
        into_row = odds * from_col
        row_sums = np.bincount(rows, into_row, shape[0])[rows]
        new_row = 1.0 / (1.0 + np.maximum(row_sums - into_row, 0.0))
        into_col = odds * new_row
        col_sums = np.bincount(cols, into_col, shape[1])[cols]
        new_col = 1.0 / (1.0 + np.maximum(col_sums - into_col, 0.0))
        # The geometric mean with the last round keeps cycles of equals from swinging.
        new_row, new_col = np.sqrt(new_row * from_row), np.sqrt(new_col * from_col)
        moved = max(np.abs(new_row - from_row).max(initial=0.0), np.abs(new_col - from_col).max(initial=0.0))
        from_row, from_col = new_row, new_col
        if moved < 1e-9:
            break
    belief = odds * from_row * from_col
    return _at_most_one(rows, cols, belief / (1.0 + belief), shape)


def _at_most_one(rows: Ints, cols: Ints, chance: Floats, shape: tuple[int, int]) -> Floats:
    """Scale down where a graph with cycles made the beliefs of a row or column sum to more than one."""
    for ends, size in ((rows, shape[0]), (cols, shape[1])):
        sums = np.bincount(ends, chance, size)
        chance = chance / np.maximum(sums, 1.0)[ends]
    return chance


def one_to_one(rows: Ints, cols: Ints, chance: Floats) -> NDArray[np.bool_]:
    """Return which pairs are picked when the likeliest go first and nobody is picked twice."""
    picked = np.zeros(len(rows), dtype=bool)
    used_rows: set[int] = set()
    used_cols: set[int] = set()
    for pair in np.lexsort((cols, rows, -np.round(chance, 9))):
        row, col = int(rows[pair]), int(cols[pair])
        if row not in used_rows and col not in used_cols:
            picked[pair] = True
            used_rows.add(row)
            used_cols.add(col)
    return picked
