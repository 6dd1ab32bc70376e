"""Names of things: ids that are never mixed up, a school's address, a school year."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import NewType, Self

from core.language import N_

GroupId = NewType("GroupId", str)
TeacherId = NewType("TeacherId", str)
PupilId = NewType("PupilId", str)
"""Ids of the test centre's own records: opaque, unique within a school, never reused."""

LasKey = NewType("LasKey", str)
"""Key of a record in ParnasSys (`@key`): opaque, 1-256 characters (uwlr.md §7)."""
EckId = NewType("EckId", str)
"""ECK iD: an opaque URI, compared as a string (uwlr.md §7)."""
IncomingRef = NewType("IncomingRef", str)
"""Identity of an incoming record for decisions: `las:KEY`, or `eck:ID` when there is no key."""


def ref_of(key: LasKey) -> IncomingRef:
    """Return the identity for decisions of what has this key."""
    return IncomingRef(f"las:{key}")


class Kind(StrEnum):
    """The three tabs of the review."""

    GROUP = N_("groep")
    TEACHER = N_("leerkracht")
    PUPIL = N_("leerling")


class Sex(StrEnum):
    """As registered; empty when unknown or not specified."""

    BOY = "M"
    GIRL = "V"
    UNKNOWN = ""


_BRIN = re.compile(r"[0-9]{2}[A-Z]{2}")
_SCHOOL = re.compile(r"([0-9]{2}[A-Za-z]{2})(?:[-.]?([0-9]{2}))?")


@dataclass(frozen=True, slots=True, order=True)
class SchoolId:
    """A school location: BRIN (two digits, two capitals) and dependance code (two digits, 00 = main location)."""

    brin: str
    dependance: str = "00"

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read `12AB`, `12ab-01` or `12AB.01`.

        Raises ValueError when the text is none of these.
        """
        match = _SCHOOL.fullmatch(text.strip())
        if not match:
            raise ValueError(text)
        return cls(match[1].upper(), match[2] or "00")

    @property
    def well_formed(self) -> bool:
        """Whether BRIN and dependance code have the form UWLR asks for."""
        return bool(_BRIN.fullmatch(self.brin)) and bool(re.fullmatch(r"[0-9]{2}", self.dependance))

    @property
    def short(self) -> str:
        """`12AB`; with the dependance code, `12AB-01`, when it is not the main location."""
        return self.brin if self.dependance == "00" else str(self)

    def is_typed(self, text: str) -> bool:
        """Whether somebody typed this BRIN, with or without dependance code: how large changes are confirmed."""
        return text.strip().upper() in (self.brin, str(self))

    def __str__(self) -> str:
        return f"{self.brin}-{self.dependance}"


@dataclass(frozen=True, slots=True, order=True)
class SchoolYear:
    """A school year, 1 August up to and including 31 July (uwlr.md §7)."""

    first: int
    """The calendar year it starts in: 2026 for 2026-2027."""

    @classmethod
    def of(cls, day: date) -> Self:
        """Return the school year that `day` falls in."""
        return cls(day.year if day.month >= 8 else day.year - 1)

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read `2026-2027`; ValueError when the second year is not the first plus one."""
        match = re.fullmatch(r"([12][0-9]{3})-([12][0-9]{3})", text.strip())
        if not match or int(match[2]) != int(match[1]) + 1:
            raise ValueError(text)
        return cls(int(match[1]))

    @property
    def starts(self) -> date:
        """First day: 1 August."""
        return date(self.first, 8, 1)

    @property
    def ends(self) -> date:
        """Last day: 31 July."""
        return date(self.first + 1, 7, 31)

    @property
    def previous(self) -> SchoolYear:
        """The school year before this one."""
        return SchoolYear(self.first - 1)

    def __contains__(self, day: date) -> bool:
        return self.starts <= day <= self.ends

    def __str__(self) -> str:
        return f"{self.first}-{self.first + 1}"
