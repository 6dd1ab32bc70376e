"""Levels per group: how many pupils of each group came out at each level, as numbers for a picture."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from core.model import Group, GroupId, PupilId, Register
from core.scores.ledger import Entry, State
from core.scores.norming import FIFTHS, LETTERS
from core.scores.results import Result, TestCode


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupLevels:
    """One group on one test: the last result of each pupil who took it."""

    group: str
    test: TestCode
    counts: dict[str, int]
    """Pupils per level, best level first: I-V, or A-E when the results have letters only."""
    without: int
    """Pupils whose result has no level."""


def levels_of(entries: Iterable[Entry], register: Register) -> tuple[GroupLevels, ...]:
    """Return a row per group and test, by year and name of the group."""
    groups = {group.id: group for group in register.groups if group.active}
    at = {pupil.id: pupil.group for pupil in register.pupils if pupil.active and pupil.group in groups}
    last: dict[tuple[PupilId, TestCode], Result] = {}
    for entry in entries:
        result = entry.result
        if result.part or entry.state is State.EXPIRED or result.pupil not in at:
            continue
        known = last.get((result.pupil, result.test))
        if known is None or known.taken <= result.taken:
            last[result.pupil, result.test] = result
    found: dict[tuple[GroupId, TestCode], list[Result]] = {}
    for (pupil, test), result in last.items():
        if group := at[pupil]:
            found.setdefault((group, test), []).append(result)
    order = sorted(found, key=lambda place: (_rank(groups[place[0]]), place[1]))
    return tuple(_levels(groups[group].name, test, found[group, test]) for group, test in order)


def _levels(group: str, test: TestCode, results: list[Result]) -> GroupLevels:
    fifths = Counter(result.normed.fifth for result in results if result.normed.fifth)
    letters = Counter(result.normed.letter for result in results if result.normed.letter)
    scale, counted = (FIFTHS, fifths) if fifths.total() >= letters.total() else (LETTERS, letters)
    return GroupLevels(
        group=group,
        test=test,
        counts={name: counted[name] for _least, name in scale},
        without=len(results) - counted.total(),
    )


def _rank(group: Group) -> tuple[str, str]:
    return (group.year, group.name)
