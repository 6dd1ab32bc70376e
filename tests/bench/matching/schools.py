"""Generated Dutch schools with the truth beside them: last year's picture, typed by people, against this year's list.

The generator is `simulator.world`, whose author did not write the matcher and tried to mislead it.
"""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

from core.importing.matching import (
    Auto,
    Match,
    New,
    PersonFacts,
    Suggest,
    group_flow,
    match_groups,
    match_pupils,
    match_teachers,
)
from core.importing.matching.lines import group_of, pupil_of, teacher_of
from simulator.world.model import SimKind
from simulator.world.pairs import Pair, pairs
from simulator.world.picture import Level
from tests.bench.matching.measure import write


@dataclass
class Tally:
    """What came out, added up over schools."""

    records: int = 0
    known: int = 0
    """Incoming records that really exist."""
    auto: int = 0
    wrong: int = 0
    right: int = 0
    asked: int = 0
    false_new: int = 0
    first_three: int = 0
    brier: float = 0.0
    seconds: float = 0.0
    why_not: Counter[str] = field(default_factory=Counter)
    """Of true pairs that were not linked automatically: what was done wrong in the record, and what forbade it."""

    def add(self, pair: Pair, matches: Sequence[Match]) -> None:
        """Count one school."""
        for match in matches:
            truth = pair.truth[match.incoming]
            right = match.existing in truth if truth else match.existing is None
            self.records += 1
            self.known += bool(truth)
            self.brier += (match.probability - right) ** 2
            self.first_three += any(candidate.existing in truth for candidate in match.candidates[:3])
            self.asked += isinstance(match.decision, Suggest)
            self.false_new += isinstance(match.decision, New) and bool(truth)
            if isinstance(match.decision, Auto):
                self.auto += 1
                self.right += right
                self.wrong += not right
            elif truth:
                mistakes = ", ".join(pair.mistakes.get(truth[0], ())) or "none"
                flags = ", ".join(sorted(flag.name for flag in match.flags if flag.forbids)) or "not sure"
                self.why_not[f"{mistakes} → {flags}"] += 1

    def line(self, name: str) -> str:
        """Write the tally as a line of the table."""
        known = max(self.known, 1)
        return (
            f"  {name:18}{self.records:8}{self.auto:8}{self.wrong:6}{self.right / known:8.4f}"
            f"{self.asked / max(self.records, 1):8.3f}{self.false_new:6}{self.brier / max(self.records, 1):9.5f}"
            f"{self.first_three / known:9.5f}{self.seconds * 1000 / max(self.records, 1):8.3f}"
        )


Solve = Callable[[Pair, Pair, Pair], tuple[Pair, Sequence[Match]]]


def _pupils(pupils: Pair, _teachers: Pair, _groups: Pair) -> tuple[Pair, Sequence[Match]]:
    return pupils, match_pupils(*_people(pupils))


def _people(pair: Pair) -> tuple[list[PersonFacts], list[PersonFacts]]:
    return [pupil_of(line) for line in pair.incoming], [pupil_of(line) for line in pair.existing]


def _teachers(_pupils: Pair, teachers: Pair, _groups: Pair) -> tuple[Pair, Sequence[Match]]:
    here, there = ([teacher_of(line) for line in side] for side in (teachers.incoming, teachers.existing))
    return teachers, match_teachers(here, there)


def _groups(pupils: Pair, _teachers: Pair, groups: Pair) -> tuple[Pair, Sequence[Match]]:
    ours, theirs = _people(pupils)
    flow = group_flow(ours, theirs, match_pupils(ours, theirs))
    here, there = ([group_of(line) for line in side] for side in (groups.incoming, groups.existing))
    return groups, match_groups(here, there, flow=flow)


KINDS: dict[str, Solve] = {"pupils": _pupils, "teachers": _teachers, "groups": _groups}


def schools(seed: str, number: int, level: Level) -> Iterator[tuple[Pair, Pair, Pair]]:
    """Yield the three lists of each school."""
    return zip(
        *(pairs(seed, number, level, kind) for kind in (SimKind.PUPIL, SimKind.TEACHER, SimKind.GROUP)), strict=True
    )


def show(seed: str, links: int, levels: Sequence[Level] = (Level.NORMAL, Level.DIRTY)) -> None:
    """Match schools until there are so many automatic links of pupils at each level, and write a table."""
    write(f"generated schools, seed {seed}, at least {links} automatic links of pupils a level")
    write(
        f"  {'':18}{'records':>8}{'auto':>8}{'wrong':>6}{'recall':>8}{'asked':>8}{'→new':>6}"
        f"{'Brier':>9}{'first 3':>9}{'ms each':>8}"
    )
    for level in levels:
        tallies = {name: Tally() for name in KINDS}
        for school in schools(seed, links // 60, level):
            for name, solve in KINDS.items():
                start = time.perf_counter()
                pair, matches = solve(*school)
                tallies[name].seconds += time.perf_counter() - start
                tallies[name].add(pair, matches)
            if tallies["pupils"].auto >= links:
                break
        for name, tally in tallies.items():
            write(tally.line(f"{level.name.lower()} {name}"))
        write("  pupils that were not linked automatically, by mistake → what forbade it")
        for reason, number in tallies["pupils"].why_not.most_common(8):
            write(f"    {number:6}  {reason}")
