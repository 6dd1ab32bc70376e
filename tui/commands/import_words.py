"""Words on the command line of an import, read with a Dutch error when they are no good."""

from __future__ import annotations

from typing import Annotated

from cyclopts import Parameter

from core.importing.decisions import Category
from core.importing.rows import Show
from core.model import Kind
from tui.commands.choosing import one_of

SOMETHING_TO_DO = 1
"""Exit code: done, but something needs a person (interfaces.md)."""

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
