"""What an import would change: every record before and after, who is deactivated and why, and the guards it meets.

A plan is made from choices and applied as it is; nothing outside it changes (workflow.md §3, rules of the commit).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Generic, TypeVar

from core.history import ChangeSet
from core.importing.decisions import RowKey
from core.importing.differences import Difference
from core.importing.guards import Tripped
from core.model import Group, Kind, Pupil, Teacher

R = TypeVar("R", Group, Teacher, Pupil)


@dataclass(frozen=True, slots=True, kw_only=True)
class Change(Generic[R]):
    """One record that is made or changed by an incoming one."""

    key: RowKey
    before: R | None
    """None = it is new."""
    after: R
    differences: tuple[Difference, ...] = ()
    """What really changes, beside the link itself; empty for a new record."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ScoresOf:
    """What a warning says about the results of a pupil."""

    unsent: int = 0
    """Results not confirmed by ParnasSys yet."""
    this_year: int = 0
    """Tests taken this school year."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Leaving:
    """A pupil that is deactivated."""

    before: Pupil
    after: Pupil
    group: str
    """Name of the group."""
    ground: str
    """On what ground, in the language in use: `niet in de volledige lijst van 23-11-2026`."""
    scores: ScoresOf = ScoresOf()


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """One line of the table `Gegevens overnemen`."""

    new: int = 0
    to_change: int = 0
    """All that are linked to an existing record."""
    really: int = 0
    """Those of them in which something really changes."""
    skipped: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """Everything one import changes."""

    groups: tuple[Change[Group], ...] = ()
    teachers: tuple[Change[Teacher], ...] = ()
    pupils: tuple[Change[Pupil], ...] = ()
    leaving: tuple[Leaving, ...] = ()
    released: ChangeSet = ChangeSet()
    """Records that lose their link, because what they were linked to is another one after this import."""
    tallies: Mapping[Kind, Tally]
    tripped: tuple[Tripped, ...] = ()
    """Guards that ask for the BRIN to be typed."""
    not_whole: tuple[str, ...] = ()
    """Why nobody is deactivated although pupils may be missing; empty = the answer was whole."""
    spared: tuple[str, ...] = ()
    """Groups of ParnasSys that the answer lacks and whose pupils stay as they are, in a sentence each."""

    @property
    def empty(self) -> bool:
        """Whether nothing at all would change."""
        return not (self.groups or self.teachers or self.pupils or self.leaving or self.released != ChangeSet())

    @property
    def unlinked(self) -> tuple[Pupil, ...]:
        """Pupils as they were, who are linked no longer: their scores wait until somebody links them again."""
        gone = ((one.before, one.after) for one in self.leaving)
        return tuple(
            before for before, after in (*self.released.pupils, *gone) if before and before.linked and not after.linked
        )
