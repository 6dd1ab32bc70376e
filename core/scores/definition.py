"""What a test is: its code, parts and norms, and how its outcomes travel to ParnasSys (scores.md, uwlr.md §6)."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from core.scores.results import TestCode

MAXIMUM_DL = 60
"""End of group 8; the DL of a repeater may go on, a table does not (scores.md)."""


class Representation(StrEnum):
    """How an outcome is written in a message; set per test, as what ParnasSys wants is unconfirmed (uwlr.md §6.3)."""

    SCORE = "score"
    """The raw score, with norm bands that travel with the definition."""
    OSO = "osoresultaat"
    """Normed values in OSO form."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Band:
    """Raw scores from `first` up to and including `last` are called `term`."""

    term: str
    first: int
    last: int
    description: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A part of a test (toetsonderdeel)."""

    number: int
    """Order within the test, from 1."""
    code: str
    name: str
    items: int
    bands: tuple[Band, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class NormPeriod:
    """The reference group at one stretch of education."""

    first_dl: int
    last_dl: int
    """DL from and up to and including, months."""
    cuts: tuple[Decimal, ...]
    """Ability score at each percentile of the table, rising."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NormTable:
    """What makes normed values of a raw score; one table, one version."""

    version: str
    source: str
    """Where the numbers come from."""
    invented: bool
    """Whether the numbers are made up: real tables are the publisher's secret."""
    abilities: tuple[Decimal, ...]
    """Ability score of each raw score, from 0 up to and including the number of items, rising."""
    averages: tuple[tuple[int, Decimal], ...]
    """Ability score of the average pupil at each DL, both rising; gives the DLE."""
    percentiles: tuple[int, ...]
    periods: tuple[NormPeriod, ...]
    """Without gaps, rising."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Test:
    """One version of a test."""

    __test__ = False

    code: TestCode
    version: str
    name: str
    subject: str
    """Vakgebied, a term of the vocabulary when there is one."""
    subject_vocabulary: str = ""
    year_groups: tuple[str, ...]
    """Jaargroep codes it is meant for."""
    items: int
    scale: str
    """Code of the ability scale; empty = none."""
    representation: Representation
    agreed: bool
    """Whether ParnasSys knows the test: until then its results are held back."""
    source: str
    bands: tuple[Band, ...] = ()
    """Norm bands of the whole test, for the representation `score`."""
    parts: tuple[Part, ...] = ()
    norms: NormTable | None = None

    def part(self, code: str) -> Part | None:
        """Return the part with this code; None when there is none."""
        return next((part for part in self.parts if part.code == code), None)

    def items_of(self, part: str) -> int:
        """Number of items of the part, or of the whole test when `part` is empty."""
        found = self.part(part) if part else None
        return found.items if found else self.items
