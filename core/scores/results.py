"""A result as the test centre holds it: who took which test when, what came out, and how that was normed."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import NewType

from core.model import PupilId, SchoolId, SchoolYear
from core.scores.message import ResultKey

TestCode = NewType("TestCode", str)
"""Toetscode: global for the test centre, never reused (uwlr.md §6.4)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Normed:
    """What a norm table made of a raw score. A value that is missing stays missing."""

    ability: Decimal | None = None
    """Vaardigheidsscore, on the scale of the test's definition."""
    percentile: int | None = None
    """0-100: how many of a hundred pupils with as much education score lower."""
    fifth: str = ""
    """Level I-V, I highest; empty = not known."""
    letter: str = ""
    """Level A-E, A highest; empty = not known."""
    dl: int | None = None
    """Didactische leeftijd at the test date, months of education since the start of group 3 (scores.md)."""
    dle: int | None = None
    """The DL at which the average pupil gets this score, 0-60."""
    table: str = ""
    """Version of the norm table that gave these values; empty = nothing was normed."""

    @property
    def lead(self) -> int | None:
        """DLE minus DL: how many months ahead of the average pupil, or behind when negative (scores.md)."""
        return None if self.dl is None or self.dle is None else self.dle - self.dl


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """One outcome of one pupil on one test, or on one part of it."""

    pupil: PupilId
    test: TestCode
    version: str
    part: str = ""
    """Toetsonderdeelcode; empty = the test as a whole."""
    taken: date
    sitting: str = ""
    """The test centre's number of the sitting; empty = the date tells the sittings apart."""
    raw: int | None = None
    """Number of items right; None = not known, and never filled in."""
    normed: Normed = Normed()


@lru_cache(maxsize=4096)
def year_of(day: date) -> SchoolYear:
    """Return the school year of a test date; the same few hundred days come by for every school."""
    return SchoolYear.of(day)


def key_of(school: SchoolId, result: Result) -> ResultKey:
    """Return the key of this pupil, sitting, test and part: the same today and next year, on every machine.

    The version is left out: a result that is normed again replaces the one that was sent.
    """
    sitting = f"nr {result.sitting}" if result.sitting else result.taken.isoformat()
    identity = "\0".join((str(school), result.pupil, result.test, result.part, sitting))
    return ResultKey("kd-" + hashlib.blake2b(identity.encode(), digest_size=16).hexdigest())
