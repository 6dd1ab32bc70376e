"""The tables of the world, read once when first needed: names, frequencies, places. Numbers live in the TOML files."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from .chance import Weighted

_HERE = Path(__file__).parent
HERITAGES = ("dutch", "turkish", "moroccan", "surinamese", "antillean", "polish", "arabic", "eastern", "asian")


@dataclass(frozen=True, slots=True, kw_only=True)
class NameTable:
    """First and last names of families of one origin."""

    surnames: Weighted[str]
    """With the particle in front, in lower case."""
    boys: Weighted[str]
    girls: Weighted[str]
    men: Weighted[str]
    """First names of grown-up men."""
    women: Weighted[str]
    extra_m: Weighted[str] | None
    """Second and third official names of boys and men; None when one given name is the custom."""
    extra_v: Weighted[str] | None


@cache
def read(name: str) -> dict[str, Any]:
    """Return `name`.toml as it stands."""
    with (_HERE / f"{name}.toml").open("rb") as file:
        return tomllib.load(file)


@cache
def frequencies(part: str) -> dict[str, Any]:
    """Return one part of tables.toml: `schools`, `pupils`, `teachers`, `year`, …"""
    table: dict[str, Any] = read("tables")[part]
    return table


@cache
def words(part: str) -> tuple[str, ...]:
    """Return one list of places.toml."""
    return tuple(read("places")[part])


@cache
def weighted(part: str, key: str, value: str) -> Weighted[int]:
    """Return a list of tables.toml with a `weight` per line, as something to draw from."""
    rows = frequencies(part)[key]
    return Weighted([row[value] for row in rows], [row["weight"] for row in rows])


@cache
def sizes() -> Weighted[tuple[int, int]]:
    """Return the classes of school size (from, up to and including)."""
    rows = frequencies("schools")["sizes"]
    return Weighted([(row["from"], row["to"]) for row in rows], [row["weight"] for row in rows])


@cache
def origins(city: bool) -> Weighted[str]:
    """Return the origins of families, for an ordinary school or one in a big city."""
    shares = frequencies("heritage")
    return Weighted(
        HERITAGES, [shares[one] * (1 if one == "dutch" else 4) if city else shares[one] for one in HERITAGES]
    )


@cache
def name_table(origin: str) -> NameTable:
    """Return the names of one of `HERITAGES`."""
    part = read("names")[origin]
    flat = part["flatness"]
    faker_boys, faker_girls = (faker_names("male"), faker_names("female")) if origin == "dutch" else ((), ())
    return NameTable(
        surnames=_counted() if origin == "dutch" else _ranked(_listed(part["surnames"]), flat),
        boys=_ranked(_listed(part["boys"]), flat, faker_boys),
        girls=_ranked(_listed(part["girls"]), flat, faker_girls),
        men=_ranked(_listed(part["men"]), flat),
        women=_ranked(_listed(part["women"]), flat),
        extra_m=_ranked(_listed(part["extra_m"]), flat) if part["extra_m"] else None,
        extra_v=_ranked(_listed(part["extra_v"]), flat) if part["extra_v"] else None,
    )


@cache
def official_names() -> dict[str, tuple[str, ...]]:
    """Return call name → official names it may stand for."""
    return {call: tuple(names.split("|")) for call, names in read("names")["official"].items()}


@cache
def faker_names(which: str) -> tuple[str, ...]:
    """Return Faker's Dutch first names (`male`, `female`) or surnames (`last`), in its own order.

    Its surname list mixes in medieval nobility; what is more than one word or a patronymic on -dr is left out.
    """
    from faker.providers.person.nl_NL import Provider  # a slow import, and only needed once a school is looked into

    if which == "last":
        return tuple(name for name in Provider.last_names if " " not in name and not name.endswith(("dr", "sz")))
    return tuple(Provider.first_names_male if which == "male" else Provider.first_names_female)


def _listed(text: str) -> list[str]:
    return text.split("|") if "|" in text else text.split()


def _ranked(names: list[str], flatness: float, tail: tuple[str, ...] = ()) -> Weighted[str]:
    """Weigh by rank; a `tail` of rare names shares the weight of the last tenth of the list."""
    weights = [1 / (place + flatness) for place in range(1, len(names) + 1)]
    known = set(names)
    rare = [name for name in tail if name not in known]
    each = 0.2 * sum(weights) / max(len(rare), 1)
    return Weighted([*names, *rare], [*weights, *[each] * len(rare)])


def _counted() -> Weighted[str]:
    counted = read("names")["surnames"]["counted"]
    return Weighted(list(counted), list(counted.values()))
