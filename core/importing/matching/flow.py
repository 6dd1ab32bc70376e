"""Group flow: where a group's other pupils went says where this one should be found."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    Ints = NDArray[np.intp]
    Floats = NDArray[np.float64]

_DOUBT = 1.5
"""How many pupils' worth of doubt is mixed into what the others did."""
_MOST, _LEAST = 5.0, -4.0
"""Bits beyond which a group says nothing more."""


class Flow:
    """The groups of both sides, and which pupils of the one are thought to be which of the other."""

    def __init__(self, here: Sequence[str], there: Sequence[str]) -> None:
        self._here, groups_here = _numbered(here)
        self._there, groups_there = _numbered(there)
        self._shape = groups_here, groups_there
        sizes = np.bincount(self._there[self._there >= 0], minlength=groups_there) + 1.0
        self._share = sizes / sizes.sum()
        self.known = groups_here > 0 and groups_there > 0

    def weights(self, rows: Ints, cols: Ints, chance: Floats, year: Floats) -> tuple[Floats, Floats]:
        """Return for each pair the weight in bits of its groups, and with how many others it went along.

        Each pair is weighed by what the *other* pairs did, so that nobody vouches for himself. `year` is what the year
        groups of each pair weigh: what they said is not said again.
        """
        group_here, group_there = self._here[rows], self._there[cols]
        known = (group_here >= 0) & (group_there >= 0)
        if not known.any():
            return np.zeros(len(rows)), np.zeros(len(rows))
        cell = np.where(known, group_here * self._shape[1] + group_there, 0)
        sure = np.where(known, chance, 0.0)
        moved = np.bincount(cell, sure, self._shape[0] * self._shape[1])[cell] - sure
        left = np.bincount(np.where(known, group_here, 0), sure, self._shape[0])[group_here] - sure
        share = np.minimum(self._share[group_there] * np.exp2(np.clip(year, _LEAST, _MOST)), 0.9)
        bits = np.clip(np.log2((moved + _DOUBT * share) / (left + _DOUBT) / share), _LEAST, _MOST)
        # Who jumps a year leaves his group: that has been counted.
        bits = np.where((year < -1) & (bits < 0), 0.0, bits)
        return np.where(known, bits, 0.0), np.where(known, moved, 0.0)


def _numbered(labels: Sequence[str]) -> tuple[Ints, int]:
    numbers: dict[str, int] = {}
    index = [numbers.setdefault(label, len(numbers)) if label else -1 for label in labels]
    return np.array(index, dtype=np.intp), len(numbers)
