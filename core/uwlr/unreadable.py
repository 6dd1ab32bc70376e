"""How to say that an answer cannot be read: where, what was expected, what stood there (style.md, habit 6)."""

from __future__ import annotations

from core.errors import UnreadableReply
from core.language import _


class Wrong(Exception):
    """Something in an element is wrong; the reader above it knows the way to that element."""

    def __init__(self, path: str, expected: str, got: str) -> None:
        super().__init__(path)
        self.path = path
        self.expected = expected
        self.got = got

    def under(self, parent: str) -> Wrong:
        """Return the same, seen from one level higher."""
        return Wrong(parent + self.path, self.expected, self.got)

    def error(self) -> UnreadableReply:
        """Return it as the error that leaves this room."""
        return unreadable(self.path, self.expected, self.got)


def unreadable(path: str, expected: str, got: str) -> UnreadableReply:
    """Return the error for an answer with something wrong at `path`. `got` may hold no name and no key."""
    return UnreadableReply(
        _("Het antwoord van ParnasSys is niet te lezen bij {path}: verwacht {expected}, gekregen {got}.").format(
            path=path, expected=expected, got=got
        ),
        todo=_("Bekijk het laatste bericht van deze school en leg het aan ParnasSys voor."),
    )


def shown(text: str | None, limit: int = 40) -> str:
    """Return a value fit to be shown in an error: quoted and short. Not for names and keys."""
    if text is None:
        return _("niets")
    text = text.strip()
    return f"“{text if len(text) <= limit else text[:limit] + '…'}”"
