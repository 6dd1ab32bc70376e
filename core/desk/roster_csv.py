"""What the test centre already has, written as a CSV file."""

from __future__ import annotations

import csv
import io

from core.importing.dutch_csv import as_text
from core.model import PersonName, Register

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
"""`naam` only for groups; of a teacher `groep` may hold several ids with spaces between; empty = unknown, `-` = none."""
CLEARED = "-"
"""A cell that says so takes away what is known."""


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


def _named(name: PersonName) -> dict[str, str]:
    return {
        "achternaam": name.surname,
        "voorvoegsel": name.prefix,
        "voorletters": name.initials,
        "roepnaam": name.call_name,
    }


def _yes(active: bool) -> str:
    return "ja" if active else "nee"
