"""Finding people and groups by any part of a name, a birth date or a number."""

from __future__ import annotations

import re
import unicodedata
from datetime import date

_SPACE = re.compile(r"[^0-9a-z@.+]+")


def fold(text: str) -> str:
    """Return the text without case and accents, with one space between words."""
    if text.isascii():
        return _SPACE.sub(" ", text.lower()).strip()
    plain = unicodedata.normalize("NFKD", text.casefold().replace("ø", "o").replace("ł", "l").replace("ß", "ss"))
    return _SPACE.sub(" ", "".join(sign for sign in plain if not unicodedata.combining(sign))).strip()


def haystack(*parts: str, born: date | None = None) -> str:
    """Return the text that `found` looks in: the parts, and the birth date in every way people write it."""
    days = (
        [born.strftime(form) for form in ("%d-%m-%Y", "%d-%m-%y", "%d%m%Y", "%Y-%m-%d", "%Y%m%d")]
        + [f"{born.day}-{born.month}-{born.year}"]
        if born
        else []
    )
    return " ".join(part for part in (*(fold(part) for part in parts), *days) if part)


def words(query: str) -> tuple[str, ...]:
    """Return what must all be found, in any order."""
    return tuple(
        piece
        for word in query.split()
        for piece in ([word] if re.fullmatch(r"[0-9-]+", word) else fold(word).split())
        if piece
    )


def found(needles: tuple[str, ...], text: str) -> bool:
    """Whether every needle is in the text."""
    return all(needle in text for needle in needles)
