"""Reads a table as a spreadsheet leaves it behind: lines and cells, and where something is wrong."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from core.language import _
from core.sheet.problem import FileProblem, Problem
from core.sheet.spoiled import spoiled
from core.sheet.text import text_of

CLOSING = "#einde"
"""An optional last line, `#einde;N`: N lines precede it, so that a file cut short between two lines shows."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the file."""

    number: int
    """Where it starts in the file as an editor counts, from 1; 0 = not from a file."""
    cells: dict[str, str]
    """By column name, stripped; a column that the file does not have is not in it."""

    def cell(self, column: str) -> str:
        """Return the cell, empty when the file has no such column."""
        return self.cells.get(column, "")


@dataclass(frozen=True, slots=True)
class Closed:
    """The closing line was there and counts right: nothing is missing."""

    lines: int


def lines_of(
    content: bytes,
    *,
    columns: tuple[str, ...],
    needed: tuple[str, ...],
    whole: Callable[[Line], bool] | None = None,
) -> Iterator[Line | Problem | Closed]:
    """Yield the lines below the header, or what is wrong with one, and the closing line; empty ones are left out.

    Accepts a byte order mark, `sep=;`, columns in any order, empty columns and lines at the end, and `="…"`. Raises
    FileProblem, possibly after some lines, when the file is not what it should be or stops half-way: the last line
    must have a line break, be a closing line, or be `whole`, which is to say that it can be no beginning of a longer one.
    """
    try:
        text = text_of(content)
    except FileProblem as error:
        advice = _("sla het op als “CSV UTF-8 (door scheidingstekens gescheiden)”")
        raise FileProblem(*(replace(one, what=f"{one.what}; {advice}") for one in error.problems)) from error
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=";", strict=True)
    header: list[str] = []
    count, closed, number = 0, False, 0
    last: Line | Problem | None = None
    try:
        for cells in _stripped(reader):
            before, number = number, reader.line_num
            start = before + 1
            if not any(cells) or (start == 1 and text.lower().startswith("sep=")):
                continue
            if closed:
                raise FileProblem(Problem(line=start, what=_("na de slotregel staat nog iets")))
            if not header:
                header = _header(start, cells, columns, needed)
            elif cells[0].lower() == CLOSING:
                closed = True
                _check_count(start, cells, count)
                yield Closed(count)
            else:
                count += 1
                last = _line(start, cells, header)
                yield last
    except csv.Error as error:
        what = _("aanhalingstekens kloppen niet, of het bestand is afgebroken")
        raise FileProblem(Problem(line=number + 1, what=what)) from error
    if not header:
        raise FileProblem(Problem(line=0, what=_("het bestand is leeg")))
    ended = closed or text.endswith(("\n", "\r")) or (whole is not None and isinstance(last, Line) and whole(last))
    if not ended:
        what = _("het bestand houdt midden in deze regel op; het is niet compleet")
        raise FileProblem(Problem(line=number, what=what))


def _stripped(rows: Iterator[list[str]]) -> Iterator[list[str]]:
    for row in rows:
        yield [_plain(cell) for cell in row]


def _plain(cell: str) -> str:
    text = cell.replace("\u00a0", " ").strip()
    if text.startswith('="') and text.endswith('"'):
        text = text[2:-1]
    return text


def _header(number: int, names: list[str], columns: tuple[str, ...], needed: tuple[str, ...]) -> list[str]:
    found = [name.lower() for name in names]
    while found and not found[-1]:
        found.pop()
    if len(found) == 1 and ("," in found[0] or "\t" in found[0]):
        raise FileProblem(Problem(line=number, what=_("de kolommen zijn niet gescheiden met een puntkomma")))
    if 2 * sum(name in columns for name in found) < len(found):
        # What stands there may be a child's name, so it is not repeated.
        header = ";".join(columns)
        raise FileProblem(Problem(line=number, what=_("de kopregel ontbreekt; die is: {header}").format(header=header)))
    if problems := [*_header_problems(number, found, columns, needed)]:
        raise FileProblem(*problems)
    return found


def _header_problems(
    number: int, found: list[str], columns: tuple[str, ...], needed: tuple[str, ...]
) -> Iterator[Problem]:
    for name in dict.fromkeys(found):
        if name not in columns:
            what = _("onbekende kolom; bekend zijn: {known}").format(known=", ".join(columns))
            yield Problem(line=number, column=name or "?", what=what)
        elif found.count(name) > 1:
            yield Problem(line=number, column=name, what=_("deze kolom staat er twee keer"))
    for name in needed:
        if name not in found:
            yield Problem(line=number, column=name, what=_("deze kolom ontbreekt"))


def _line(number: int, cells: list[str], header: list[str]) -> Line | Problem:
    if len(cells) < len(header):
        what = _("{found} kolommen in plaats van {right}; de regel is niet compleet").format(
            found=len(cells), right=len(header)
        )
        return Problem(line=number, what=what)
    if any(cells[len(header) :]):
        return Problem(line=number, what=_("meer kolommen dan de kopregel; staat er een puntkomma in een waarde?"))
    for name, cell in zip(header, cells, strict=False):
        if what := spoiled(cell):
            return Problem(line=number, column=name, what=what)
    return Line(number, dict(zip(header, cells, strict=False)))


def _check_count(number: int, cells: list[str], count: int) -> None:
    said = cells[1] if len(cells) > 1 else ""
    if said != str(count):
        what = _("de slotregel noemt {said} regels, er staan er {count}").format(said=said or "?", count=count)
        raise FileProblem(Problem(line=number, what=what))
