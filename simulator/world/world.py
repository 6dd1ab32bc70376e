"""A world of schools, made lazily: every school comes from its own seed, so it does not matter who is asked first."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from .chance import Dice
from .draft import Draft, Traits
from .events import EVENTS, happen
from .generate import AMSTERDAM, found
from .group_events import merge_schools
from .model import Happening, SchoolCard, SchoolRef, Shape, SimSchool, Truth, WorldError, school_year_of
from .picture import Picture, PictureShape
from .register import cards
from .truth import truth_of
from .typing_in import type_in
from .year import first_of_august, live

_KEPT = 256
"""Schools nothing was done to are made again when needed; this many are kept at hand."""
_DAYS_KEPT = 4


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
    shape: Shape = Shape()
    """How schools are made."""
    shapes: Mapping[SchoolRef, Shape] = field(default_factory=dict)
    """Schools that are to be made in a special way; they come first in the list."""
    picture: PictureShape = PictureShape()
    """How the test centre's pictures are made."""
    pictures: Mapping[SchoolRef, PictureShape] = field(default_factory=dict)
    """Schools whose picture is made in a special way."""
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
        self._pictures: OrderedDict[SchoolRef, Picture] = OrderedDict()
        self._kept: OrderedDict[SchoolRef, dict[date, SimSchool]] = OrderedDict()

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
            raise WorldError(f"Er is geen school {ref} in deze wereld.") from None

    def school(self, ref: SchoolRef) -> SimSchool:
        """Return a school as it is today. WorldError when there is no such school."""
        touched = self._touched.get(ref)
        if touched is None:
            return self._made(ref, self.today)
        if touched.as_of != self.today:
            touched = live(touched, self._traits(ref), self.today, self._shape(ref))
            self._touched[ref] = touched
        return touched

    def picture(self, ref: SchoolRef) -> Picture:
        """Return what people at the test centre had typed when this world began; time does not change it."""
        known = self._pictures.get(ref)
        if known is None:
            shape = self._picture_shape(ref)
            school = self._made(ref, self._taken(ref, shape))
            since = self._made(ref, self.plan.today)
            known = type_in(school, self._seed(ref), shape, {pupil.thread for pupil in since.pupils})
            self._pictures[ref] = known
            if len(self._pictures) > _KEPT:
                self._pictures.popitem(last=False)
        return known

    def test_centre(self, ref: SchoolRef) -> str:
        """Return the test centre's roster file of a school, as `koppeldesk roster import` reads it."""
        return self.picture(ref).csv()

    def truth(self, ref: SchoolRef) -> Truth:
        """Return who is who between ParnasSys today and the test centre's picture."""
        return truth_of(self.school(ref), self.picture(ref))

    def event(
        self, ref: SchoolRef, soort: str, aantal: int = 1, *, met: SchoolRef | None = None
    ) -> tuple[Happening, ...]:
        """Let something happen to a school now, `aantal` times; return what happened (less when it could not).

        `soort` is a name of `EVENTS`, or `overgang` for 1 August before its time, or `fusie`: school `met` goes into
        this one. WorldError for an unknown one.
        """
        if soort == "fusie":
            return self._merge(ref, met)
        if soort != "overgang" and soort not in EVENTS:
            raise WorldError(f"Er is geen gebeurtenis '{soort}'; wel: fusie, overgang, {', '.join(sorted(EVENTS))}.")
        draft = self._draft(ref)
        if soort == "overgang":
            first_of_august(draft)
        else:
            happen(draft, soort, aantal)
        return self._done(ref, draft)

    def _merge(self, ref: SchoolRef, met: SchoolRef | None) -> tuple[Happening, ...]:
        if met is None or met == ref:
            raise WorldError("Bij een fusie hoort een andere school ('met').")
        coming, host = self._draft(met), self._draft(ref)
        merge_schools(host, coming)
        self._done(met, coming)
        return self._done(ref, host)

    def _draft(self, ref: SchoolRef) -> Draft:
        """Lay a school on the workbench for its next event."""
        turn = self._turns.get(ref, 0) + 1
        return Draft.of(self.school(ref), self._traits(ref), f"gebeurtenis-{turn}", self.today)

    def _done(self, ref: SchoolRef, draft: Draft) -> tuple[Happening, ...]:
        self._turns[ref] = self._turns.get(ref, 0) + 1
        self._touched[ref] = draft.done(self.school(ref), self.now)
        return tuple(draft.happenings)

    def move_time(self, to: date | datetime) -> None:
        """Move on to a later day (at eight in the morning) or moment; WorldError when that is not later."""
        moment = to if isinstance(to, datetime) else datetime(to.year, to.month, to.day, 8, tzinfo=AMSTERDAM)
        if moment.tzinfo is None:
            moment = moment.replace(tzinfo=AMSTERDAM)
        if moment < self.now:
            raise WorldError(
                f"Het is al {self.now:%d-%m-%Y %H:%M}: de tijd gaat niet terug. Herstel daarvoor een momentopname."
            )
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
        kept = self._kept.setdefault(ref, {})
        self._kept.move_to_end(ref)
        if len(self._kept) > _KEPT:
            self._kept.popitem(last=False)
        if day in kept:
            return kept[day]
        shape = self._shape(ref)
        if not kept:
            first_year = school_year_of(self.plan.today) - shape.years_back
            first = found(self._seed(ref), self.card(ref), shape, first_year)
            kept[first.as_of] = first
        before = max((known for known in kept if known <= day), default=None)
        if before is None:
            raise WorldError(f"School {ref} bestond op {day:%d-%m-%Y} nog niet.")
        if len(kept) > _DAYS_KEPT:
            del kept[sorted(kept)[-2]]
        kept[day] = live(kept[before], self._traits(ref), day, shape)
        return kept[day]

    def _seed(self, ref: SchoolRef) -> str:
        return f"{self.plan.seed}/{ref}"

    def _traits(self, ref: SchoolRef) -> Traits:
        return Traits.of(self._seed(ref), self.card(ref))

    def _taken(self, ref: SchoolRef, shape: PictureShape) -> date:
        """Return the day the lists were typed: as asked, or between October and May of the school year before."""
        if shape.taken is not None:
            return shape.taken
        first = date(school_year_of(self.plan.today) - 1, 10, 1)
        return first + timedelta(days=Dice(self._seed(ref), "getypt").below(230))

    def _picture_shape(self, ref: SchoolRef) -> PictureShape:
        return self.plan.pictures.get(ref, self.plan.picture)

    def _shape(self, ref: SchoolRef) -> Shape:
        return self.plan.shapes.get(ref, self.plan.shape)
