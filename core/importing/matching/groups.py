"""Groups: who sits in them says more than what they are called, since names move up a year every August."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from core.importing.matching import tables
from core.importing.matching.comparisons import UNKNOWN, Comparison, Level, Standing
from core.importing.matching.decide import Ruling, conclude
from core.importing.matching.engine import Extra, Pairs, Task, Values, compare
from core.importing.matching.facts import Evidence, GroupFacts
from core.importing.matching.group_flow import GroupFlow
from core.importing.matching.known import claims
from core.importing.matching.names import fold
from core.importing.matching.outcome import Field, Flag, Match

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from core.importing.matching.comparisons import Table

    Floats = NDArray[np.float64]
    Bools = NDArray[np.bool_]

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


@dataclass(frozen=True, slots=True)
class GroupName:
    """A group's name as it is compared."""

    joined: str
    """Without `groep` and spaces: `7a`."""
    numbers: str
    letters: str
    next_year: str
    """What it is called a year later; empty without a number."""

    @property
    def combined(self) -> bool:
        """Whether it names more than one year: `5/6`."""
        return " " in self.numbers


def read_group_name(text: str) -> GroupName:
    """Read `Groep 7a`, `7-A`, `groep 5/6 juf Anne`, `Dolfijnen`."""
    words = [word for word in fold(text).split() if word not in ("groep", "gr", "klas", "de", "het")]
    joined = "-".join(re.sub(r"^(?:groep|gr)(?=[0-9])", "", word) for word in words)
    joined = re.sub(r"-(?![0-9])", "", joined)
    numbers = re.findall(r"[0-9]+", joined)
    later = re.sub(r"[0-9]+", lambda number: str(int(number[0]) + 1), joined) if numbers else ""
    return GroupName(joined, " ".join(numbers), re.sub(r"[0-9-]+", "", joined), later)


def name_table(here: Sequence[GroupName], there: Sequence[GroupName]) -> Table:
    """Levels of NAME: gelijk, opgeschoven (7a to 8a), zelfde nummer (7a and 7b), lijkt, anders, onbekend."""
    table = tables.filled(here, there, 4)
    tables.alike(table, [name.letters for name in here], [name.letters for name in there], typo=3, similar=3)
    other_number = np.not_equal.outer(
        np.array([name.numbers for name in here], dtype=str), np.array([name.numbers for name in there], dtype=str)
    )
    table[other_number] = 4
    tables.put(table, here, there, lambda name: (name.numbers,) if name.numbers else (), 2)
    later = [name.next_year for name in there]
    for row, name in enumerate(here):
        for col, moved in enumerate(later):
            if moved and name.joined == moved:
                table[row, col] = 1
    tables.put(table, here, there, lambda name: (name.joined,), 0)
    tables.put_unknown(table, [not name.joined for name in here], [not name.joined for name in there], 5)
    return table


# Lists of groups do not show whether a year has passed between them: half of the names may belong to other children.
NAME = Comparison(
    field=Field.NAME,
    table=name_table,
    levels=(
        Level(name="gelijk", standing=SAME, m=0.5, u=2e-2),
        Level(name="opgeschoven", standing=CLOSE, m=0.35, u=2e-2),
        Level(name="zelfde nummer", standing=CLOSE, m=0.06, u=8e-2),
        Level(name="lijkt", standing=CLOSE, m=0.04, u=3e-2),
        Level(name="anders", standing=OTHER, m=0.05, u=0.5),
        UNKNOWN,
    ),
)
YEAR = Comparison(
    field=Field.YEAR,
    table=tables.year_table,
    levels=(
        Level(name="gelijk", standing=SAME, m=0.55, u=0.1),
        Level(name="een jaar verder", standing=CLOSE, m=0.38, u=0.1),
        Level(name="een jaar terug", standing=OTHER, m=0.01, u=0.1),
        Level(name="twee jaar verder", standing=OTHER, m=0.01, u=0.1),
        Level(name="anders", standing=OTHER, m=0.05, u=0.5),
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
    stays = _stays(here, there)
    shares = _shares(here, there, flow, stays)
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
    # A name alone may have moved up a year: only pupils make a link automatic.
    told = pairs.weights[Field.PUPILS] > _STEPS[1][2]
    vetoes = {Flag.SPLIT: _split(here, there, flow, stays)[pairs.rows, pairs.cols], Flag.THIN: ~told}
    by_id = {match.incoming: match for match in conclude(ruling, pairs, GROUP, vetoes)}
    return tuple(by_id[group.id] for group in incoming)


def _values(side: Sequence[GroupFacts]) -> Values:
    return {
        Field.NAME: [read_group_name(group.name) for group in side],
        Field.YEAR: [group.year.strip().upper() for group in side],
    }


def _stays(here: Sequence[GroupFacts], there: Sequence[GroupFacts]) -> Bools:
    """Return which pairs are one combined group: half of it moves on every year, the other half keeps its name."""
    names_there = list(map(_read, there))
    return np.array(
        [[name.combined and name == other for other in names_there] for name in map(_read, here)], dtype=bool
    ).reshape(len(here), len(there))


def _read(group: GroupFacts) -> GroupName:
    return read_group_name(group.name)


def _shares(here: Sequence[GroupFacts], there: Sequence[GroupFacts], flow: GroupFlow | None, stays: Bools) -> Floats:
    """Return for each pair the smaller of the shares, of either group, that went along; -1 = too few to say."""
    shares = np.full((len(here), len(there)), -1.0)
    if flow is None:
        return shares
    left = [flow.left(group.members_say) for group in there]
    for row, group in enumerate(here):
        arrived = flow.arrived(group.members_say)
        for col, other in enumerate(there):
            moved = flow.moved.get((group.members_say, other.members_say), 0.0)
            wholes = (arrived,) if stays[row, col] else (arrived, left[col])
            shares[row, col] = min((moved / whole for whole in wholes if whole >= _ENOUGH), default=-1.0)
    return shares


def _split(here: Sequence[GroupFacts], there: Sequence[GroupFacts], flow: GroupFlow | None, stays: Bools) -> Bools:
    """Return which pairs involve a group that was divided over more, or filled from more."""
    if flow is None:
        return np.zeros(stays.shape, dtype=bool)
    spread = np.array([flow.heirs(group.members_say, _SPREAD) > 1 for group in there], dtype=bool)
    filled = np.array([flow.sources(group.members_say, _SPREAD) > 1 for group in here], dtype=bool)
    split: Bools = np.logical_or.outer(filled, spread) & ~(stays & ~filled[:, None])
    return split


def _pupils(pairs: Pairs, shares: Floats) -> tuple[Extra, ...]:
    share = shares[pairs.rows, pairs.cols]
    upper = np.inf
    found = []
    for lower, level, bits in _STEPS:
        holds = (share >= max(lower, 0.0)) & (share < upper)
        found.append(Extra(Field.PUPILS, level, np.where(holds, bits, 0.0), silences=(Field.NAME, Field.YEAR)))
        upper = lower
    return tuple(found)
