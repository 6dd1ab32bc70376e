"""The same school as people at the test centre once typed it in: rows, and who each row is in truth."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from .model import SimKind, Thread

COLUMNS = (
    "soort",
    "id",
    "naam",
    "achternaam",
    "voorvoegsel",
    "voorletters",
    "roepnaam",
    "geboortedatum",
    "geslacht",
    "jaargroep",
    "groep",
    "email",
    "extern_nummer",
    "actief",
)


class Level(StrEnum):
    """How well the class lists were typed."""

    CLEAN = "foutloos"
    NORMAL = "normaal"
    DIRTY = "slordig"


class Externals(StrEnum):
    """What stands in the external numbers of the test centre."""

    EMPTY = "leeg"
    OLD = "oud"
    """Numbers of an earlier system, which mean nothing to ParnasSys."""
    CURRENT = "huidig"
    """The keys ParnasSys had when the list was typed: an earlier link with it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PictureShape:
    """How the test centre's picture of a school is to be made; None = as its seed has it."""

    level: Level = Level.NORMAL
    taken: date | None = None
    """The day the lists were typed; None = some day in the school year before the present one."""
    from_year: int | None = None
    """Lowest year group that was entered: 1, or 3 where only tested years are."""
    groups: bool = True
    """Whether the test centre has groups at all."""
    externals: Externals = Externals.EMPTY
    missing_pupils: int | None = None
    """Exactly so many pupils were never entered; None = by the rate of the level."""
    missing_teachers: int | None = None
    empty: bool = False
    """Nothing was entered at all."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One row of the roster file: what was typed. Empty = not filled in."""

    kind: SimKind
    id: str = ""
    name: str = ""
    """Of a group only."""
    surname: str = ""
    prefix: str = ""
    initials: str = ""
    call_name: str = ""
    born: date | None = None
    sex: str = ""
    year_group: str = ""
    groups: tuple[Thread, ...] = ()
    """Groups as they truly are; written as their ids."""
    email: str = ""
    external: str = ""
    active: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A row and the truth about it."""

    row: Row
    thread: Thread | None
    """Who or which it is; None for somebody who never existed."""
    mistakes: tuple[str, ...] = ()
    double: bool = False
    """Whether it is a second row for somebody who has one already."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """The test centre's whole picture of one school."""

    taken: date
    entries: tuple[Entry, ...]

    def ids(self) -> dict[Thread, str]:
        """Return who → id of the (first) row."""
        return {entry.thread: entry.row.id for entry in reversed(self.entries) if entry.thread and not entry.double}

    def csv(self) -> str:
        """Return the roster file: UTF-8 text with `;` and a heading, lines ended by a newline."""
        text = io.StringIO()
        out = csv.writer(text, delimiter=";", lineterminator="\n")
        out.writerow(COLUMNS)
        groups = {entry.thread: entry.row.id for entry in self.entries if entry.row.kind is SimKind.GROUP}
        out.writerows(_cells(entry.row, groups) for entry in self.entries)
        return text.getvalue()


def _cells(row: Row, groups: dict[Thread | None, str]) -> Iterable[str]:
    return (
        row.kind.value,
        row.id,
        row.name,
        row.surname,
        row.prefix,
        row.initials,
        row.call_name,
        row.born.isoformat() if row.born else "",
        row.sex,
        row.year_group,
        " ".join(groups[group] for group in row.groups if group in groups),
        row.email,
        row.external,
        "ja" if row.active else "nee",
    )
