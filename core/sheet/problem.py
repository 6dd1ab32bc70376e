"""What is wrong in a file that somebody brought, and where."""

from __future__ import annotations

from dataclasses import dataclass

from core.language import _


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """Something wrong, and where."""

    line: int
    """In the file as an editor counts, from 1; 0 = the file as a whole."""
    column: str = ""
    """Name of the column; empty = the whole line."""
    what: str

    def __str__(self) -> str:
        place = _("regel {line}").format(line=self.line) if self.line else _("bestand")
        return f"{place}, {self.column}: {self.what}" if self.column else f"{place}: {self.what}"


class FileProblem(Exception):
    """The file cannot be read any further."""

    def __init__(self, *problems: Problem) -> None:
        super().__init__("; ".join(map(str, problems)))
        self.problems = problems
