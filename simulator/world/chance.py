"""Chance that is the same everywhere: one seed per thing, and only operations that never change between Pythons.

`random.Random` promises one sequence for `random()` and a text seed; `choice`, `shuffle` and `gauss` may change between
Python versions, so they are built here on `random()` alone.
"""

from __future__ import annotations

import hashlib
from bisect import bisect_right
from collections.abc import Sequence
from itertools import accumulate
from random import Random
from typing import Generic, TypeVar

T = TypeVar("T")


class Weighted(Generic[T]):
    """Things with a weight each, prepared so that drawing one is a single binary search."""

    __slots__ = ("_bounds", "things")

    def __init__(self, things: Sequence[T], weights: Sequence[float]) -> None:
        if not things or len(things) != len(weights):
            raise ValueError(f"{len(things)} things with {len(weights)} weights")
        self.things = tuple(things)
        """All of them, in the order given."""
        self._bounds = list(accumulate(weights))

    def draw(self, at: float) -> T:
        """Return the thing at `at` (0 up to 1) of the whole weight."""
        return self.things[min(bisect_right(self._bounds, at * self._bounds[-1]), len(self.things) - 1)]


class Dice:
    """The dice of one thing: a school, a person, a day; `Dice("1", "12AB-00", "pupil", "7")`."""

    __slots__ = ("_random",)

    def __init__(self, *path: str | int) -> None:
        self._random = Random("/".join(map(str, path))).random

    def chance(self, share: float) -> bool:
        """Return True in `share` (0 up to and including 1) of all throws."""
        return self._random() < share

    def below(self, limit: int) -> int:
        """Return a whole number from 0 up to `limit`, `limit` itself left out."""
        return int(self._random() * limit)

    def between(self, low: int, high: int) -> int:
        """Return a whole number from `low` up to and including `high`."""
        return low + self.below(high - low + 1)

    def pick(self, things: Sequence[T]) -> T:
        """Return one of `things`, all equally likely."""
        return things[self.below(len(things))]

    def draw(self, things: Weighted[T]) -> T:
        """Return one of `things` by weight."""
        return things.draw(self._random())

    def mixed(self, things: Sequence[T]) -> list[T]:
        """Return all of `things` in another order."""
        mixed = list(things)
        for last in range(len(mixed) - 1, 0, -1):
            other = self.below(last + 1)
            mixed[last], mixed[other] = mixed[other], mixed[last]
        return mixed

    def some(self, things: Sequence[T], count: int) -> list[T]:
        """Return `count` different ones of `things` (all of them when there are fewer), in no order."""
        return self.mixed(things)[:count]

    def around(self, middle: float, spread: float) -> float:
        """Return a number near `middle`, bell-shaped with standard deviation `spread`.

        Four throws added up: additions are exact to the last bit on every machine, logarithms are not.
        """
        return middle + spread * 1.7320508 * (sum(self._random() for _ in range(4)) - 2.0)


def digest(*path: str | int) -> str:
    """Return 128 lower-case hexadecimal digits that belong to `path` and to nothing else."""
    return hashlib.sha512("/".join(map(str, path)).encode()).hexdigest()
