"""One simulated ParnasSys: its world, links, results, troubles and journal. All state of one world sits here."""

from __future__ import annotations

import hashlib
from base64 import b32encode
from dataclasses import dataclass
from datetime import datetime, timedelta

from simulator.journal import Journal
from simulator.links import Act, Link, MoveRefused
from simulator.options import Options
from simulator.results_book import ResultsBook, SchoolBook
from simulator.trouble import Troubles
from simulator.world.model import Happening, SchoolRef, WorldError, school_year_of
from simulator.world.scenario import DEMO, load, open_world
from simulator.world.world import Checkpoint as WorldCheckpoint
from simulator.world.world import World

FUTURE = timedelta(days=25 * 365)
"""How far time can go: every day of it is lived by every school that is looked at."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Beginning:
    """What a world starts from; the same beginning and the same calls give the same answers."""

    seed: int | None = None
    """None = the scenario's own: its expected numbers hold for that one."""
    schools: int | None = None
    """How many schools there are; None = as many as the scenario has."""
    scenario: str = ""
    """Empty = that of the demo."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Checkpoint:
    """All state of a world at one moment; copies of shelves of frozen values."""

    world: WorldCheckpoint
    options: Options
    links: dict[SchoolRef, Link]
    keys: dict[str, tuple[SchoolRef, ...]]
    shelf: dict[SchoolRef, SchoolBook]
    troubles: Troubles
    journal: Journal


def world_of(beginning: Beginning) -> World:
    """Make the world of a beginning. Raises WorldError for an unknown scenario, and for a world without schools."""
    if beginning.schools is not None and beginning.schools < 1:
        raise WorldError("Een wereld heeft minstens één school.")
    return open_world(load(beginning.scenario or DEMO), beginning.seed, beginning.schools)


class Las:
    """A ParnasSys that behaves."""

    def __init__(self, beginning: Beginning, options: Options) -> None:
        self.options = options
        self.begin(beginning)

    def begin(self, beginning: Beginning) -> None:
        """Begin afresh: nothing of before is left but the options. Raises WorldError."""
        self.world = world_of(beginning)
        self.beginning = beginning
        self.links: dict[SchoolRef, Link] = {}
        self.keys: dict[str, tuple[SchoolRef, ...]] = {}
        """Keys in use, each with the schools it covers."""
        self.book = ResultsBook()
        self.journal = Journal()
        self.troubles = Troubles()
        self.checkpoints: dict[str, Checkpoint] = {}
        self.rendered: dict[object, bytes] = {}

    @property
    def now(self) -> datetime:
        """The simulator's own clock."""
        return self.world.now

    @property
    def school_year(self) -> str:
        """The school year of today."""
        first = school_year_of(self.world.today)
        return f"{first}-{first + 1}"

    def move_time(self, to: datetime) -> None:
        """Move the clock forward, at most `FUTURE` from where the world began. Raises WorldError."""
        if to.date() > self.world.plan.today + FUTURE:
            raise WorldError(f"De klok gaat hoogstens {FUTURE.days // 365} jaar vooruit.")
        self.world.move_time(to)

    def happen(
        self, school: SchoolRef, event: str, count: int = 1, *, other: SchoolRef | None = None
    ) -> tuple[Happening, ...]:
        """Let something happen; a second passes first, so that it is later than any answer before.

        `other` is the school that goes into this one in a `fusie`. Raises WorldError.
        """
        self.world.move_time(self.now + timedelta(seconds=1))
        return self.world.event(school, event, count, met=other)

    def save(self, name: str) -> None:
        """Keep everything as it is now under a name."""
        self.checkpoints[name] = Checkpoint(
            world=self.world.checkpoint(),
            options=self.options,
            links=dict(self.links),
            keys=dict(self.keys),
            shelf=dict(self.book.shelf),
            troubles=self.troubles.copy(),
            journal=self.journal.copy(),
        )

    def restore(self, name: str) -> bool:
        """Put everything back as it was under that name; return whether there is one."""
        saved = self.checkpoints.get(name)
        if saved is None:
            return False
        self.world.restore(saved.world)
        self.options = saved.options
        self.links, self.keys = dict(saved.links), dict(saved.keys)
        self.book.shelf = dict(saved.shelf)
        self.troubles, self.journal = saved.troubles.copy(), saved.journal.copy()
        self.rendered.clear()
        return True

    def link(self, school: SchoolRef) -> Link:
        """Return a school's link."""
        return self.links.get(school, Link())

    def act(self, school: SchoolRef, act: Act) -> Link:
        """Do something to a link; raises MoveRefused when its state does not allow it."""
        before = self.link(school)
        new_key = self._new_key(school, before.keys_made + 1) if act is Act.SET_KEY else None
        after = before.after(act, new_key=new_key)
        if before.key and before.key != after.key:
            self.keys.pop(before.key, None)
        if after.key:
            self.keys[after.key] = (school,)
        self.links[school] = after
        return after

    def share_key(self, school: SchoolRef, other: SchoolRef) -> None:
        """Let the key of one school cover another one too; raises MoveRefused when there is no key yet."""
        key = self.link(school).key
        if key is None:
            raise MoveRefused("Er is nog geen autorisatiesleutel om te delen.")
        if other not in self.keys[key]:
            self.keys[key] = (*self.keys[key], other)

    def school_key(self, school: SchoolRef) -> str:
        """Return the schoolkey: another name for the same school (uwlr.md §3.2)."""
        return f"PS-{_digest(self.world.plan.seed, 'schoolkey', school)[:12]}"

    def _new_key(self, school: SchoolRef, number: int) -> str:
        letters = _digest(self.world.plan.seed, "sleutel", school, number)
        return "-".join(letters[start : start + 5] for start in range(0, 30, 5))


def _digest(*path: object) -> str:
    return b32encode(hashlib.sha256("/".join(map(str, path)).encode()).digest()).decode().rstrip("=")
