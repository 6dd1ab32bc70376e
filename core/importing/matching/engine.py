"""The engine: everybody against everybody, the likely pairs apart, weights learnt, one to one.

It knows no fields: what is compared comes in as a list of comparisons (`comparisons.py`), so that pupils, teachers and
the records of a public benchmark go through the same code.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np

from core.importing.matching.comparisons import Comparison, Standing
from core.importing.matching.flow import Flow
from core.importing.matching.outcome import Field
from core.importing.matching.posterior import posteriors
from core.importing.matching.weights import Scale

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from core.importing.matching.comparisons import Table

    Ints = NDArray[np.intp]
    Floats = NDArray[np.float64]

_ROUNDS = 5
"""Rounds of EM; more changes nothing in the third decimal."""
_FEW = 20.0
"""Below so many true pairs nothing is learnt: the starting weights stand."""
_KEEP = -7.0
"""Log2 odds below which a pair is not looked at again, unless it is among the first of its row."""
_FIRST = 6
"""So many pairs of each row are always kept."""
_BLOCK = 1 << 20
"""Pairs scored at a time; bounds the memory."""
_OVERLAP = 0.8
"""Share of the incoming records that exist already, before looking; counts for as many records as `_WEIGHT`."""
_WEIGHT = 10.0


Values = dict[Field, list[Any]]
"""Per field what is compared, one value a record."""


@dataclass(frozen=True, slots=True)
class Extra:
    """A weight that no single field gives: for or against some pairs."""

    field: Field
    level: str
    bits: Floats
    """One per candidate pair; 0 where it does not apply."""
    silences: tuple[Field, ...] = ()
    """Fields that say nothing where this applies, since it says it better."""


@dataclass(slots=True)
class Pairs:
    """The candidate pairs, and per pair the level and weight of every field."""

    rows: Ints
    cols: Ints
    levels: dict[Field, Table] = field(default_factory=dict)
    weights: dict[Field, Floats] = field(default_factory=dict)
    extras: tuple[Extra, ...] = ()
    along: Floats = field(default_factory=lambda: np.zeros(0))
    """With how many others of its group the pair goes along."""
    chance: Floats = field(default_factory=lambda: np.zeros(0))
    """Probability of each pair, in competition."""
    prior: float = 0.0
    """Log2 odds of any pair before looking."""

    @property
    def bits(self) -> Floats:
        """Total weight of each pair, the prior not counted."""
        total: Floats = np.sum([np.zeros(len(self.rows)), *self.weights.values()], axis=0)
        return total


@dataclass(frozen=True, slots=True)
class Task:
    """Two sides to be compared."""

    comparisons: tuple[Comparison, ...]
    here: Mapping[Field, Sequence[Hashable]]
    there: Mapping[Field, Sequence[Hashable]]
    size: tuple[int, int]
    groups: tuple[Sequence[str], Sequence[str]] | None = None
    """Group labels on both sides, for the flow; "" = unknown."""
    also: Sequence[tuple[int, int]] = ()
    """Pairs to keep however unlike: those that keys point at, or that a rule proposes."""
    never: Sequence[tuple[int, int]] = ()
    """Pairs that a person parted."""
    extras: Callable[[Pairs], tuple[Extra, ...]] = lambda _pairs: ()
    learn: bool = True
    overlap: float = _OVERLAP


def compare(task: Task) -> Pairs:
    """Return the candidate pairs of `task` with weights, totals and probabilities."""
    scales = {
        comparison.field: Scale(comparison, task.here[comparison.field], task.there[comparison.field])
        for comparison in task.comparisons
    }
    overlap = task.overlap
    pairs = _candidates(task, scales, _prior(overlap, task.size))
    for name, scale in scales.items():
        pairs.levels[name] = scale.levels_of(pairs.rows, pairs.cols)
    flow = Flow(*task.groups) if task.groups else None
    for round_number in range(_ROUNDS + 1):
        _weigh(task, scales, pairs, flow)
        pairs.prior = _prior(overlap, task.size)
        pairs.chance = posteriors(pairs.rows, pairs.cols, pairs.bits + pairs.prior, task.size)
        matched = float(pairs.chance.sum())
        if round_number == _ROUNDS:
            break
        overlap = (matched + _WEIGHT * task.overlap) / (task.size[0] + _WEIGHT)
        for name, scale in scales.items():
            if task.learn and matched >= _FEW:
                scale.learn(pairs.levels[name], pairs.chance)
            scale.expect(matched)
    return pairs


def _prior(overlap: float, size: tuple[int, int]) -> float:
    """Log2 odds of one pair against both being alone, when a share `overlap` of the rows has a partner."""
    share = min(overlap, 0.95)
    return float(np.log2(share / (1 - share) / max(size[1], 1)))


def _candidates(task: Task, scales: Mapping[Field, Scale], prior: float) -> Pairs:
    """Score everybody against everybody on the fields that stand alone; keep the likely pairs and each row's first."""
    rows_in_all, cols_in_all = task.size
    alone = [scale for scale in scales.values() if scale.comparison.echo is None]
    whole = [(scale.whole(), scale.here, scale.there) for scale in alone]
    found: list[Ints] = [np.array([row * cols_in_all + col for row, col in task.also], dtype=np.intp)]
    step = max(1, _BLOCK // max(cols_in_all, 1))
    for start in range(0, rows_in_all if cols_in_all else 0, step):
        stop = min(start + step, rows_in_all)
        score = np.zeros((stop - start, cols_in_all), dtype=np.float32)
        for weights, here, there in whole:
            score += np.take(weights[here[start:stop]], there, axis=1)
        flat = np.flatnonzero(score.ravel() > _KEEP - prior)
        found.append(flat + start * cols_in_all)
        if cols_in_all > _FIRST:
            first = np.argpartition(score, cols_in_all - _FIRST, axis=1)[:, -_FIRST:]
        else:
            first = np.tile(np.arange(cols_in_all), (stop - start, 1))
        found.append((first + (np.arange(start, stop) * cols_in_all)[:, None]).ravel())
    kept = np.unique(np.concatenate(found))
    parted = np.array([row * cols_in_all + col for row, col in task.never], dtype=np.intp)
    kept = kept[~np.isin(kept, parted)]
    return Pairs(kept // max(cols_in_all, 1), kept % max(cols_in_all, 1))


def _weigh(task: Task, scales: Mapping[Field, Scale], pairs: Pairs, flow: Flow | None) -> None:
    """Fill in the weights of every field, then what no single field says."""
    pairs.weights = {
        name: scale.weights_of(pairs.rows, pairs.cols, pairs.levels[name]) for name, scale in scales.items()
    }
    if flow and flow.known and len(pairs.chance):
        year = pairs.weights.get(Field.YEAR, np.zeros(len(pairs.rows)))
        pairs.weights[Field.GROUP], pairs.along = flow.weights(pairs.rows, pairs.cols, pairs.chance, year)
    for scale in scales.values():
        if echo := scale.comparison.echo:
            heard = agrees(pairs, scales, echo.of)
            own = pairs.weights[scale.comparison.field]
            pairs.weights[scale.comparison.field] = np.where(heard, own * echo.keep, own)
    pairs.extras = task.extras(pairs)
    for extra in pairs.extras:
        applies = extra.bits != 0
        pairs.weights[extra.field] = pairs.weights.get(extra.field, np.zeros(len(applies))) + extra.bits
        for silent in extra.silences:
            pairs.weights[silent] = np.where(applies, 0.0, pairs.weights[silent])


def agrees(pairs: Pairs, scales: Mapping[Field, Scale], name: Field) -> NDArray[np.bool_]:
    """Return for which pairs the field stands at SAME or CLOSE."""
    levels = scales[name].comparison.levels
    telling = np.array([level.standing in (Standing.SAME, Standing.CLOSE) for level in levels])
    agreed: NDArray[np.bool_] = telling[pairs.levels[name]]
    return agreed
