"""Slips of the finger and the ear: what one word becomes when people copy it. Words in, words out."""

from __future__ import annotations

from functools import cache

from .chance import Dice
from .staff import plain
from .tables import frequencies, read


def typo(dice: Dice, word: str) -> str:
    """Return `word` with one wrong stroke: dropped, doubled, swapped with its neighbour, or the key beside it."""
    if len(word) < 3:
        return word
    place = dice.between(0 if dice.chance(0.1) else 1, len(word) - 2)
    sign, kind = word[place], dice.below(10)
    if kind < 3:
        return word[:place] + word[place + 1 :]
    if kind < 5:
        return word[:place] + sign + word[place:]
    if kind < 8:
        return word[:place] + word[place + 1] + sign + word[place + 2 :]
    near: str = frequencies("slips")["keys"].get(sign.lower(), sign)
    other = dice.pick(near)
    return word[:place] + (other.upper() if sign.isupper() else other) + word[place + 1 :]


def by_ear(dice: Dice, word: str) -> str:
    """Return `word` written as it sounds, one sound changed; the same when nothing in it has a twin."""
    lower = word.lower()
    found = [(old, new) for old, new in _sounds() if old in lower]
    if not found:
        return word
    old, new = dice.pick(found)
    place = lower.index(old)
    changed = word[:place] + new + word[place + len(old) :]
    return changed[:1].upper() + changed[1:] if place == 0 else changed


def other_spelling(dice: Dice, word: str, which: str) -> str:
    """Return another usual spelling of a first or last name (`which`); the same when it has one spelling only."""
    others = _spellings(which).get(word, ())
    return dice.pick(others) if others else word


def without_accents(word: str) -> str:
    """Return `word` in plain letters, capitals kept."""
    if word.isascii():
        return word
    return "".join(plain(sign).upper() if sign.isupper() else plain(sign) for sign in word)


def short(dice: Dice, call_name: str) -> str:
    """Return a pet or cut-off form: `Alexander` → `Alex`, `Moh.`; the same when the name is short already."""
    if len(call_name) < 6:
        return call_name
    cut = call_name[: dice.between(3, 4)]
    return cut + ("." if dice.chance(0.4) else "")


_SHORT_PARTICLES = {"van der": "v.d.", "van den": "v.d.", "van de": "v/d", "van": "v.", "de": "d.", "van 't": "v.'t"}


def short_particle(prefix: str) -> str:
    """Return a voorvoegsel as people abbreviate it: `van der` → `v.d.`."""
    return _SHORT_PARTICLES.get(prefix, prefix)


def halves(surname: str) -> tuple[str, str] | None:
    """Split a double surname (`Jansen-de Vries`, `Jansen de Vries`) in its halves; None when it is single."""
    if "-" in surname:
        first, _, second = surname.partition("-")
        return (first, second) if first and second else None
    words = surname.split(" ")
    if len(words) < 2 or words[0] in ("El", "Al", "Ait", "Ben", "Bel", "Oulad", "Oude", "Groot"):
        return None
    return words[0], " ".join(words[1:])


def glued(surname: str) -> str:
    """Return a surname with a foreign article written on to it: `El Idrissi` → `Elidrissi`."""
    first, _, rest = surname.partition(" ")
    return first + rest.lower() if rest and first in ("El", "Al", "Ait", "Ben", "Bel") else surname


@cache
def _spellings(which: str) -> dict[str, tuple[str, ...]]:
    rows = [tuple(row.split()) for row in read("names")["variants"][which]]
    return {name: tuple(other for other in row if other != name) for row in rows for name in row}


@cache
def _sounds() -> tuple[tuple[str, str], ...]:
    """Return the pairs of sounds people write for one another."""
    pairs = (pair.partition(">") for pair in frequencies("slips")["sounds"].split())
    return tuple((old, new) for old, _, new in pairs)
