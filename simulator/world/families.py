"""Families at a school: brothers and sisters, twins, and children of one house with two surnames."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from functools import cache

from .chance import Dice, Weighted, digest
from .model import SimName, SimPupil, Thread
from .people import child_name, full_surname, joined, lookalike, origin_of_family, surname
from .tables import frequencies, name_table, weighted


class Nursery:
    """Makes the children of one school, family after family, each family from its own seed."""

    def __init__(self, seed: str, *, city: bool, village: tuple[str, ...] = ()) -> None:
        self._seed = seed
        self._city = city
        self._village = village

    def family(self, number: str, birthdays: list[tuple[date, str]]) -> Iterator[SimPupil]:
        """Yield children born on `birthdays` (day, year group), of one house; two equal days are twins.

        They have no group yet and joined on their fourth birthday.
        """
        dice = Dice(self._seed, "gezin", number)
        shares = frequencies("pupils")
        origin = origin_of_family(dice, city=self._city)
        name = surname(dice, origin)
        local = bool(self._village) and dice.chance(frequencies("heritage")["village_name_share"])
        if local:
            origin, name = "dutch", dice.pick(self._village)
        if dice.chance(shares["double_surname_share"]):
            name = joined(name, surname(dice, origin), dice)
        other_name = surname(dice, origin) if dice.chance(shares["two_surnames_share"]) else name
        postcode = f"{dice.between(1011, 9999)}{dice.pick('ABCDEGHJKLMNPRTVWXZ')}{dice.pick('ABCDEGHJKLMNPRTVWXZ')}"
        taken: set[str] = set()
        before: SimPupil | None = None
        for place, (born, year_group) in enumerate(birthdays):
            twin = before if before is not None and before.born == born else None
            sex = "V" if dice.chance(shares["girl_share"]) else "M"
            if twin is not None:
                other = "M" if twin.sex == "V" else "V"
                sex = twin.sex if dice.chance(shares["twin_same_sex_share"]) else other
            full = full_surname(twin.name) if twin is not None else dice.pick((name, name, other_name))
            called = child_name(dice, origin, sex, full, taken)
            if local and dice.chance(frequencies("heritage")["named_after_share"]):
                called = _named_after(self._seed, full, sex, called, taken)
            if twin is not None and twin.sex == sex and dice.chance(shares["lookalike_twin_share"]):
                called = _alike(dice, twin.name, called, sex, taken)
            taken.add(called.call_name)
            before = self._enrolled(f"{number}.{place}", number, called, born, sex, year_group, postcode, dice)
            yield before

    def _enrolled(
        self, person: str, family: str, name: SimName, born: date, sex: str, year_group: str, postcode: str, dice: Dice
    ) -> SimPupil:
        shares = frequencies("pupils")
        return SimPupil(
            thread=Thread(f"leerling/{person}"),
            family=family,
            key=las_key(self._seed, "leerling", person),
            eckid=eck_id(self._seed, "leerling", person) if dice.chance(frequencies("schools")["eckid_share"]) else "",
            name=name,
            born=born,
            sex="" if dice.chance(shares["sex_unknown_share"]) else sex,
            year_group=year_group,
            group="",
            postcode=postcode,
            joined=fourth_birthday(born),
        )


def cohort_day(dice: Dice, year_group: int, first_year: int) -> date:
    """Draw the birthday of a child that goes along with `year_group` (0 = still to come) in school year `first_year`.

    A cohort runs from 1 October up to 30 September: group 3 holds those who turn six before October.
    """
    return date(first_year - year_group - 4, 10, 1) + timedelta(days=dice.below(365))


def children_per_family() -> Weighted[int]:
    """Return how many children of one family go to the same school."""
    return weighted("pupils", "family_sizes", "children")


def fourth_birthday(born: date) -> date:
    """Return the first day a child may go to school."""
    return date(born.year + 4, born.month, min(born.day, 28) if born.month == 2 else born.day)


def las_key(*path: str | int) -> str:
    """Return a key as a LAS might make one: short, meaningless, unique in the school and the same per seed."""
    return str(100_000_000_000 + int(digest("sleutel", *path)[:16], 16) % 900_000_000_000)


def eck_id(*path: str | int) -> str:
    """Return an ECK iD: an address of the chain with 128 hexadecimal digits (uwlr.md §7)."""
    return f"https://ketenid.nl/201703/{digest('eckid', *path)}"


@cache
def _call_names(sex: str) -> tuple[str, ...]:
    table = name_table("dutch")
    return (table.boys if sex == "M" else table.girls).things


def _named_after(seed: str, family_name: str, sex: str, called: SimName, taken: set[str]) -> SimName:
    """Give a child the name that runs in the family: all cousins named after one grandparent bear the same."""
    after = child_name(Dice(seed, "grootouder", family_name, sex), "dutch", sex, family_name, set())
    return called if after.call_name in taken else after


def _alike(dice: Dice, twin: SimName, called: SimName, sex: str, taken: set[str]) -> SimName:
    call = lookalike(dice, twin.call_name, _call_names(sex))
    if call is None or call in taken:
        return called
    return replace(
        called, surname=twin.surname, prefix=twin.prefix, call_name=call, given_names=call, initials=f"{call[0]}."
    )
