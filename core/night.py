"""What a night left behind: per school what was sent and how it ended, and all of it in one line."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from core.language import N_
from core.model import SchoolId

KEPT = 400
"""Nights of which every school is kept: more than a year. Of a country that is 0.7 GB."""


class Ending(StrEnum):
    """How the night ended for one school."""

    DONE = N_("klaar")
    ATTENTION = N_("aandacht nodig")
    """Done, and something needs a person: results rejected or with another child, new pupils to look at."""
    HELD = N_("import vastgehouden")
    DISTURBED = N_("gestoord")
    """ParnasSys refuses the key or the school."""
    FAILED = N_("mislukt")
    """Something is wrong on our side, or with what ParnasSys sends."""
    UNREACHED = N_("niet bereikt")
    """Only temporary trouble, but too often."""
    STOPPED = N_("niet aan toe gekomen")


NEEDS_SOMEBODY = (Ending.FAILED, Ending.DISTURBED, Ending.UNREACHED, Ending.HELD, Ending.ATTENTION)
"""The worst first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SchoolNight:
    """What became of one school in one night."""

    school: SchoolId
    ending: Ending
    at: datetime
    """When it ended."""
    seconds: float
    """From its first attempt to its last."""
    attempts: int = 1
    messages: int = 0
    sent: int = 0
    """Results in messages that left, counted each time."""
    confirmed: int = 0
    rejected: int = 0
    lost: int = 0
    """Results in messages whose answer got lost, counted each time."""
    elsewhere: int = 0
    """Results that may stand with another child in ParnasSys."""
    imported: str = ""
    """What the pull brought, short, in Dutch."""
    problem: str = ""
    todo: str = ""
    reference: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Night:
    """One run."""

    id: str
    started: datetime
    finished: datetime | None = None
    """None = it is running, or it was killed."""
    planned: int
    """Schools that were to be visited."""
    endings: dict[Ending, int] = field(default_factory=dict)
    messages: int = 0
    sent: int = 0
    confirmed: int = 0
    rejected: int = 0
    lost: int = 0
    partial: bool = False
    """Whether only some schools were asked for."""
    stopped: str = ""
    """Why it did not get to every school; empty when it did."""

    @property
    def done(self) -> int:
        """Schools that were visited."""
        return sum(count for ending, count in self.endings.items() if ending is not Ending.STOPPED)

    @property
    def cut_off(self) -> bool:
        """Whether there are schools it did not get to, so that the next run goes on with it."""
        return not self.partial and (self.finished is None or bool(self.stopped))

    @property
    def in_order(self) -> int:
        """Schools where nothing needs anybody."""
        return self.endings.get(Ending.DONE, 0)

    @property
    def seconds(self) -> float | None:
        """How long it took; None while it runs."""
        return (self.finished - self.started).total_seconds() if self.finished else None

    def with_school(self, visit: SchoolNight) -> Night:
        """Return the night with one more school in its counts."""
        return replace(
            self,
            endings={**self.endings, visit.ending: self.endings.get(visit.ending, 0) + 1},
            messages=self.messages + visit.messages,
            sent=self.sent + visit.sent,
            confirmed=self.confirmed + visit.confirmed,
            rejected=self.rejected + visit.rejected,
            lost=self.lost + visit.lost,
        )


class NightBook(Protocol):
    """Where nights are written down."""

    def hold(self) -> AbstractContextManager[bool]:
        """Hold the data folder for one run; yields False when another run has it."""
        ...

    def begin(self, night: Night) -> None:
        """Write down that a night began."""
        ...

    def note(self, night: str, visit: SchoolNight) -> None:
        """Write down how one school fared; there after a kill, though perhaps not after a power cut."""
        ...

    def end(self, night: Night) -> None:
        """Write down that a night is over, durable when it returns; of nights before the last 400 the schools go."""
        ...

    def last(self, count: int) -> Sequence[Night]:
        """Return the last nights, the newest first; one that was killed shows how far it came."""
        ...

    def schools(self, night: str) -> Iterator[SchoolNight]:
        """Yield the schools of a night in the order they were finished; a school may come again after a resumption."""
        ...
