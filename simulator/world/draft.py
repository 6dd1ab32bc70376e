"""A school on the workbench: the one place where something changes, and then it is a frozen school again."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, replace
from datetime import date, datetime

from .chance import Dice
from .families import Nursery, las_key
from .model import Happening, SchoolCard, SimGroup, SimKind, SimPupil, SimSchool, SimTeacher, Thread
from .people import surname
from .rooms import STYLES, Room, room_name
from .tables import frequencies


@dataclass(frozen=True, slots=True, kw_only=True)
class Traits:
    """What stays the same of a school whatever happens, drawn from its seed."""

    seed: str
    city: bool
    village: tuple[str, ...]
    """Surnames that half the village bears; empty elsewhere."""
    style: str
    """How it names its groups, one of `rooms.STYLES`."""
    domain: str
    """Of the e-mail addresses of its staff."""
    mail_style: int

    @classmethod
    def of(cls, seed: str, card: SchoolCard) -> Traits:
        """Draw the traits of the school with this seed."""

        dice, shares = Dice(seed, "aard"), frequencies("heritage")
        city = dice.chance(shares["city_schools_share"])
        small = not city and dice.chance(shares["village_schools_share"])
        village = tuple(surname(dice, "dutch") for _ in range(shares["village_surnames"])) if small else ()
        return cls(
            seed=seed,
            city=city,
            village=village,
            style=dice.draw(STYLES),
            domain=card.email.partition("@")[2],
            mail_style=dice.below(3),
        )


@dataclass(slots=True, kw_only=True)
class Draft:
    """The records of one school while something happens to it on `day`."""

    traits: Traits
    dice: Dice
    serial: str
    """Distinguishes the people who come in now from those of other days and events."""
    day: date
    groups: dict[Thread, SimGroup] = field(default_factory=dict)
    teachers: dict[Thread, SimTeacher] = field(default_factory=dict)
    pupils: dict[Thread, SimPupil] = field(default_factory=dict)
    left: list[SimPupil] = field(default_factory=list)
    happenings: list[Happening] = field(default_factory=list)
    newcomers: int = 0
    held: Counter[str] | None = None
    """Group key → pupils in it, kept up to date once somebody asked."""

    @classmethod
    def of(cls, school: SimSchool, traits: Traits, serial: str, day: date) -> Draft:
        """Lay a school on the workbench."""
        return cls(
            traits=traits,
            dice=Dice(traits.seed, "dag", serial),
            serial=serial,
            day=day,
            groups={group.thread: group for group in school.groups},
            teachers={teacher.thread: teacher for teacher in school.teachers},
            pupils={pupil.thread: pupil for pupil in school.pupils},
            left=list(school.left),
        )

    def done(self, school: SimSchool, moment: datetime) -> SimSchool:
        """Return the school as it is now; unchanged but for the day when nothing happened."""
        if not self.happenings:
            return replace(school, as_of=self.day)
        return replace(
            school,
            as_of=self.day,
            changed=moment,
            revision=school.revision + 1,
            groups=tuple(self.groups.values()),
            teachers=tuple(self.teachers.values()),
            pupils=tuple(self.pupils.values()),
            left=tuple(self.left),
        )

    def say(self, soort: str, kind: SimKind, key: str, text: str) -> None:
        """Note what happened."""
        self.happenings.append(Happening(soort=soort, kind=kind, key=key, text=text))

    def number(self) -> str:
        """Return a number for a newcomer, unique in this school for all time."""
        self.newcomers += 1
        return f"{self.serial}:{self.newcomers}"

    def nursery(self) -> Nursery:
        """Return what makes the children of this school."""
        return Nursery(self.traits.seed, city=self.traits.city, village=self.traits.village)

    def open_group(self, room: Room) -> SimGroup:
        """Make a new stamgroep for `room`."""
        number = self.number()
        group = SimGroup(
            thread=Thread(f"groep/{number}"),
            key=las_key(self.traits.seed, "groep", number),
            name=room_name(room, self.traits.style, self.traits.seed),
            years=room.years,
            letter=room.letter,
        )
        self.groups[group.thread] = group
        return group

    def home_groups(self) -> list[SimGroup]:
        """Return the stamgroepen."""
        return [group for group in self.groups.values() if not group.composite]

    def room_for(self, year_group: str) -> SimGroup | None:
        """Return the least full stamgroep for this year; None when no group holds it."""
        fit = [group for group in self.home_groups() if int(year_group) in group.years]
        if self.held is None:
            self.held = Counter(pupil.group for pupil in self.pupils.values())
        held = self.held
        return min(fit, key=lambda group: held[group.key], default=None)

    def has_room(self, year_group: int) -> bool:
        """Whether any stamgroep holds this year."""
        return any(year_group in group.years for group in self.groups.values())

    def put(self, pupil: SimPupil) -> None:
        """Enrol a pupil, or write what changed."""
        if self.held is not None:
            before = self.pupils.get(pupil.thread)
            self.held[pupil.group] += 1
            self.held[before.group if before else ""] -= 1
        self.pupils[pupil.thread] = pupil

    def let_go(self, pupil: SimPupil) -> None:
        """A pupil leaves the school."""
        if self.held is not None:
            self.held[pupil.group] -= 1
        del self.pupils[pupil.thread]
        self.left.append(pupil)
