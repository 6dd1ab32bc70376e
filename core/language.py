"""The one door for words on screen: Dutch is the source language, other languages come from a catalogue."""

from __future__ import annotations

import gettext
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from pathlib import Path

DOMAIN = "koppeldesk"
LOCALE_DIR = Path(__file__).with_name("locale")
_SIGNS = ("✓", "✗", "?")

_DUTCH = gettext.NullTranslations()
_translations: gettext.NullTranslations = _DUTCH
_kept_in_dutch: ContextVar[bool] = ContextVar("kept_in_dutch", default=False)


def use(language: str, folder: Path = LOCALE_DIR) -> bool:
    """Speak `language` ("nl" or "en") from now on in this process, with the compiled catalogue in `folder`.

    Dutch needs no catalogue; a language without one falls back to Dutch, and then False is returned.
    """
    global _translations
    if language == "nl":
        _translations = _DUTCH
        return True
    _translations = gettext.translation(DOMAIN, folder, languages=[language], fallback=True)
    return isinstance(_translations, gettext.GNUTranslations)


@contextmanager
def in_dutch() -> Iterator[None]:
    """Speak Dutch here whatever the process speaks: letters to schools, and what everybody reads later."""
    token = _kept_in_dutch.set(True)
    try:
        yield
    finally:
        _kept_in_dutch.reset(token)


def _in_use() -> gettext.NullTranslations:
    return _DUTCH if _kept_in_dutch.get() else _translations


def _(text: str) -> str:
    """Return the Dutch `text` in the language in use. Call it where the text is shown, never at import."""
    # The catalogue keeps its own header under the empty text.
    return _in_use().gettext(text) if text else ""


def ngettext(one: str, many: str, n: int) -> str:
    """Return `one` or `many` as the language in use counts `n`."""
    return _in_use().ngettext(one, many, n)


def spoken(kept: str) -> str:
    """Return fixed words that were kept in Dutch in the language in use: alone, `word 3, word ✓` or `3 word, 4 word`."""
    return ", ".join(map(_spoken, kept.split(", ")))


def _spoken(part: str) -> str:
    word, _space, sign = part.rpartition(" ")
    if word and (sign.isdigit() or sign in _SIGNS):
        return f"{_(word)} {sign}"
    count, _space, word = part.partition(" ")
    return f"{count} {_(word)}" if word and count.isdigit() else _(part)


def N_(text: str) -> str:
    """Mark a Dutch text for the catalogue where it stands at import; `_` translates it when it is shown."""
    return text
