"""Names of people: families, children, staff. Every draw comes from the dice given, so one seed gives one person."""

from __future__ import annotations

from functools import cache

from .chance import Dice
from .model import SimName
from .tables import NameTable, faker_names, frequencies, name_table, official_names, origins, read


def origin_of_family(dice: Dice, *, city: bool) -> str:
    """Draw the origin of a family; `city` schools have more from elsewhere."""
    return dice.draw(origins(city))


def surname(dice: Dice, origin: str) -> str:
    """Draw a family name, its particle in front."""
    if origin != "dutch":
        return dice.draw(name_table(origin).surnames)
    shares = read("names")["surnames"]["composed"]
    kind = dice.below(1000) / 1000
    if kind < shares["share"]:
        return _composed(dice)
    if kind < shares["share"] + shares["faker_share"]:
        return dice.pick(faker_names("last"))
    return dice.draw(name_table("dutch").surnames)


def parted(full: str) -> tuple[str, str]:
    """Split `van den Berg` into voorvoegsel and achternaam (`van den`, `Berg`); particles are the lower-case words.

    UWLR allows 10 characters for a voorvoegsel: a longer one stays in the surname.
    """
    words = full.split(" ")
    first = next((place for place, word in enumerate(words) if word.lstrip("'")[:1].isupper()), 0)
    prefix = " ".join(words[:first])
    return (prefix, " ".join(words[first:])) if len(prefix) <= 10 else ("", full)


def full_surname(name: SimName) -> str:
    """Return the surname with its particle in front: `van den Berg`."""
    return f"{name.prefix} {name.surname}" if name.prefix else name.surname


def spoken(name: SimName) -> str:
    """Return the name as you would say it: `Fien van den Berg`."""
    return f"{name.call_name} {full_surname(name)}"


def joined(first: str, second: str, dice: Dice) -> str:
    """Make one double surname: `Jansen-de Vries`, or `Jansen de Vries` as since 2024."""
    return f"{first}{'-' if dice.chance(0.6) else ' '}{second}"


def child_name(dice: Dice, origin: str, sex: str, family_name: str, taken: set[str]) -> SimName:
    """Name a child; `taken` holds the call names of brothers and sisters, which parents do not use twice."""
    if dice.chance(frequencies("heritage")["mixed_share"]):
        origin = "dutch" if origin != "dutch" else dice.draw(origins(True))
    table = name_table(origin)
    names = table.boys if sex == "M" else table.girls
    call = dice.draw(names)
    while call in taken:
        call = dice.draw(names)
    return named(dice, table, sex, call, family_name)


def grown_up_name(dice: Dice, origin: str, sex: str, family_name: str) -> SimName:
    """Name a member of staff."""
    table = name_table(origin)
    return named(dice, table, sex, dice.draw(table.men if sex == "M" else table.women), family_name)


def named(dice: Dice, table: NameTable, sex: str, call: str, family_name: str) -> SimName:
    """Give a call name its official names, initials and surname."""
    given = [dice.pick(official_names().get(call, (call,)))]
    extra = table.extra_m if sex == "M" else table.extra_v
    if extra is not None and dice.chance(frequencies("pupils")["extra_name_share"]):
        given.append(dice.draw(extra))
        if dice.chance(0.3):
            given.append(dice.draw(extra))
    prefix, last = parted(family_name)
    return SimName(
        surname=last, prefix=prefix, given_names=" ".join(given), initials=initials_of(" ".join(given)), call_name=call
    )


def initials_of(given_names: str) -> str:
    """Return `J.P.` for `Johannes Pieter`; at most three, as UWLR allows six characters."""
    return "".join(f"{name[0]}." for name in given_names.split(" ")[:3] if name)


def lookalike(dice: Dice, call: str, others: tuple[str, ...]) -> str | None:
    """Find a name one or two letters away from `call`, as parents of twins like; None when there is none."""
    near = [other for other in others if other != call and _near(call, other)]
    return dice.pick(near) if near else None


def _near(one: str, other: str) -> bool:
    if one[0] != other[0] or abs(len(one) - len(other)) > 1 or len(one) < 4:
        return False
    if len(one) == len(other):
        return sum(a != b for a, b in zip(one, other, strict=True)) <= 1
    short, long = sorted((one, other), key=len)
    return any(long[:place] + long[place + 1 :] == short for place in range(len(long)))


@cache
def _parts() -> dict[str, list[str]]:
    parts = read("names")["surnames"]["composed"]
    cut = {name: parts[name].split() for name in parts if name.endswith(("stems", "ends"))}
    return cut | {"place_particles": parts["place_particles"].split("|")}


def _composed(dice: Dice) -> str:
    parts = _parts()
    kind = dice.below(10)
    if kind < 6:
        return f"{dice.pick(parts['place_particles'])} {dice.pick(parts['place_stems'])}"
    where = "frisian" if kind < 8 else "eastern"
    return dice.pick(parts[f"{where}_stems"]) + dice.pick(parts[f"{where}_ends"])
