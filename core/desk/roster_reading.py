"""Reads what the test centre already has from a CSV file: all of it, or every error at its line and column."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Generic, TypeVar

from core.desk.roster_csv import CLEARED, COLUMNS
from core.errors import UnreadableInput
from core.importing.dutch_csv import as_typed
from core.language import _
from core.model import Group, GroupId, PersonName, Pupil, PupilId, Register, Sex, Teacher, TeacherId
from core.sheet.dates import date_of
from core.sheet.lines import Closed, Line, lines_of
from core.sheet.problem import FileProblem, Problem

MOST_ERRORS = 20
_LOST_LETTER = re.compile(r"[^\W\d_]\?|\?[^\W\d_]")
"""What is left of a letter that the encoding of a file did not have."""
_NAMES = ("naam", "achternaam", "voorvoegsel", "voorletters", "roepnaam")
_NEVER_EMPTIED = frozenset({"soort", "id", "naam", "achternaam", "actief"})

T = TypeVar("T", Group, Teacher, Pupil)


@dataclass(frozen=True, slots=True, kw_only=True)
class Given(Generic[T]):
    """One record of the file."""

    line: int
    record: T
    """As it is when nothing was known of it."""
    says: frozenset[str]
    """The columns that say something; empty is unknown, not nothing."""


@dataclass(kw_only=True)
class RosterFile:
    """Everything in the file."""

    groups: list[Given[Group]] = field(default_factory=list)
    teachers: list[Given[Teacher]] = field(default_factory=list)
    pupils: list[Given[Pupil]] = field(default_factory=list)

    def __iter__(self) -> Iterator[Given[Group] | Given[Teacher] | Given[Pupil]]:
        yield from self.groups
        yield from self.teachers
        yield from self.pupils


class _Wrong(ValueError):
    def __init__(self, column: str, what: str) -> None:
        super().__init__(what)
        self.column = column


def read_roster(content: bytes, known: Register) -> RosterFile:
    """Read the file; UnreadableInput names every line that is no good (the first twenty) and nothing is read then.

    `known` is what is there already: groups may be mentioned that stand there and not in the file.
    """
    file, wrong = RosterFile(), list[Problem]()
    try:
        for line in lines_of(content, columns=COLUMNS, needed=COLUMNS, whole=_ends_whole):
            match line:
                case Problem():
                    wrong.append(line)
                case Line():
                    wrong += _take(file, line)
                case Closed():
                    pass
    except FileProblem as error:
        wrong += error.problems
    if wrong := wrong or sorted(_misfits(file, known), key=lambda problem: problem.line):
        more = _(" (en {n} meer)").format(n=len(wrong) - MOST_ERRORS) if len(wrong) > MOST_ERRORS else ""
        raise UnreadableInput(
            _("Het bestand klopt niet: {errors}").format(errors="; ".join(map(str, wrong[:MOST_ERRORS])) + more),
            todo=_("Verbeter deze regels en lees het bestand opnieuw in."),
        )
    return file


def _ends_whole(line: Line) -> bool:
    """Whether a file that ends here, without a line break, was not cut off inside this line."""
    return next(reversed(line.cells)) == "actief" and line.cell("actief").lower() in ("ja", "nee")


def _take(file: RosterFile, line: Line) -> Iterator[Problem]:
    """Put the record of this line in the file, or yield what is wrong with it."""
    try:
        _read(file, line)
    except _Wrong as error:
        yield Problem(line=line.number, column=error.column, what=str(error))


def _read(file: RosterFile, line: Line) -> None:
    says = frozenset(name for name, cell in line.cells.items() if cell)
    cells = {
        name: "" if cell == CLEARED and name not in _NEVER_EMPTIED else as_typed(cell)
        for name, cell in line.cells.items()
    }
    match cells["soort"].lower():
        case "groep":
            file.groups.append(Given(line=line.number, record=_group(cells), says=says))
        case "leerkracht":
            file.teachers.append(Given(line=line.number, record=_teacher(cells), says=says))
        case "leerling":
            file.pupils.append(Given(line=line.number, record=_pupil(cells), says=says))
        case _other:
            raise _Wrong("soort", _("is geen groep, leerkracht of leerling"))


def _misfits(file: RosterFile, known: Register) -> Iterator[Problem]:
    """Yield what is wrong with records beside each other and beside what is known."""
    here: set[tuple[type, str]] = {
        *((Group, one.id) for one in known.groups),
        *((Teacher, one.id) for one in known.teachers),
        *((Pupil, one.id) for one in known.pupils),
    }
    groups = {group.id for group in known.groups} | {given.record.id for given in file.groups}
    with_zeros = {(kind, id_.lstrip("0")): id_ for kind, id_ in here if id_.startswith("0")}
    seen: dict[str, int] = {}
    for given in file:
        id_, mine = given.record.id, (type(given.record), given.record.id)
        if (first := seen.setdefault(id_, given.line)) != given.line:
            what = _("{id} staat ook op regel {line}").format(id=id_, line=first)
            yield Problem(line=given.line, column="id", what=what)
        if mine not in here and mine in with_zeros:
            what = _("{id} is hier bekend als {known}; Excel haalt nullen vooraan weg").format(
                id=id_, known=with_zeros[mine]
            )
            yield Problem(line=given.line, column="id", what=what)
        for group in _groups_of(given.record):
            if group not in groups:
                yield Problem(line=given.line, column="groep", what=_("groep {group} is er niet").format(group=group))


def _groups_of(record: Group | Teacher | Pupil) -> tuple[GroupId, ...]:
    match record:
        case Group():
            return ()
        case Teacher():
            return record.groups
        case Pupil():
            return (record.group,) if record.group else ()


def _group(cells: Mapping[str, str]) -> Group:
    return Group(
        id=GroupId(_filled(cells, "id")),
        name=_filled(cells, "naam"),
        year=cells["jaargroep"],
        active=_active(cells),
        external=cells["extern_nummer"],
    )


def _teacher(cells: Mapping[str, str]) -> Teacher:
    return Teacher(
        id=TeacherId(_filled(cells, "id")),
        name=_name(cells),
        email=cells["email"],
        groups=tuple(map(GroupId, cells["groep"].split())),
        active=_active(cells),
        external=cells["extern_nummer"],
    )


def _pupil(cells: Mapping[str, str]) -> Pupil:
    return Pupil(
        id=PupilId(_filled(cells, "id")),
        name=_name(cells),
        born=_born(cells["geboortedatum"]),
        sex=_sex(cells["geslacht"]),
        year_group=cells["jaargroep"],
        group=GroupId(cells["groep"]) if cells["groep"] else None,
        active=_active(cells),
        external=cells["extern_nummer"],
    )


def _filled(cells: Mapping[str, str], column: str) -> str:
    if not cells[column]:
        raise _Wrong(column, _("is leeg"))
    if column in _NAMES:
        _refuse_lost_letters(cells, column)
    return cells[column]


def _name(cells: Mapping[str, str]) -> PersonName:
    for column in _NAMES:
        _refuse_lost_letters(cells, column)
    return PersonName(
        surname=_filled(cells, "achternaam"),
        prefix=cells["voorvoegsel"],
        initials=cells["voorletters"],
        call_name=cells["roepnaam"],
    )


def _refuse_lost_letters(cells: Mapping[str, str], column: str) -> None:
    if _LOST_LETTER.search(cells[column]):
        raise _Wrong(column, _("er staat een vraagteken waar een letter hoort; sla het bestand op als CSV UTF-8"))


def _born(cell: str) -> date | None:
    try:
        return date_of(cell) if cell else None
    except ValueError as error:
        raise _Wrong("geboortedatum", str(error)) from error


def _sex(cell: str) -> Sex:
    try:
        return Sex(cell.upper())
    except ValueError as error:
        raise _Wrong("geslacht", _("is geen M of V")) from error


def _active(cells: Mapping[str, str]) -> bool:
    if cells["actief"].lower() not in ("ja", "nee", ""):
        raise _Wrong("actief", _("is geen ja of nee"))
    return cells["actief"].lower() != "nee"
