"""How a school divides its pupils: single, parallel and combination groups, and what they are called."""

from __future__ import annotations

import re
from dataclasses import dataclass

from .chance import Dice, Weighted
from .tables import frequencies, words

_ROOM = re.compile(r"([1-8](?:/[1-8])*)([a-z]{0,2})")
_LETTERS = "abcdefghijklmnopqrstuvwxyz"


@dataclass(frozen=True, slots=True, order=True)
class Room:
    """A place for pupils of certain years: `5`, `5/6`, `3b`."""

    years: tuple[int, ...]
    letter: str = ""

    @classmethod
    def parse(cls, text: str) -> Room:
        """Read `1/2a`; ValueError when it is not years and perhaps a letter."""
        match = _ROOM.fullmatch(text)
        if not match:
            raise ValueError(text)
        return cls(tuple(int(year) for year in match[1].split("/")), match[2])

    def __str__(self) -> str:
        return "/".join(map(str, self.years)) + self.letter


def rooms_for(dice: Dice, pupils: int) -> tuple[Room, ...]:
    """Divide a school of this size: the smaller, the more years together."""
    cohort = pupils / 8
    size = frequencies("schools")["group_size"]
    if cohort < 6:
        return tuple(Room(years) for years in ((1, 2, 3), (4, 5), (6, 7, 8)))
    if cohort < 9:
        return tuple(Room(years) for years in ((1, 2), (3, 4, 5), (6, 7, 8)))
    if cohort < 13:
        return tuple(Room(years) for years in ((1, 2), (3, 4), (5, 6), (7, 8)))
    infants = max(1, round(2.2 * cohort / size))
    rooms = [Room((1, 2), _letter(place, infants)) for place in range(infants)]
    pairs: tuple[tuple[int, ...], ...] = ((3, 4), (4, 5), (5, 6), (6, 7), (7, 8))
    together = dice.pick(pairs) if cohort < 20 else ()
    parallel = max(1, int(cohort / size + 0.35))
    singles = [year for year in range(3, 9) if year not in together]
    rooms += [Room((year,), _letter(place, parallel)) for year in singles for place in range(parallel)]
    rooms += [Room(together)] if together else []
    if 1.3 * parallel < cohort / size and parallel < 3:
        rooms += [Room(years) for years in ((3, 4), (5, 6), (7, 8))]
    return tuple(sorted(rooms))


def _letter(place: int, of: int) -> str:
    if of == 1:
        return ""
    return _LETTERS[place] if place < 26 else _LETTERS[place // 26 - 1] + _LETTERS[place % 26]


STYLES: Weighted[str] = Weighted(("plain", "capital", "groep", "unit", "nickname"), (46, 18, 18, 9, 9))
"""How schools name their groups: `5a`, `5A`, `Groep 5a`, `Unit 5/6a`-like, `5a Vlinders`; weights invented."""


def room_name(room: Room, style: str, seed: str) -> str:
    """Return the name of a group in the style of the school (or of whoever typed it)."""
    years = "/".join(map(str, room.years))
    match style:
        case "capital":
            return f"{years}{room.letter.upper()}"
        case "groep":
            return f"Groep {years}{room.letter}"
        case "unit":
            return f"{'-'.join(map(str, room.years))}{room.letter.upper()}"
        case "nickname":
            names = Dice(seed, "bijnaam").mixed(words("nicknames"))
            place = 3 * room.years[0] + (_LETTERS.index(room.letter) if room.letter else 0)
            return f"{years}{room.letter} {names[place % len(names)]}"
        case _:
            return f"{years}{room.letter}"
