"""A school location, who administers it, and what a UWLR call about it needs."""

from __future__ import annotations

from dataclasses import dataclass

from core.model.identity import SchoolId, SchoolYear
from core.model.secret import Secret


@dataclass(frozen=True, slots=True, kw_only=True)
class Administrator:
    """A school administrator: gets the letters."""

    name: str
    email: str


@dataclass(frozen=True, slots=True, kw_only=True)
class School:
    """A school location."""

    id: SchoolId
    name: str
    place: str = ""
    administrators: tuple[Administrator, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkAddress:
    """What every UWLR call needs to know: which school, which year, with which key."""

    school: SchoolId
    school_year: SchoolYear
    key: Secret
