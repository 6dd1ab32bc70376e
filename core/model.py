"""The facts: schools, groups, teachers and pupils, as ParnasSys sends them and as the test centre holds them.

Two families, never mixed up: `Incoming…` is what ParnasSys sent; `Group`, `Teacher` and `Pupil` are the test centre's
own records. All values are frozen; nothing here knows how it travels or is kept.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import NewType, Self

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


class Kind(StrEnum):
    """The three tabs of the review."""

    GROUP = "groep"
    TEACHER = "leerkracht"
    PUPIL = "leerling"


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


class Secret:
    """A value that never shows itself: in a log or a traceback it reads `••••`."""

    __slots__ = ("_value",)

    def __init__(self, value: str) -> None:
        self._value = value

    def reveal(self) -> str:
        """Return the value itself, for the wire and for a recorded reveal only."""
        return self._value

    @property
    def masked(self) -> str:
        """The last four characters behind dots; all dots when the value is short."""
        return "••••" + (self._value[-4:] if len(self._value) > 8 else "")

    def __repr__(self) -> str:
        return "Secret(••••)"

    __str__ = __repr__

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Secret) and other._value == self._value

    def __hash__(self) -> int:
        return hash(self._value)


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonName:
    """A person's name in the parts UWLR has; empty = not known."""

    surname: str = ""
    """Achternaam, without particle."""
    prefix: str = ""
    """Voorvoegsel: `van der`, `el`."""
    initials: str = ""
    """Voorletters."""
    call_name: str = ""
    """Roepnaam."""
    given_names: str = ""
    """Voornamen, official."""

    @property
    def listed(self) -> str:
        """As in a class list: `Berg, Fien van den`."""
        first = self.call_name or self.given_names or self.initials
        return ", ".join(part for part in (self.surname, " ".join(p for p in (first, self.prefix) if p)) if part)

    @property
    def spoken(self) -> str:
        """As you would say it: `Fien van den Berg`."""
        first = self.call_name or self.given_names or self.initials
        return " ".join(part for part in (first, self.prefix, self.surname) if part)


# --- what ParnasSys sent -------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class IncomingGroup:
    """A group as ParnasSys sent it."""

    key: LasKey
    name: str
    year: str = ""
    """Jaargroep code of uwlr.md §3.6 (`1`…`8`, `C`, `S`, …); empty for a samengestelde groep."""
    composite: bool = False
    """Whether it is a samengestelde groep (a sub-group) instead of a stamgroep."""

    @property
    def ref(self) -> IncomingRef:
        """Identity for decisions."""
        return IncomingRef(f"las:{self.key}")


@dataclass(frozen=True, slots=True, kw_only=True)
class IncomingTeacher:
    """A teacher as ParnasSys sent it. At least one of `key` and `eckid` is present."""

    key: LasKey | None = None
    eckid: EckId | None = None
    name: PersonName
    email: str = ""
    groups: tuple[LasKey, ...] = ()
    roles: tuple[str, ...] = ()
    """Role codes or descriptions; unknown ones are kept as text (uwlr.md §3.6)."""

    @property
    def ref(self) -> IncomingRef:
        """Identity for decisions."""
        return IncomingRef(f"las:{self.key}" if self.key else f"eck:{self.eckid}")


@dataclass(frozen=True, slots=True, kw_only=True)
class IncomingPupil:
    """A pupil as ParnasSys sent it. At least one of `key` and `eckid` is present."""

    key: LasKey | None = None
    eckid: EckId | None = None
    name: PersonName
    born: date | None = None
    """Absent in the 2.3 smalle set."""
    sex: Sex = Sex.UNKNOWN
    year_group: str = ""
    """Jaargroep code; empty = not sent."""
    group: LasKey | None = None
    """The one stamgroep."""
    extra_groups: tuple[LasKey, ...] = ()
    """Samengestelde groepen."""

    @property
    def ref(self) -> IncomingRef:
        """Identity for decisions."""
        return IncomingRef(f"las:{self.key}" if self.key else f"eck:{self.eckid}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Completeness:
    """Whether absence from an answer means anything (workflow.md §3: only when the answer is whole)."""

    whole: bool
    doubts: tuple[str, ...] = ()
    """Dutch sentences saying why it is not whole; empty when it is."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Roster:
    """One answer of ParnasSys: everything it holds of one school in one school year."""

    school: SchoolId
    school_year: SchoolYear
    received: datetime
    """When we received it, aware."""
    as_of: date | None = None
    """Peildatum."""
    created: datetime | None = None
    """Aanmaakdatum; to be sent back as `laatstontvangengegevens`."""
    completeness: Completeness
    groups: tuple[IncomingGroup, ...] = ()
    teachers: tuple[IncomingTeacher, ...] = ()
    pupils: tuple[IncomingPupil, ...] = ()
    dropped_fields: tuple[str, ...] = ()
    """Names (never values) of forbidden fields that arrived and were dropped (uwlr.md §8)."""


# --- what the test centre holds ------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkedAs:
    """The ParnasSys identity a record is linked to through this connection."""

    key: LasKey | None = None
    eckid: EckId | None = None

    @property
    def ref(self) -> IncomingRef:
        """The identity as the incoming records have it."""
        return IncomingRef(f"las:{self.key}" if self.key else f"eck:{self.eckid}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """A group in the test centre."""

    id: GroupId
    name: str
    year: str = ""
    composite: bool = False
    active: bool = True
    external: str = ""
    """Extern nummer: the number of an earlier or this link; must be empty before applying (workflow.md §2.4)."""
    linked: LinkedAs | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Teacher:
    """A teacher account in the test centre."""

    id: TeacherId
    name: PersonName
    email: str = ""
    groups: tuple[GroupId, ...] = ()
    active: bool = True
    external: str = ""
    linked: LinkedAs | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Pupil:
    """A pupil in the test centre. Deactivated pupils keep their results."""

    id: PupilId
    name: PersonName
    born: date | None = None
    sex: Sex = Sex.UNKNOWN
    year_group: str = ""
    group: GroupId | None = None
    extra_groups: tuple[GroupId, ...] = ()
    active: bool = True
    inactive_since: date | None = None
    """Since when the pupil is deactivated; None = active, or not known."""
    external: str = ""
    eckid: EckId | None = None
    linked: LinkedAs | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Register:
    """Everything the test centre holds of one school."""

    groups: tuple[Group, ...] = ()
    teachers: tuple[Teacher, ...] = ()
    pupils: tuple[Pupil, ...] = ()


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
