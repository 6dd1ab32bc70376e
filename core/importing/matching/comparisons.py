"""A comparison is a list of named levels, best first, and a table that gives every pair of values its level.

What is compared is data: pupils, teachers and any other records differ only in their list of comparisons
(after Splink's comparison levels; weights after Fellegi and Sunter, 1969).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING, Any

from core.importing.matching.outcome import Field

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Table = NDArray[np.uint8]
    """Levels of unique values against unique values."""


class Standing(Enum):
    """What a level means for the rules, whatever its weight."""

    SAME = "same"
    """Equal, or a harmless other spelling of the same."""
    CLOSE = "close"
    OTHER = "other"
    UNKNOWN = "unknown"
    """Not comparable: weighs nothing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Level:
    """One degree of agreement."""

    name: str
    """Stable Dutch name, for machines too."""
    standing: Standing
    m: float
    """How often true pairs stand here, to start with; refined on the records themselves. Sums to 1 over the levels."""
    u: float
    """The least we believe this happens by chance, whatever the records say (a share of all pairs)."""
    by_value: bool = False
    """Whether chance depends on how common the value is (term frequency)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Echo:
    """When another field agrees, part of what this one says has been said already."""

    of: Field
    keep: float
    """0..1: the share of the weight that is left."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """One field and how it is compared."""

    field: Field
    levels: tuple[Level, ...]
    """Best first; the last but one is to differ, the last one is UNKNOWN."""
    table: Callable[[Sequence[Any], Sequence[Any]], Table]
    """Levels of every unique value on the left against every one on the right."""
    echo: Echo | None = None
    ordered: bool = True
    """Whether a better level must never weigh less than a worse one."""

    def number(self, name: str) -> int:
        """Return the number of the level called `name`."""
        return next(n for n, level in enumerate(self.levels) if level.name == name)

    @property
    def unknown(self) -> int:
        """The number of the level that weighs nothing."""
        return len(self.levels) - 1


UNKNOWN = Level(name="onbekend", standing=Standing.UNKNOWN, m=0.0, u=0.0)
