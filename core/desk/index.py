"""Search over all schools by name, BRIN or place: accents and capitals do not count, every word must be found."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence

from core.desk.ports import SchoolLine


def folded(text: str) -> str:
    """Return `text` in small letters without accents: `Súdwest-Fryslân` is `sudwest-fryslan`."""
    if text.isascii():
        return text.casefold()
    apart = unicodedata.normalize("NFKD", text.casefold())
    return "".join(sign for sign in apart if not unicodedata.combining(sign))


class SchoolIndex:
    """The folded words of each school; made once for a list of schools."""

    def __init__(self, lines: Sequence[SchoolLine]) -> None:
        self.lines = lines
        self._words = [(folded(f"{line.id} {line.name} {line.place}"), line) for line in lines]

    def search(self, text: str, limit: int | None = None) -> list[SchoolLine]:
        """Return the schools in which every word of `text` occurs, BRIN and names that begin with it first."""
        words = folded(text).split()
        if not words:
            return list(self.lines[:limit])
        first = words[0]
        found = [(_rank(hay, first), line) for hay, line in self._words if all(word in hay for word in words)]
        found.sort(key=lambda hit: hit[0])
        return [line for _rank_, line in found[:limit]]


def _rank(hay: str, word: str) -> int:
    if hay.startswith(word):
        return 0
    if hay.startswith(word, hay.index(" ") + 1):
        return 1
    return 2 if f" {word}" in hay else 3
