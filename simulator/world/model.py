"""What the simulated ParnasSys knows: schools, groups, teachers and pupils. Frozen values, no behaviour of a server.

These are the simulator's own types on purpose: it shares with core nothing but the names on the wire.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import NewType, Self

Thread = NewType("Thread", str)
"""Who somebody is or which group it is, in truth: never sent, stays when name, key and group change."""

_REF = re.compile(r"([0-9]{2}[A-Za-z]{2})(?:[-.]?([0-9]{2}))?")


class SimKind(StrEnum):
    """The three kinds of records."""

    GROUP = "groep"
    TEACHER = "leerkracht"
    PUPIL = "leerling"


@dataclass(frozen=True, slots=True, order=True)
class SchoolRef:
    """A school location: BRIN and dependance code (00 = main location)."""

    brin: str
    dependance: str = "00"

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read `12AB`, `12ab-01` or `12AB.01`; ValueError when it is none of these."""
        match = _REF.fullmatch(text.strip())
        if not match:
            raise ValueError(text)
        return cls(match[1].upper(), match[2] or "00")

    def __str__(self) -> str:
        return f"{self.brin}-{self.dependance}"


@dataclass(frozen=True, slots=True, kw_only=True)
class SimName:
    """A person's name as the school registered it."""

    surname: str
    """Achternaam without particle; may be a double one (`Jansen-de Vries`)."""
    prefix: str = ""
    """Voorvoegsel, at most 10 characters as UWLR allows; empty when there is none."""
    given_names: str = ""
    """Voornamen, official, separated by spaces."""
    initials: str = ""
    """Voorletters with points: `J.P.`; at most 6 characters."""
    call_name: str = ""
    """Roepnaam."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SimGroup:
    """A group: a stamgroep, or a samengestelde groep (sub-group) when `composite`."""

    thread: Thread
    key: str
    name: str
    years: tuple[int, ...]
    """The year groups it holds, lowest first: (5, 6) for a combination group; empty for a samengestelde groep."""
    letter: str = ""
    """Which of the parallel groups it is: `a`, `b`; empty when there is one. Not sent, but part of most names."""
    composite: bool = False
    description: str = ""

    @property
    def year_code(self) -> str:
        """Jaargroep code: `1`…`8`, or `C` for a combination group; empty for a samengestelde groep."""
        if len(self.years) > 1:
            return "C"
        return str(self.years[0]) if self.years else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SimTeacher:
    """A member of staff."""

    thread: Thread
    key: str
    eckid: str = ""
    """ECK iD; empty when this person has none."""
    name: SimName
    sex: str
    """`M` or `V`."""
    email: str = ""
    groups: tuple[str, ...] = ()
    """Keys of the groups taught."""
    roles: tuple[str, ...] = ()
    """Role codes of UWLR: `LRK`, `DIR`, `IB`, …"""


@dataclass(frozen=True, slots=True, kw_only=True)
class SimPupil:
    """An enrolled pupil."""

    thread: Thread
    family: str
    """Children with the same value live in one family, whatever their surnames."""
    key: str
    eckid: str = ""
    """ECK iD; empty when this pupil has none (yet)."""
    name: SimName
    born: date
    sex: str
    """`M`, `V`, or empty when not specified."""
    year_group: str
    """Jaargroep code `1`…`8`."""
    group: str
    """Key of the stamgroep."""
    extra_groups: tuple[str, ...] = ()
    """Keys of samengestelde groepen."""
    postcode: str = ""
    """Forbidden in both UWLR profiles: only a leaky server sends it."""
    joined: date
    """First day at this school (in this stay)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Shape:
    """How a school is to be made; None = as its seed has it."""

    pupils: int | None = None
    """Enrolled pupils on the first day."""
    teachers: int | None = None
    """All staff, whatever their role."""
    groups: tuple[str, ...] = ()
    """Stamgroepen as year groups and letter: `1/2a`, `3`, `5/6b`; empty = as the number of pupils asks.

    Groups that are asked for are all there are: no samengestelde groepen beside them.
    """
    life: bool = True
    """Whether things happen by themselves between two first days of August."""
    years_back: int = 1
    """How many school years before the present one the school was made; 0 = on the last 1 August."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SchoolCard:
    """What is known of a school without looking inside."""

    ref: SchoolRef
    name: str
    place: str
    administrator: str
    """Name of the administrator who gets the letters."""
    email: str
    """The administrator's address."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SimSchool:
    """One school location as ParnasSys holds it on one day."""

    card: SchoolCard
    as_of: date
    """The day this is the truth of (peildatum)."""
    changed: datetime
    """The last moment anything here changed, aware; decides `geenwijzigingen`."""
    groups: tuple[SimGroup, ...]
    teachers: tuple[SimTeacher, ...]
    pupils: tuple[SimPupil, ...]
    """Enrolled pupils; a school may have none."""
    left: tuple[SimPupil, ...] = ()
    """Pupils who left, latest last: never sent, but they may return."""
    revision: int = 0
    """Counts the changes since the world began."""

    @property
    def ref(self) -> SchoolRef:
        """BRIN and dependance code."""
        return self.card.ref

    @property
    def school_year(self) -> str:
        """The school year of `as_of`, 1 August up to 31 July: `2026-2027`."""
        first = school_year_of(self.as_of)
        return f"{first}-{first + 1}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Happening:
    """One thing that happened to a school, for the storyteller and the tests."""

    soort: str
    """The kind of event, a name of `simulator.world.events.EVENTS`."""
    kind: SimKind
    key: str
    """Key of the record it happened to, as it is now."""
    text: str
    """One Dutch sentence for the trainer; demo people only."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Who:
    """The truth about one incoming record."""

    kind: SimKind
    key: str
    eckid: str = ""
    testcentre: str | None
    """Id of the same person or group in the test centre; None when it is not there."""
    mistakes: tuple[str, ...] = ()
    """What people did wrong when they entered it: names of `simulator.world.spoil`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Leftover:
    """A test-centre record that no incoming record belongs to, or one too many."""

    kind: SimKind
    testcentre: str
    reason: str
    """`vertrokken`, `dubbel`, `nooit-bestaan` or `opgeheven`."""
    of: str = ""
    """For a double entry: key of the incoming record it doubles."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Truth:
    """Who is who between ParnasSys and the test centre, for one school on one day."""

    ref: SchoolRef
    who: tuple[Who, ...]
    leftovers: tuple[Leftover, ...]

    def links(self, kind: SimKind) -> dict[str, str | None]:
        """Return incoming key → test-centre id (None = not there) for one kind."""
        return {who.key: who.testcentre for who in self.who if who.kind is kind}


class WorldError(Exception):
    """The world refuses: an unknown school, event or scenario, or time that would run backwards; says which."""


def school_year_of(day: date) -> int:
    """Return the calendar year in which the school year of `day` began."""
    return day.year if day.month >= 8 else day.year - 1
