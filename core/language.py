"""The one door for words on screen: Dutch is the source language, other languages come from a catalogue."""

from __future__ import annotations

import gettext
from pathlib import Path

DOMAIN = "koppeldesk"
LOCALE_DIR = Path(__file__).with_name("locale")
_SIGNS = ("✓", "✗", "?")

_translations: gettext.NullTranslations = gettext.NullTranslations()


def use(language: str, folder: Path = LOCALE_DIR) -> bool:
    """Speak `language` ("nl" or "en") from now on in this process, with the compiled catalogue in `folder`.

    Dutch needs no catalogue; a language without one falls back to Dutch, and then False is returned.
    """
    global _translations
    if language == "nl":
        _translations = gettext.NullTranslations()
        return True
    _translations = gettext.translation(DOMAIN, folder, languages=[language], fallback=True)
    return isinstance(_translations, gettext.GNUTranslations)


def _(text: str) -> str:
    """Return the Dutch `text` in the language in use. Call it where the text is shown, never at import."""
    # The catalogue keeps its own header under the empty text.
    return _translations.gettext(text) if text else ""


def ngettext(one: str, many: str, n: int) -> str:
    """Return `one` or `many` as the language in use counts `n`."""
    return _translations.ngettext(one, many, n)


def spoken(kept: str) -> str:
    """Return fixed words that were kept in Dutch, alone or as `word count, word sign`, in the language in use."""
    return ", ".join(map(_spoken, kept.split(", ")))


def _spoken(part: str) -> str:
    word, _space, sign = part.rpartition(" ")
    return f"{_(word)} {sign}" if sign.isdigit() or sign in _SIGNS else _(part)


def N_(text: str) -> str:
    """Mark a Dutch text for the catalogue where it stands at import; `_` translates it when it is shown."""
    return text
