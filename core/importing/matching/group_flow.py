"""Where the pupils of each group went, once it is known who is who."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from core.importing.matching.facts import PersonFacts
from core.importing.matching.outcome import Auto, Match


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupFlow:
    """How many pupils went from which existing group to which incoming one; labels as in `PersonFacts.group`."""

    moved: Mapping[tuple[str, str], float]
    """(incoming label, existing label) -> number of pupils, each counted for as much as it is sure."""

    def arrived(self, here: str) -> float:
        """Return how many pupils of an incoming group were recognised in a group of the test centre."""
        return sum(number for (to, _came_from), number in self.moved.items() if to == here)

    def left(self, there: str) -> float:
        """Return how many pupils of an existing group were recognised in a group of ParnasSys."""
        return sum(number for (_to, came_from), number in self.moved.items() if came_from == there)

    def heirs(self, there: str, share: float) -> int:
        """Return over how many incoming groups an existing one was spread, each with at least this share."""
        whole = self.left(there)
        return sum(
            1 for (_to, came_from), number in self.moved.items() if came_from == there and number >= share * whole
        )

    def sources(self, here: str, share: float) -> int:
        """Return from how many existing groups an incoming one was filled, each with at least this share."""
        whole = self.arrived(here)
        return sum(1 for (to, _came_from), number in self.moved.items() if to == here and number >= share * whole)


def group_flow(incoming: Sequence[PersonFacts], existing: Sequence[PersonFacts], matches: Sequence[Match]) -> GroupFlow:
    """Return the flow that the matches of a school's pupils show; doubtful ones count for their probability.

    Pupils that are no longer active left their group before and say nothing.
    """
    here = {pupil.id: pupil.group for pupil in incoming}
    there = {pupil.id: pupil.group for pupil in existing if pupil.active}
    moved: defaultdict[tuple[str, str], float] = defaultdict(float)
    for match in matches:
        group, came_from = here.get(match.incoming, ""), there.get(match.existing or "", "")
        if group and came_from:
            moved[group, came_from] += 1.0 if isinstance(match.decision, Auto) else match.probability
    return GroupFlow(moved=dict(moved))
