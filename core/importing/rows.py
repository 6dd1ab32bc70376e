"""What a screen shows of a review: plain values, ready to be drawn."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from core.importing.decisions import Category, RowKey
from core.importing.differences import Difference
from core.importing.matching import Candidate, Flag, Ground
from core.language import N_
from core.model import Group, Kind, LasKey, Pupil, Teacher


class Trouble(StrEnum):
    """What blocks a commit; each names its rows."""

    TWO_ON_ONE = N_("twee op één")
    NOT_LINKED = N_("nog niet gekoppeld")
    GONE = N_("bestaat niet meer")
    GROUP_SKIPPED = N_("groep niet geïmporteerd")
    NO_EMAIL = N_("geen e-mailadres")
    BAD_EMAIL = N_("e-mailadres klopt niet")
    EMAIL_TAKEN = N_("e-mailadres bezet")


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """Something that must be put right before anything can be imported."""

    trouble: Trouble
    key: RowKey
    title: str
    """Name of the row it is about."""
    sentence: str
    """What is wrong and what to do, in the language in use."""
    others: tuple[RowKey, ...] = ()
    """The other rows that have part in it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Counterpart:
    """An existing record beside a row."""

    id: str
    title: str
    born: date | None = None
    group: str = ""
    year: str = ""
    email: str = ""
    external: str = ""
    active: bool = True
    untouchable: bool = False
    """On the school's list of records never to touch."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One incoming record with all that its line on the screen needs."""

    key: RowKey
    title: str
    """Name as in a class list, or the name of the group."""
    born: date | None = None
    group: str = ""
    """Name of the stamgroep; of a teacher all groups."""
    year: str = ""
    email: str = ""
    """Of a teacher: as sent, or as filled in here."""
    category: Category
    existing: Counterpart | None = None
    """The record it is linked to, or counts as when it is skipped."""
    probability: float = 1.0
    """0..1, of the proposal."""
    ground: Ground = Ground.NOTHING
    flags: frozenset[Flag] = frozenset()
    doubt: str = ""
    """Why a person must look, in the language in use; empty = no need. Doubts block the commit as problems do."""
    by: str = ""
    """Who decided; empty = as proposed."""
    at: datetime | None = None
    """When they did."""
    problems: tuple[Problem, ...] = ()
    changes: tuple[Difference, ...] = ()
    """Of a row in `bestaand`: what really changes."""
    changed_since: bool = False
    """Whether ParnasSys sent it differently at the last refresh."""

    @property
    def marks(self) -> str:
        """What the line must show besides facts: ` `, `?` for a doubt, `!` for a problem."""
        return "!" if self.problems else "?" if self.doubt else " "


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """What counting and narrowing need of a row."""

    category: Category
    doubt: bool
    problem: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Option:
    """A candidate in the detail of a row or in `koppeling aanpassen`."""

    counterpart: Counterpart
    match: Candidate | None = None
    """What matching says of it; None = it was not compared in detail."""
    not_same: str = ""
    """Who said that it is not the same; empty = nobody."""
    taken_by: tuple[RowKey, ...] = ()
    """Rows that are linked to it now."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Detail:
    """Everything of one row: candidates best first, each with its reasons."""

    row: Row
    options: tuple[Option, ...]
    notice: str = ""
    """What was decided here before, by a colleague unseen or in an earlier import, in the language in use."""


class Show(StrEnum):
    """What to leave out of a list."""

    ALL = N_("alles")
    DOUBT = N_("twijfel")
    CHANGED = N_("gewijzigd")
    PROBLEM = N_("probleem")
    CLEAR = N_("zonder problemen")


@dataclass(frozen=True, slots=True, kw_only=True)
class Selection:
    """Which rows to show."""

    kind: Kind
    category: Category | None = None
    show: Show = Show.ALL
    group: LasKey | None = None
    search: str = ""
    """Any part of a name, a birth date or a number; every word must be found."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """Of one tab. `received = new + existing + skipped + problems`: a row with a problem counts there only."""

    received: int
    new: int
    existing: int
    skipped: int
    problems: int
    doubts: int
    """Rows a person must still look at; they are counted above as well."""
    in_category: dict[Category, int]
    """Rows per category, those with a problem too: as long as the list that a category opens."""

    @property
    def ready(self) -> bool:
        """Whether nothing on this tab blocks the commit."""
        return not self.problems and not self.doubts


def counterpart_of_group(group: Group) -> Counterpart:
    """Return a group as it stands beside a row."""
    return Counterpart(id=group.id, title=group.name, year=group.year, external=group.external, active=group.active)


def counterpart_of_teacher(teacher: Teacher, groups: str, *, untouchable: bool) -> Counterpart:
    """Return a teacher as it stands beside a row."""
    return Counterpart(
        id=teacher.id,
        title=teacher.name.listed,
        group=groups,
        email=teacher.email,
        external=teacher.external,
        active=teacher.active,
        untouchable=untouchable,
    )


def counterpart_of_pupil(pupil: Pupil, group: str, *, untouchable: bool) -> Counterpart:
    """Return a pupil as it stands beside a row."""
    return Counterpart(
        id=pupil.id,
        title=pupil.name.listed,
        born=pupil.born,
        group=group,
        year=pupil.year_group,
        external=pupil.external,
        active=pupil.active,
        untouchable=untouchable,
    )
