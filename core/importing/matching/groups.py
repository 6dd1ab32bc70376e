"""Groups: who sits in them says more than what they are called, since names move up a year every August."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from core.importing.matching import tables
from core.importing.matching.comparisons import UNKNOWN, Comparison, Level, Standing
from core.importing.matching.decide import Ruling, conclude
from core.importing.matching.engine import Extra, Pairs, Task, compare
from core.importing.matching.facts import Evidence, GroupFacts
from core.importing.matching.group_flow import GroupFlow
from core.importing.matching.known import claims
from core.importing.matching.names import fold
from core.importing.matching.outcome import Field, Flag, Match

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from core.importing.matching.comparisons import Table

    Floats = NDArray[np.float64]

SAME, CLOSE, OTHER = Standing.SAME, Standing.CLOSE, Standing.OTHER

_ENOUGH = 3.0
"""So many recognised pupils are needed before a group's pupils say something."""
_SPREAD = 0.25
"""Share from which a second heir or source makes a group split or merged."""
_STEPS: tuple[tuple[float, str, float], ...] = (
    (0.6, "vrijwel alle", 14.0),
    (0.4, "de meeste", 6.0),
    (0.1, "een deel", 1.5),
    (-1.0, "geen", -10.0),
)
"""From which share on, name of the level, weight in bits: whole classes do not swap pupils by chance."""


def name_table(here: Sequence[tuple[str, str]], there: Sequence[tuple[str, str]]) -> Table:
    """Levels of NAME: gelijk, zelfde nummer (7a and 7b), lijkt, anders, onbekend. A value is (joined, its digits)."""
    table = tables.filled(here, there, 3)
    letters_here, letters_there = [_letters(name) for name, _n in here], [_letters(name) for name, _n in there]
    tables.alike(table, letters_here, letters_there, typo=2, similar=2)
    other_number = np.not_equal.outer(
        np.array([n for _name, n in here], dtype=str), np.array([n for _name, n in there], dtype=str)
    )
    table[other_number] = 3
    tables.put(table, here, there, lambda name: (name[1],) if name[1] else (), 1)
    tables.put(table, here, there, lambda name: (name[0],), 0)
    tables.put_unknown(table, [not name for name, _n in here], [not name for name, _n in there], 4)
    return table


NAME = Comparison(
    field=Field.NAME,
    table=name_table,
    levels=(
        Level(name="gelijk", standing=SAME, m=0.88, u=5e-3),
        Level(name="zelfde nummer", standing=CLOSE, m=0.05, u=8e-2),
        Level(name="lijkt", standing=CLOSE, m=0.03, u=3e-2),
        Level(name="anders", standing=OTHER, m=0.04, u=0.5),
        UNKNOWN,
    ),
)
YEAR = Comparison(
    field=Field.YEAR,
    table=tables.year_table,
    levels=(
        Level(name="gelijk", standing=SAME, m=0.92, u=0.1),
        Level(name="een jaar verder", standing=CLOSE, m=0.02, u=0.1),
        Level(name="een jaar terug", standing=OTHER, m=0.01, u=0.1),
        Level(name="twee jaar verder", standing=OTHER, m=0.01, u=0.1),
        Level(name="anders", standing=OTHER, m=0.04, u=0.5),
        UNKNOWN,
    ),
)
GROUP = (NAME, YEAR)


def match(
    incoming: Sequence[GroupFacts], existing: Sequence[GroupFacts], evidence: Evidence, flow: GroupFlow | None
) -> tuple[Match, ...]:
    """Match groups; see `matching.match_groups`."""
    here = sorted(incoming, key=lambda group: group.id)
    there = sorted(existing, key=lambda group: group.id)
    ruling = Ruling(here=here, there=there, known=claims(here, there, evidence), evidence=evidence)
    shares = _shares(here, there, flow)
    task = Task(
        comparisons=GROUP,
        here=_values(here),
        there=_values(there),
        size=(len(here), len(there)),
        also=[(row, col) for row in range(len(here)) for col in range(len(there))],
        never=ruling.parted,
        extras=lambda pairs: (*ruling.extras(pairs), *_pupils(pairs, shares)),
        learn=False,
    )
    pairs = compare(task)
    split = np.zeros((len(here), len(there)), dtype=bool)
    if flow:
        spread = [flow.heirs(group.members_say, _SPREAD) > 1 for group in there]
        filled = [flow.sources(group.members_say, _SPREAD) > 1 for group in here]
        split = np.logical_or.outer(filled, spread) & (shares >= 0)
    named = (pairs.levels[Field.NAME] == 0) | (pairs.weights.get(Field.PUPILS, np.zeros(len(pairs.rows))) > 2)
    vetoes = {Flag.SPLIT: split[pairs.rows, pairs.cols], Flag.THIN: ~named}
    by_id = {match.incoming: match for match in conclude(ruling, pairs, GROUP, vetoes)}
    return tuple(by_id[group.id] for group in incoming)


def _values(side: Sequence[GroupFacts]) -> dict[Field, list[object]]:
    return {
        Field.NAME: [_name(group.name) for group in side],
        Field.YEAR: [group.year.strip().upper() for group in side],
    }


def _name(text: str) -> tuple[str, str]:
    words = [word for word in fold(text).split() if word not in ("groep", "gr", "klas", "de", "het")]
    joined = "".join(re.sub(r"^(?:groep|gr)(?=[0-9])", "", word) for word in words)
    return joined, " ".join(re.findall(r"[0-9]+", " ".join(words)))


def _letters(name: str) -> str:
    return re.sub(r"[0-9]+", "", name)


def _shares(here: Sequence[GroupFacts], there: Sequence[GroupFacts], flow: GroupFlow | None) -> Floats:
    """Return for each pair the smaller of the shares, of either group, that went along; -1 = too few to say."""
    shares = np.full((len(here), len(there)), -1.0)
    if flow is None:
        return shares
    left = [flow.left(group.members_say) for group in there]
    for row, group in enumerate(here):
        arrived = flow.arrived(group.members_say)
        for col, other in enumerate(there):
            moved = flow.moved.get((group.members_say, other.members_say), 0.0)
            told = [moved / whole for whole in (arrived, left[col]) if whole >= _ENOUGH]
            shares[row, col] = min(told, default=-1.0)
    return shares


def _pupils(pairs: Pairs, shares: Floats) -> tuple[Extra, ...]:
    share = shares[pairs.rows, pairs.cols]
    upper = np.inf
    found = []
    for lower, level, bits in _STEPS:
        holds = (share >= max(lower, 0.0)) & (share < upper)
        found.append(Extra(Field.PUPILS, level, np.where(holds, bits, 0.0), silences=(Field.NAME, Field.YEAR)))
        upper = lower
    return tuple(found)
