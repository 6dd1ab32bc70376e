"""Trouble on demand: a closed set of things that go wrong, deterministic by operation, school, record or nth call."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass, replace
from enum import StrEnum

from core.wire.faults import FaultCode

UWLR_KINDS = tuple(str(code) for code in FaultCode)


class TransportTrouble(StrEnum):
    """What can go wrong outside UWLR itself."""

    RESET = "reset"
    """The connection is reset before anything is read or answered."""
    EMPTY = "leeg"
    """HTTP 200 with an empty body."""
    TRUNCATED = "afgekapt"
    """The answer stops half-way; the connection closes."""
    SLOW = "traag"
    """The answer drips in, spread over `seconden`."""
    GARBAGE = "rommel"
    """HTTP 200 with bytes that are no XML."""
    ANSWER_LOST = "antwoord-kwijt"
    """The message is processed in full, then the connection is reset before the answer."""
    UNAVAILABLE = "503"
    """HTTP 503 without SOAP."""
    HTML = "html"
    """HTTP 200 with an HTML page, as a proxy or a maintenance page gives."""
    REDIRECT = "omleiding"
    """HTTP 302 to a log-in page."""
    FAULT_ON_200 = "fout-op-200"
    """Server.InterneFout, but on HTTP 200."""
    BARE_FAULT_CODE = "kale-foutcode"
    """Server.InterneFout, its code without a prefix."""
    WRONG_CHARSET = "verkeerde-tekenset"
    """The right answer, declared as UTF-8 but sent as Latin-1."""
    GROUP_MISSING = "groep-ontbreekt"
    """A pupil answer without its first group and that group's pupils, valid in itself."""


PROCESSED = frozenset(
    [
        TransportTrouble.TRUNCATED,
        TransportTrouble.SLOW,
        TransportTrouble.ANSWER_LOST,
        TransportTrouble.WRONG_CHARSET,
        TransportTrouble.GROUP_MISSING,
    ]
)
"""Mishaps on the way back: the message itself is processed as if nothing happened."""

Kind = FaultCode | TransportTrouble


class Struck(Exception):
    """A planned mishap ends the call before its message is processed."""

    def __init__(self, trouble: Trouble) -> None:
        super().__init__(trouble.kind)
        self.trouble = trouble


def read_kind(text: str) -> Kind:
    """Read a kind as the control API writes it; raises ValueError."""
    return FaultCode(text) if text in UWLR_KINDS else TransportTrouble(text)


@dataclass(frozen=True, slots=True, kw_only=True)
class Trouble:
    """One planned mishap: which calls it is about, and which of those it strikes."""

    number: int
    kind: Kind
    operation: str = ""
    """UWLR operation; empty = any."""
    school: str = ""
    """`12AB-00`; empty = any."""
    record: str = ""
    """Strikes only calls that mention this pupil key, ECK iD or result key; empty = any."""
    nth: int = 1
    """The first matching call it strikes, counted from 1."""
    times: int | None = 1
    """How many matching calls in a row it strikes; None = all from then on."""
    seconds: float = 2.0
    """For `traag`: how long the answer takes."""
    seen: int = 0
    """Matching calls so far."""

    def about(self, *, operation: str, school: str, records: Callable[[], Collection[str]]) -> bool:
        """Whether this call is one of those it counts."""
        return (
            self.operation in ("", operation)
            and self.school in ("", school)
            and (not self.record or self.record in records())
        )

    @property
    def strikes(self) -> bool:
        """Whether the matching call that was counted last is struck."""
        return self.seen >= self.nth and (self.times is None or self.seen < self.nth + self.times)


class Troubles:
    """All planned mishaps of one ParnasSys, in the order they were planned."""

    def __init__(self) -> None:
        self.planned: tuple[Trouble, ...] = ()
        self._last = 0

    def copy(self) -> Troubles:
        """Return the same mishaps on a list of their own."""
        other = Troubles()
        other.planned, other._last = self.planned, self._last
        return other

    def plan(self, trouble: Trouble) -> Trouble:
        """Plan a mishap; it gets the next number."""
        self._last += 1
        numbered = replace(trouble, number=self._last)
        self.planned = (*self.planned, numbered)
        return numbered

    def drop(self, number: int | None = None) -> int:
        """Forget one mishap, or all; return how many were forgotten."""
        kept = () if number is None else tuple(t for t in self.planned if t.number != number)
        dropped = len(self.planned) - len(kept)
        self.planned = kept
        return dropped

    def strike(self, *, operation: str, school: str, records: Callable[[], Collection[str]]) -> Trouble | None:
        """Count a call; return the first mishap that strikes it."""
        counted: list[Trouble] = []
        striking: Trouble | None = None
        for trouble in self.planned:
            if trouble.about(operation=operation, school=school, records=records):
                trouble = replace(trouble, seen=trouble.seen + 1)
                if striking is None and trouble.strikes:
                    striking = trouble
            counted.append(trouble)
        self.planned = tuple(counted)
        return striking
