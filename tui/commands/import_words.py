"""Words and files on the command line of an import, read with a Dutch error when they are no good."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

from cyclopts import Parameter

from core.errors import Damaged, UnreadableInput, why
from core.importing.decisions import Category
from core.importing.rows import Show
from core.language import _
from core.model import Kind
from tui.commands.choosing import one_of

LONGEST = 50_000_000
SOMETHING_TO_DO = 1
"""Exit code: done, but something needs a person (interfaces.md)."""

Yes = Annotated[bool, Parameter(negative="", help="Voer het echt uit.")]
DryRun = Annotated[bool, Parameter(negative="", help="Toon alleen wat er zou gebeuren.")]
Confirm = Annotated[str, Parameter(help="Het BRIN-nummer, als een grens om bevestiging vraagt.")]


def kind_from(text: str) -> Kind:
    """Read `groep`, `leerkracht` or `leerling`."""
    return one_of(Kind, text)


def category_from(text: str) -> Category:
    """Read `nieuw`, `bestaand` or `niet importeren` (`niet` will do)."""
    return Category.SKIP if text == "niet" else one_of(Category, text)


def show_from(text: str) -> Show:
    """Read what to leave out of a list."""
    return one_of(Show, text)


def read_text(path: Path) -> str:
    """Read a file as UTF-8; `-` is standard input. UnreadableInput says why not."""
    try:
        if str(path) == "-":
            return sys.stdin.read(LONGEST)
        with path.open(encoding="utf-8-sig", newline="") as file:
            return file.read(LONGEST)
    except (OSError, UnicodeDecodeError) as error:
        reason = why(error) if isinstance(error, OSError) else _("het is geen UTF-8")
        raise UnreadableInput(
            _("{path} is niet te lezen: {reason}.").format(path=path, reason=reason),
            todo=_("Controleer de naam en de rechten van het bestand."),
        ) from error


def write_text(path: Path, text: str) -> None:
    """Write a file as UTF-8, as it is; Damaged says why not."""
    try:
        with path.open("w", encoding="utf-8", newline="") as file:
            file.write(text)
    except OSError as error:
        raise Damaged(
            _("{path} is niet te schrijven: {reason}.").format(path=path, reason=why(error)),
            todo=_("Kies een andere map of geef rechten."),
        ) from error
