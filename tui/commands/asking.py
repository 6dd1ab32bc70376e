"""Whether somebody means it: typed at a terminal, and where there is none a flag of the command."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from typing import Annotated

from cyclopts import Parameter

from core.errors import UnreadableInput
from core.language import _

Yes = Annotated[bool, Parameter(negative="", help="Doe het zonder te vragen.")]


def at_a_terminal() -> bool:
    """Whether somebody can be asked: reading and seeing."""
    return sys.stdin.isatty() and sys.stderr.isatty()


def typed(word: str, what: Iterable[str] = ()) -> str:
    """Say what would happen, ask for `word` and return what was typed; empty where nobody can be asked."""
    if not at_a_terminal():
        return ""
    question = _("Typ {word} om door te gaan: ").format(word=word)
    sys.stderr.write("\n".join([*what, question]))
    sys.stderr.flush()
    return sys.stdin.readline().strip()


def meant(*, yes: bool, word: str = "", what: Iterable[str] = (), ask: bool = True, refused: str) -> None:
    """Return when it is meant: by `--yes`, or by typing the word (the BRIN where it is about a school, else `ja`).

    Raises UnreadableInput with the sentence `refused`: nothing was done. With `ask` False only `--yes` will do.
    """
    word = word or _("ja")
    if not yes and not (ask and typed(word, what).casefold() == word.casefold()):
        raise UnreadableInput(refused, todo=_("Geef --yes om het echt te doen."))
