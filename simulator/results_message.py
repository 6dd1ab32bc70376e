"""What a results message says: typed values, as the server understood them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from simulator.receive import Head


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """A vocabulary-bound value."""

    value: str
    vocabulary: str = ""
    """URI of the vocabulary; empty when it is bound to none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Score:
    """A whole number that ParnasSys norms itself with the bands of the definition."""

    value: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Reference:
    """One normed value: what scale, against whom, the value as text."""

    code: str
    compared_with: str
    value: str
    qualification: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class OsoResult:
    """Values normed by the sender."""

    marks: tuple[tuple[str, str], ...]
    """The parts of oso:toetsscore that were sent: element name and text, in order."""
    references: tuple[Reference, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class OtherResult:
    """A privately agreed form: kept as the text it holds."""

    text: str


Outcome = Score | OsoResult | OtherResult


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """One result of one pupil."""

    path: str
    key: str
    taken: date
    test: str
    version: str
    part: str
    """Toetsonderdeelcode; empty = the whole test."""
    outcome: Outcome
    info_url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Sitting:
    """A pupil's results."""

    path: str
    pupil_key: str
    eckid: str
    processor: str
    """Resultaatverwerkerid."""
    results: tuple[Result, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Band:
    """One norm: scores from `low` up to and including `high`."""

    term: str
    low: int
    high: int
    mark_from: Decimal | None = None
    """Schoolcijfer vanaf; None when it is not sent."""
    mark_to: Decimal | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DefinedPart:
    """A part of a test."""

    number: int
    code: str
    name: str
    bands: tuple[Band, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Definition:
    """A test as the sender defines it."""

    path: str
    code: str
    version: str
    name: str
    bands: tuple[Band, ...]
    parts: tuple[DefinedPart, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ResultsMessage:
    """One BrengLeerresultaten."""

    head: Head
    created: datetime
    author: str
    sittings: tuple[Sitting, ...]
    tests: tuple[Definition, ...]
    terms: tuple[tuple[str, Term], ...]
    """Every vocabulary-bound value with its place."""
