"""A world of schools, made lazily: every school comes from its own seed, so it does not matter who is asked first."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from .draft import Draft, Traits
from .events import EVENTS, happen
from .generate import AMSTERDAM, found
from .model import Happening, SchoolCard, SchoolRef, Shape, SimSchool, WorldError, school_year_of
from .register import cards
from .year import first_of_august, live

_KEPT = 256
"""Schools nothing was done to are made again when needed; this many are kept at hand."""


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """The whole state of a world at one moment; cheap, because everything in it is frozen."""

    now: datetime
    touched: Mapping[SchoolRef, SimSchool]
    turns: Mapping[SchoolRef, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What a world is made of."""

    seed: str
    schools: int = 10
    today: date = date(2026, 11, 23)
    shapes: Mapping[SchoolRef, Shape] = field(default_factory=dict)
    """Schools that are to be made in a special way; they come first in the list."""
    names: Mapping[SchoolRef, tuple[str, str]] = field(default_factory=dict)
    """Names and places of schools that have a fixed one."""


class World:
    """Schools, and the time they live in; one world knows nothing of another. Not for several threads at once."""

    def __init__(self, plan: Plan) -> None:
        """Begin on the morning of `plan.today`; takes milliseconds per thousand schools."""
        self.plan = plan
        self.now = datetime(plan.today.year, plan.today.month, plan.today.day, 8, tzinfo=AMSTERDAM)
        """The moment it is in this world, aware."""
        self._cards = {card.ref: card for card in cards(plan.seed, plan.schools, tuple(plan.shapes), plan.names)}
        self._touched: dict[SchoolRef, SimSchool] = {}
        self._turns: dict[SchoolRef, int] = {}
        self._kept: OrderedDict[tuple[SchoolRef, date], SimSchool] = OrderedDict()

    @property
    def today(self) -> date:
        """The day it is in this world."""
        return self.now.date()

    def ids(self) -> tuple[SchoolRef, ...]:
        """Return all schools, without looking into any."""
        return tuple(self._cards)

    def card(self, ref: SchoolRef) -> SchoolCard:
        """Return name and place of a school. WorldError when there is no such school."""
        try:
            return self._cards[ref]
        except KeyError:
            raise WorldError(f"no school {ref} in this world") from None

    def school(self, ref: SchoolRef) -> SimSchool:
        """Return a school as it is today. WorldError when there is no such school."""
        touched = self._touched.get(ref)
        if touched is None:
            return self._made(ref, self.today)
        if touched.as_of != self.today:
            touched = live(touched, self._traits(ref), self.today, self._shape(ref))
            self._touched[ref] = touched
        return touched

    def event(self, ref: SchoolRef, soort: str, aantal: int = 1) -> tuple[Happening, ...]:
        """Let something happen to a school now, `aantal` times; return what happened (less when it could not).

        `soort` is a name of `EVENTS`, or `overgang` for 1 August before its time. WorldError for an unknown one.
        """
        if soort != "overgang" and soort not in EVENTS:
            raise WorldError(f"no event {soort!r}; there are: overgang, {', '.join(sorted(EVENTS))}")
        school = self.school(ref)
        turn = self._turns.get(ref, 0) + 1
        draft = Draft.of(school, self._traits(ref), f"gebeurtenis-{turn}", self.today)
        if soort == "overgang":
            first_of_august(draft)
        else:
            happen(draft, soort, aantal)
        self._turns[ref] = turn
        self._touched[ref] = draft.done(school, self.now)
        return tuple(draft.happenings)

    def move_time(self, to: date | datetime) -> None:
        """Move on to a later day (at eight in the morning) or moment; WorldError when that is not later."""
        moment = to if isinstance(to, datetime) else datetime(to.year, to.month, to.day, 8, tzinfo=AMSTERDAM)
        if moment.tzinfo is None:
            moment = moment.replace(tzinfo=AMSTERDAM)
        if moment < self.now:
            raise WorldError(f"it is {self.now:%Y-%m-%d %H:%M} already: time does not go back, a checkpoint does")
        self.now = moment

    def checkpoint(self) -> Checkpoint:
        """Return the whole state, to come back to."""
        return Checkpoint(self.now, dict(self._touched), dict(self._turns))

    def restore(self, checkpoint: Checkpoint) -> None:
        """Go back to a checkpoint of this world; may be done again and again."""
        self.now = checkpoint.now
        self._touched = dict(checkpoint.touched)
        self._turns = dict(checkpoint.turns)

    def _made(self, ref: SchoolRef, day: date) -> SimSchool:
        """Return a school nothing was done to, as time alone made it by `day`."""
        kept = self._kept.get((ref, day))
        if kept is not None:
            self._kept.move_to_end((ref, day))
            return kept
        card, shape = self.card(ref), self._shape(ref)
        first = found(self._seed(ref), card, shape, school_year_of(self.plan.today) - shape.years_back)
        if day < first.as_of:
            raise WorldError(f"school {ref} was not there yet on {day}")
        school = live(first, self._traits(ref), day, shape)
        self._kept[ref, day] = school
        if len(self._kept) > _KEPT:
            self._kept.popitem(last=False)
        return school

    def _seed(self, ref: SchoolRef) -> str:
        return f"{self.plan.seed}/{ref}"

    def _traits(self, ref: SchoolRef) -> Traits:
        return Traits.of(self._seed(ref), self.card(ref))

    def _shape(self, ref: SchoolRef) -> Shape:
        return self.plan.shapes.get(ref, Shape())
