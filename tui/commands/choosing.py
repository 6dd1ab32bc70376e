"""A word of ours on the command line, read as screens show it."""

from __future__ import annotations

from enum import StrEnum
from typing import TypeVar

from core.errors import UnreadableInput
from core.language import _

E = TypeVar("E", bound=StrEnum)


def one_of(words: type[E], text: str) -> E:
    """Read one of our words, in Dutch or in the language in use; UnreadableInput names what there is."""
    for word in words:
        if text.lower() in (word.value, _(word.value)):
            return word
    known = ", ".join(_(word.value) for word in words if word.value)
    raise UnreadableInput(
        _("“{text}” is hier niet bekend.").format(text=text), todo=_("Kies uit: {known}.").format(known=known)
    )
