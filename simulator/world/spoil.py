"""How people type a class list: which mistakes there are, how often each is made (tables.toml), and by whom.

Names of mistakes are the labels of the truth: `Who.mistakes`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cache

from . import mistakes
from .chance import Dice
from .mistakes import Around
from .picture import Level, Row
from .tables import frequencies

Mistake = Callable[[Dice, Row, Around], Row]


@dataclass(frozen=True, slots=True)
class Kind:
    """A mistake and how it comes: one by one, or as a habit of whoever typed the list of one group."""

    make: Mistake
    habit: bool = False
    whole: bool = False
    """A habit that strikes everybody on the list alike, or nobody."""


NAME_MISTAKES: dict[str, Kind] = {
    "spelling_variant": Kind(mistakes.spelling_variant),
    "official_for_call_name": Kind(mistakes.official_for_call_name, habit=True),
    "pet_name": Kind(mistakes.pet_name),
    "halves_swapped": Kind(mistakes.halves_swapped),
    "typo_surname": Kind(mistakes.typo_surname),
    "typo_first_name": Kind(mistakes.typo_first_name),
    "phonetic": Kind(mistakes.phonetic),
    "ij_as_y": Kind(mistakes.ij_as_y, habit=True),
    "diacritics_lost": Kind(mistakes.diacritics_lost, habit=True),
    "no_initials": Kind(mistakes.no_initials, habit=True),
    "initials_only": Kind(mistakes.initials_only),
    "particle_missing": Kind(mistakes.particle_missing, habit=True),
    "particle_short": Kind(mistakes.particle_short, habit=True),
    "particle_behind": Kind(mistakes.particle_behind, habit=True),
    "particle_in_surname": Kind(mistakes.particle_in_surname, habit=True),
    "capitals": Kind(mistakes.capitals, habit=True),
    "names_swapped": Kind(mistakes.names_swapped),
}

PUPIL_MISTAKES: dict[str, Kind] = {
    "other_parent": Kind(mistakes.other_parent),
    "half_surname": Kind(mistakes.half_surname),
    **NAME_MISTAKES,
    "sibling_birth_date": Kind(mistakes.sibling_birth_date),
    "day_month_swapped": Kind(mistakes.day_month_swapped),
    "digit_wrong": Kind(mistakes.digit_wrong),
    "year_off": Kind(mistakes.year_off),
    "dates_shifted": Kind(mistakes.dates_shifted, whole=True),
    "first_of_month": Kind(mistakes.first_of_month),
    "birth_date_missing": Kind(mistakes.birth_date_missing),
    "sex_missing": Kind(mistakes.sex_missing, habit=True),
    "sex_wrong": Kind(mistakes.sex_wrong),
    "group_missing": Kind(mistakes.group_missing),
    "group_wrong": Kind(mistakes.group_wrong),
    "year_group_missing": Kind(mistakes.year_group_missing, habit=True),
}

TEACHER_MISTAKES: dict[str, Kind] = {
    "maiden_name": Kind(mistakes.maiden_name),
    **NAME_MISTAKES,
    "email_old": Kind(mistakes.email_old),
    "email_private": Kind(mistakes.email_private),
    "email_shared": Kind(mistakes.email_shared),
    "email_missing": Kind(mistakes.email_missing),
}


@cache
def rates(level: Level) -> Mapping[str, float]:
    """Return mistake → share of the records, for one level; no mistakes at all on a clean one."""
    place = {Level.NORMAL: 0, Level.DIRTY: 1}.get(level)
    return {name: 0.0 if place is None else rate[place] for name, rate in frequencies("mistakes").items()}


@dataclass(slots=True)
class Typist:
    """Whoever typed the list of one group: some are sloppy, and each has habits."""

    dice: Dice
    level: Level
    habits: set[str] = field(init=False)
    sloppy: float = field(init=False)

    def __post_init__(self) -> None:
        self.sloppy = 2.0 if self.dice.chance(1 / 6) else 0.8
        self.habits = {
            name
            for name, kind in {**PUPIL_MISTAKES, **TEACHER_MISTAKES}.items()
            if (kind.habit or kind.whole) and self.dice.chance(rates(self.level)[name])
        }

    def type(self, row: Row, kinds: Mapping[str, Kind], around: Around) -> tuple[Row, tuple[str, ...]]:
        """Return the row as typed, and which mistakes truly changed it."""
        made: list[str] = []
        for name, kind in kinds.items():
            rate = self._rate(name, kind)
            if rate and self.dice.chance(rate):
                typed = kind.make(self.dice, row, around)
                if typed != row:
                    row = typed
                    made.append(name)
        return row, tuple(made)

    def _rate(self, name: str, kind: Kind) -> float:
        """Return how likely this typist makes this mistake on one row."""
        if kind.whole:
            return 1.0 if name in self.habits else 0.0
        if kind.habit:
            return 0.9 if name in self.habits else 0.1 * rates(self.level)[name]
        return rates(self.level)[name] * self.sloppy
