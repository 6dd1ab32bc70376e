"""The trainer's mode as the screens see it: a storyline, time, moments to go back to, both ends in one picture."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from core.desk import Desk


@dataclass(frozen=True, slots=True, kw_only=True)
class Tale:
    """A scenario that can be chosen."""

    name: str
    title: str
    story: str
    """What it is about, in a few sentences."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Now:
    """Where the storyline is."""

    tale: str
    """Title of the scenario."""
    number: int
    """Of the step, from 1."""
    of: int
    title: str
    text: str
    """What to do, and why."""
    who: str
    """Whose turn it is: `school`, `klantenservice`, `trainer`, `nacht`."""
    done: bool
    """Whether it was noticed that the step is done."""
    story: str
    """What the scenario is about, in a few sentences."""
    school: str
    """Whom it is about: BRIN, name and place."""
    las: str
    """Address of the ParnasSys of the story."""
    by_hand: bool
    """Whether nothing can be noticed here: the trainee goes on by himself."""
    over: bool = False
    """Whether this was the last step, and it is done."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ends:
    """One line of the picture of both ends."""

    what: str
    las: str
    """In ParnasSys."""
    desk: str
    """In Koppeldesk."""

    @property
    def sign(self) -> str:
        """`=` or `≠` for what can be counted at both ends; nothing for what each end words in its own way."""
        if not (self.las.isdigit() and self.desk.isdigit()):
            return ""
        return "=" if self.las == self.desk else "≠"


class Coach(Protocol):
    """What the trainer's screen can do. Everything happens on demo data only; calls may raise KoppeldeskError."""

    @property
    def desk(self) -> Desk:
        """The desk of the stage; another one after `choose` and `back`."""
        ...

    def tales(self) -> Sequence[Tale]:
        """Return the scenarios there are."""
        ...

    def choose(self, name: str) -> None:
        """Begin a scenario afresh; everything on the stage is thrown away."""
        ...

    def now(self) -> Now | None:
        """Look where the storyline is; None when no scenario was chosen."""
        ...

    async def go_on(self) -> None:
        """Go to the next step; what the trainer or the night has to do in this one is done first."""
        ...

    async def help_out(self) -> None:
        """Do what is left of this step for the trainee."""
        ...

    async def night(self) -> str:
        """Let a night pass, with the nightly run; return what came of it."""
        ...

    def august(self) -> datetime:
        """Let time pass up to the next 1 August; return the new moment."""
        ...

    def moments(self) -> Sequence[str]:
        """Return the names of the moments one can go back to."""
        ...

    def mark(self, name: str) -> None:
        """Keep this moment, both ends of it, under a name."""
        ...

    def back(self, name: str) -> None:
        """Put both ends back as they were at that moment."""
        ...

    def both_ends(self) -> Sequence[Ends]:
        """Return the school of the story as both sides see it."""
        ...
