"""Reads a results file as a spreadsheet leaves it behind: lines and cells, and where something is wrong."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass

from core.language import _

CLOSING = "#einde"
"""An optional last line, `#einde;N`: N results precede it, so that a file cut short shows."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """Something wrong, and where."""

    line: int
    """In the file as an editor counts, from 1; 0 = the file as a whole."""
    column: str
    """Name of the column; empty = the whole line."""
    what: str

    def __str__(self) -> str:
        place = _("regel {line}").format(line=self.line) if self.line else _("bestand")
        return f"{place}, {self.column}: {self.what}" if self.column else f"{place}: {self.what}"


class FileProblem(Exception):
    """The file cannot be read any further."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(str(problem))
        self.problem = problem


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the file."""

    number: int
    cells: dict[str, str]
    """By column name, stripped; a column that the file does not have is not in it."""

    def cell(self, column: str) -> str:
        """Return the cell, empty when the file has no such column."""
        return self.cells.get(column, "")


def lines_of(content: bytes, *, columns: tuple[str, ...], needed: tuple[str, ...]) -> Iterator[Line]:
    """Yield the lines below the header; empty ones are left out.

    Accepts a byte order mark, `sep=;`, columns in any order, empty columns and lines at the end, and `="…"`. Raises
    FileProblem, possibly after some lines, when the file is not what it should be or stops half-way.
    """
    text = _text(content)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=";", strict=True)
    header: list[str] = []
    count = 0
    closed = False
    try:
        for cells in reader:
            number = reader.line_num
            plain = [_plain(cell) for cell in cells]
            if not any(plain) or (number == 1 and text.lower().startswith("sep=")):
                continue
            if closed:
                raise FileProblem(Problem(line=number, column="", what=_("na de slotregel staat nog iets")))
            if not header:
                header = _header(number, plain, columns, needed)
            elif plain[0].lower() == CLOSING:
                closed = True
                _check_count(number, plain, count)
            else:
                count += 1
                yield Line(number, _cells(number, plain, header))
    except csv.Error as error:
        raise FileProblem(
            Problem(
                line=reader.line_num, column="", what=_("aanhalingstekens kloppen niet, of het bestand is afgebroken")
            )
        ) from error
    if not header:
        raise FileProblem(Problem(line=0, column="", what=_("het bestand is leeg")))
    if not text.endswith(("\n", "\r")):
        raise FileProblem(
            Problem(
                line=reader.line_num,
                column="",
                what=_("het bestand houdt midden in deze regel op; het is niet compleet"),
            )
        )


def _text(content: bytes) -> str:
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        what = _("het bestand is UTF-16; sla het op als “CSV UTF-8 (door scheidingstekens gescheiden)”")
        raise FileProblem(Problem(line=0, column="", what=what))
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        what = _("geen UTF-8, of afgebroken; sla het op als “CSV UTF-8 (door scheidingstekens gescheiden)”")
        raise FileProblem(Problem(line=line, column="", what=what)) from error


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
        what = _("de kolommen zijn niet gescheiden met een puntkomma")
        raise FileProblem(Problem(line=number, column="", what=what))
    for name in found:
        if name not in columns:
            known = ", ".join(columns)
            what = _("onbekende kolom; bekend zijn: {known}").format(known=known)
            raise FileProblem(Problem(line=number, column=name or "?", what=what))
        if found.count(name) > 1:
            raise FileProblem(Problem(line=number, column=name, what=_("deze kolom staat er twee keer")))
    for name in needed:
        if name not in found:
            raise FileProblem(Problem(line=number, column=name, what=_("deze kolom ontbreekt")))
    return found


def _cells(number: int, cells: list[str], header: list[str]) -> dict[str, str]:
    if len(cells) < len(header):
        what = _("{found} kolommen in plaats van {right}; de regel is niet compleet").format(
            found=len(cells), right=len(header)
        )
        raise FileProblem(Problem(line=number, column="", what=what))
    if any(cells[len(header) :]):
        what = _("meer kolommen dan de kopregel; staat er een puntkomma in een waarde?")
        raise FileProblem(Problem(line=number, column="", what=what))
    return dict(zip(header, cells, strict=False))


def _check_count(number: int, cells: list[str], count: int) -> None:
    said = cells[1] if len(cells) > 1 else ""
    if said != str(count):
        what = _("de slotregel noemt {said} resultaten, er staan er {count}").format(said=said or "?", count=count)
        raise FileProblem(Problem(line=number, column="", what=what))
