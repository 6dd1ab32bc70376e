"""A review as CSV that opens right in Dutch Excel: `;`, a BOM, and nothing that a spreadsheet takes for a formula."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from core.importing.rows import Row
from core.language import _

_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
BOM = "\ufeff"


def rows_as_csv(rows: Iterable[Row]) -> str:
    """Return the rows with the columns of the screen, in the language in use; lines end in CRLF."""
    header = (
        _("soort"),
        _("sleutel"),
        _("naam"),
        _("geboortedatum"),
        _("jaargroep"),
        _("groep"),
        _("e-mailadres"),
        _("categorie"),
        _("testcentrum"),
        _("geboortedatum testcentrum"),
        _("groep testcentrum"),
        _("nummer testcentrum"),
        _("zekerheid"),
        _("grond"),
        _("let op"),
        _("wijzigingen"),
        _("problemen"),
        _("beslist door"),
        _("beslist op"),
    )
    return BOM + "".join(_line(cells) for cells in (header, *(_cells(row) for row in rows)))


def as_text(text: str) -> str:
    """Return the text as a spreadsheet shows it and never calculates it: with an apostrophe, as Excel itself does."""
    return "'" + text if text.startswith(_FORMULA) else text


def as_typed(cell: str) -> str:
    """Return what `as_text` was given."""
    return cell[1:] if cell.startswith("'") and cell[1:].startswith(_FORMULA) else cell


def safe_cell(text: str) -> str:
    """Return one cell: a text that a spreadsheet would calculate gets an apostrophe in front, as Excel itself does."""
    text = as_text(text)
    if any(sign in text for sign in ';"\r\n'):
        return '"' + text.replace('"', '""') + '"'
    return text


def _line(cells: Sequence[str]) -> str:
    return ";".join(safe_cell(cell) for cell in cells) + "\r\n"


def _cells(row: Row) -> tuple[str, ...]:
    there = row.existing
    return (
        _(row.key.kind.value),
        row.key.incoming,
        row.title,
        row.born.strftime("%d-%m-%Y") if row.born else "",
        row.year,
        row.group,
        row.email,
        _(row.category.value),
        there.title if there else "",
        there.born.strftime("%d-%m-%Y") if there and there.born else "",
        there.group if there else "",
        there.id if there else "",
        f"{100 * row.probability:.0f} %",
        _(row.ground.value),
        ", ".join(part for part in (row.doubt, *sorted(_(flag.value) for flag in row.flags)) if part),
        " | ".join(f"{one.field}: {one.before or '–'} → {one.after or '–'}" for one in row.changes),
        " | ".join(problem.sentence for problem in row.problems),
        row.by,
        row.at.strftime("%d-%m-%Y %H:%M") if row.at else "",
    )
