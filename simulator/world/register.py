"""The list of schools of a world: numbers, names and places, thousands of them in a moment."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from .chance import Dice
from .model import SchoolCard, SchoolRef, WorldError
from .staff import plain
from .tables import frequencies, words

_SPACE = 100 * 26 * 26
_STEP = 9973
"""A prime, so that stepping by it through all BRIN numbers meets each of them once."""


def cards(
    seed: str, count: int, fixed: tuple[SchoolRef, ...], names: Mapping[SchoolRef, tuple[str, str]]
) -> Iterator[SchoolCard]:
    """Yield `count` schools, the `fixed` ones first. WorldError when there are not so many BRIN numbers."""
    if not len(fixed) <= count <= _SPACE // 2:
        raise WorldError(f"Een wereld telt hier {len(fixed)} tot en met {_SPACE // 2} scholen, niet {count}.")
    dice = Dice(seed, "scholen")
    schools, places = words("schools"), words("places")
    for ref in fixed:
        name, place = names.get(ref) or (dice.pick(schools), dice.pick(places))
        yield _card(ref, name, place)
    taken = {ref.brin for ref in fixed}
    at, made = dice.below(_SPACE), len(fixed)
    share = frequencies("schools")["dependance_share"]
    while made < count:
        at = (at + _STEP) % _SPACE
        number, letters = divmod(at, 676)
        brin = f"{number:02d}{chr(65 + letters // 26)}{chr(65 + letters % 26)}"
        if brin in taken:
            continue
        name, place = dice.pick(schools), dice.pick(places)
        yield _card(SchoolRef(brin), name, place)
        made += 1
        if made < count and dice.chance(share):
            yield _card(SchoolRef(brin, "01"), f"{name}, locatie {dice.pick(words('streets'))}", place)
            made += 1


def _card(ref: SchoolRef, name: str, place: str) -> SchoolCard:
    last = words("administrators")[sum(map(ord, str(ref))) % len(words("administrators"))]
    domain = "".join(sign for sign in plain(name) if sign.isalnum())
    return SchoolCard(ref=ref, name=name, place=place, administrator=last, email=f"beheer@{domain}.example")
