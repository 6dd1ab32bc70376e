"""What one message of results holds, as typed values: the door between the ledger and the wire.

Scores are int or Decimal, never float. Lengths and order are the schema's business (uwlr.md §3.5): `core.uwlr` refuses
a message that is not valid before it is sent.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import NewType, Protocol

from core.model import EckId, LasKey, LinkAddress, SchoolId, SchoolYear

ResultKey = NewType("ResultKey", str)
"""`resultaat/@key`: globally unique and stable, 1-256 characters; the same key again replaces it (uwlr.md §6.1)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """A text that may be bound to a vocabulary."""

    text: str
    """1-256 characters."""
    vocabulary: str = ""
    """URI of the vocabulary; empty = not bound."""
    location: str = ""
    """Where the vocabulary can be had; may be empty."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ScoreResult:
    """A raw score; ParnasSys derives the level through the norm bands that travel with the test."""

    value: int
    """0 or more."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TestScore:
    """The ability score and what it was computed from (OSO `toetsscore`); None = not known, never filled in."""

    items: int | None = None
    right: int | None = None
    wrong: int | None = None
    read: int | None = None
    seconds: Decimal | None = None
    ability: Decimal | None = None
    scale: str = ""
    """Code of the ability scale (codevaardigheidsschaal)."""
    interval: tuple[Decimal, Decimal] | None = None
    """Confidence interval, low and high."""

    __test__ = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Reference:
    """One normed value (OSO `referentiescore`)."""

    code: str
    """Of OSO list 11: `IV`, `AE`, `DLE`, `Percentiel`, … (uwlr.md §6.5)."""
    population: str
    """Of OSO list 22 (codevergelijkingsgroep): `Landelijk`, …"""
    value: str
    """As text, with a decimal point."""
    qualification: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class NormedResult:
    """Normed values in OSO form; norm bands of the test are ignored for it."""

    score: TestScore | None = None
    references: tuple[Reference, ...] = ()


Outcome = ScoreResult | NormedResult


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """One result of one test, or of one part of it."""

    key: ResultKey
    taken: date
    test: str
    """Code of a test in the same message."""
    version: Term | None = None
    part: str = ""
    """Code of the part; empty = the whole test."""
    outcome: Outcome
    info_url: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sitting:
    """The results of one pupil (toetsafname)."""

    pupil: LasKey | None
    """LAS key: mandatory in 2.2, also beside an ECK iD."""
    eckid: EckId | None = None
    processor: str = ""
    """Key of the teacher who processed the results (resultaatverwerkerid); may be empty."""
    results: tuple[Result, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Colour:
    """Red, green and blue 0-255; opacity 0-1."""

    red: int
    green: int
    blue: int
    opacity: Decimal = Decimal(1)


@dataclass(frozen=True, slots=True, kw_only=True)
class NormBand:
    """Scores from `first` up to and including `last` are called `term`."""

    term: str
    description: str = ""
    first: int
    last: int
    colour: Colour | None = None
    mark_from: Decimal | None = None
    """Advised school mark, 1-10."""
    mark_to: Decimal | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Norms:
    """How a score becomes a level."""

    category: Term | None = None
    level: Term | None = None
    weight: Decimal | None = None
    bands: tuple[NormBand, ...]
    vocabulary: str = ""
    location: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One step of the tree a test stands in (toetshierarchie/ingang)."""

    depth: int
    term: Term


@dataclass(frozen=True, slots=True, kw_only=True)
class TestPart:
    """Something within a test that has a code of its own, and its own norms."""

    number: int
    """1 or more, unique within the test."""
    code: Term
    name: str = ""
    norms: Norms | None = None

    __test__ = False


@dataclass(frozen=True, slots=True, kw_only=True)
class TestDefinition:
    """A test, always whole: with all its parts, also when one part only has results (uwlr.md §6.4)."""

    code: Term
    """Unique for ever; one message holds one version of it."""
    version: Term | None = None
    name: str = ""
    year: Term | None = None
    """Leerjaar."""
    subject: Term | None = None
    """Vakgebied."""
    norms: Norms | None = None
    hierarchy: tuple[Entry, ...] = ()
    parts: tuple[TestPart, ...] = ()

    __test__ = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ResultMessage:
    """Everything that travels in one message to one school; confirmed or refused as a whole."""

    school: SchoolId
    school_year: SchoolYear
    created: datetime
    """Aanmaakdatum, aware; strictly later than that of the previous message of this school (uwlr.md §0.4)."""
    author: str = ""
    comment: str = ""
    sittings: tuple[Sitting, ...]
    tests: tuple[TestDefinition, ...]


class Courier(Protocol):
    """Brings one message to ParnasSys, in one attempt."""

    async def deliver(self, address: LinkAddress, message: ResultMessage) -> None:
        """Return when ParnasSys confirmed the message: everything in it is stored.

        Raises, with the fault code as `reference` where there is one:
        ContentRefused — nothing stored; something in it (a pupil, score, norm or term) is refused: split to find which.
        SchoolMustAct — nothing stored; the key or the school is refused.
        WeMustAct — nothing stored; we are refused, or our message is not valid and was not sent.
        AnswerLost — sent, but no readable answer came: it may or may not be stored. Again, same keys, later `created`.
        TryLater — nothing stored; the same message may go through later.
        """
        ...
