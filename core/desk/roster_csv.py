"""What the test centre already has, as a CSV file: reading it, with every error at its line, and writing it."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date

from core.errors import UnreadableInput
from core.importing.dutch_csv import as_text, as_typed
from core.language import _
from core.model import (
    Group,
    GroupId,
    PersonName,
    Pupil,
    PupilId,
    Register,
    Sex,
    Teacher,
    TeacherId,
)

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
"""`naam` only for groups; of a teacher `groep` may hold several ids with spaces between; empty = unknown."""
MOST_ERRORS = 20


class Wrong(ValueError):
    """What is wrong with one line, in the language in use."""


def read_roster(text: str) -> Register:
    """Read the file; UnreadableInput names every line that is no good (the first twenty) and nothing is read then."""
    lines = csv.DictReader(io.StringIO(text.removeprefix("\ufeff")), delimiter=";")
    _refuse_columns(lines.fieldnames)
    groups: list[Group] = []
    teachers: list[Teacher] = []
    pupils: list[Pupil] = []
    wrong: list[str] = []
    for line in lines:
        number = lines.line_num
        try:
            if None in line or None in line.values():
                raise Wrong(_("niet evenveel kolommen als de kop"))
            cells = {name: as_typed((value or "").strip()) for name, value in line.items()}
            match cells["soort"]:
                case "groep":
                    groups.append(_group(cells))
                case "leerkracht":
                    teachers.append(_teacher(cells))
                case "leerling":
                    pupils.append(_pupil(cells))
                case other:
                    raise Wrong(_("soort is “{found}” en niet groep, leerkracht of leerling").format(found=other))
        except Wrong as error:
            wrong.append(_("regel {number}: {error}").format(number=number, error=error))
    register = Register(groups=tuple(groups), teachers=tuple(teachers), pupils=tuple(pupils))
    if not wrong:
        wrong = list(_references(register))
    if wrong:
        more = _(" (en {n} meer)").format(n=len(wrong) - MOST_ERRORS) if len(wrong) > MOST_ERRORS else ""
        raise UnreadableInput(
            _("Het bestand klopt niet: {errors}").format(errors="; ".join(wrong[:MOST_ERRORS]) + more),
            todo=_("Verbeter deze regels en lees het bestand opnieuw in."),
        )
    return register


def write_roster(register: Register) -> str:
    """Return the register as such a file; what Excel would take for a formula stays text."""
    out = io.StringIO()
    writer = csv.DictWriter(out, COLUMNS, delimiter=";", restval="", lineterminator="\r\n")
    writer.writeheader()
    rows: list[dict[str, str]] = []
    for group in register.groups:
        rows.append(
            {
                "soort": "groep",
                "id": group.id,
                "naam": group.name,
                "jaargroep": group.year,
                "extern_nummer": group.external,
                "actief": _yes(group.active),
            }
        )
    for teacher in register.teachers:
        rows.append(
            {
                "soort": "leerkracht",
                "id": teacher.id,
                **_named(teacher.name),
                "groep": " ".join(teacher.groups),
                "email": teacher.email,
                "extern_nummer": teacher.external,
                "actief": _yes(teacher.active),
            }
        )
    for pupil in register.pupils:
        rows.append(
            {
                "soort": "leerling",
                "id": pupil.id,
                **_named(pupil.name),
                "geboortedatum": pupil.born.isoformat() if pupil.born else "",
                "geslacht": pupil.sex.value,
                "jaargroep": pupil.year_group,
                "groep": pupil.group or "",
                "extern_nummer": pupil.external,
                "actief": _yes(pupil.active),
            }
        )
    writer.writerows({column: as_text(value) for column, value in row.items()} for row in rows)
    return "\ufeff" + out.getvalue()


def _refuse_columns(found: Iterable[str] | None) -> None:
    missing = [name for name in COLUMNS if name not in (found or ())]
    if missing:
        raise UnreadableInput(
            _("Deze kolommen ontbreken in de kop: {names}.").format(names=", ".join(missing)),
            todo=_("De kop is: {header}").format(header=";".join(COLUMNS)),
        )


def _references(register: Register) -> Iterable[str]:
    groups = {group.id for group in register.groups}
    ids: list[str] = [group.id for group in register.groups]
    ids += [teacher.id for teacher in register.teachers]
    ids += [pupil.id for pupil in register.pupils]
    for id_, count in Counter(ids).items():
        if count > 1:
            yield _("id {id} komt {count} keer voor").format(id=id_, count=count)
    for pupil in register.pupils:
        if pupil.group and pupil.group not in groups:
            yield _("leerling {id} zit in groep {group}, die er niet is").format(id=pupil.id, group=pupil.group)
    for teacher in register.teachers:
        for group in teacher.groups:
            if group not in groups:
                yield _("leerkracht {id} heeft groep {group}, die er niet is").format(id=teacher.id, group=group)


def _group(cells: Mapping[str, str]) -> Group:
    return Group(
        id=GroupId(_id(cells)),
        name=_filled(cells, "naam"),
        year=cells["jaargroep"],
        active=_active(cells),
        external=cells["extern_nummer"],
    )


def _teacher(cells: Mapping[str, str]) -> Teacher:
    return Teacher(
        id=TeacherId(_id(cells)),
        name=_name(cells),
        email=cells["email"],
        groups=tuple(map(GroupId, cells["groep"].split())),
        active=_active(cells),
        external=cells["extern_nummer"],
    )


def _pupil(cells: Mapping[str, str]) -> Pupil:
    return Pupil(
        id=PupilId(_id(cells)),
        name=_name(cells),
        born=_born(cells),
        sex=_sex(cells),
        year_group=cells["jaargroep"],
        group=GroupId(cells["groep"]) if cells["groep"] else None,
        active=_active(cells),
        external=cells["extern_nummer"],
    )


def _id(cells: Mapping[str, str]) -> str:
    return _filled(cells, "id")


def _filled(cells: Mapping[str, str], column: str) -> str:
    if not cells[column]:
        raise Wrong(_("{column} is leeg").format(column=column))
    return cells[column]


def _name(cells: Mapping[str, str]) -> PersonName:
    return PersonName(
        surname=_filled(cells, "achternaam"),
        prefix=cells["voorvoegsel"],
        initials=cells["voorletters"],
        call_name=cells["roepnaam"],
    )


def _named(name: PersonName) -> dict[str, str]:
    return {
        "achternaam": name.surname,
        "voorvoegsel": name.prefix,
        "voorletters": name.initials,
        "roepnaam": name.call_name,
    }


def _born(cells: Mapping[str, str]) -> date | None:
    if not cells["geboortedatum"]:
        return None
    try:
        return date.fromisoformat(cells["geboortedatum"])
    except ValueError as error:
        raise Wrong(_("geboortedatum is geen datum als 2015-09-01")) from error


def _sex(cells: Mapping[str, str]) -> Sex:
    try:
        return Sex(cells["geslacht"])
    except ValueError as error:
        raise Wrong(_("geslacht is geen M of V")) from error


def _active(cells: Mapping[str, str]) -> bool:
    if cells["actief"] not in ("ja", "nee", ""):
        raise Wrong(_("actief is geen ja of nee"))
    return cells["actief"] != "nee"


def _yes(active: bool) -> str:
    return "ja" if active else "nee"
