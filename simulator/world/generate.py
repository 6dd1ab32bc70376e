"""Makes a school as it was on a first of August, out of its own seed."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from .chance import Dice
from .draft import Draft, Traits
from .families import children_per_family, cohort_day, fourth_birthday, las_key
from .model import SchoolCard, Shape, SimGroup, SimKind, SimPupil, SimSchool, Thread
from .rooms import Room, rooms_for
from .staff import staff
from .tables import frequencies, sizes, words

AMSTERDAM = ZoneInfo("Europe/Amsterdam")


def found(seed: str, card: SchoolCard, shape: Shape, first_year: int) -> SimSchool:
    """Make the school `card` as it was on 1 August of `first_year`."""
    day = date(first_year, 8, 1)
    draft = Draft(traits=Traits.of(seed, card), dice=Dice(seed, "begin"), serial="0", day=day)
    wanted = shape.pupils if shape.pupils is not None else draft.dice.between(*draft.dice.draw(sizes()))
    rooms = tuple(map(Room.parse, shape.groups)) or rooms_for(draft.dice, wanted)
    for room in rooms:
        draft.open_group(room)
    _enrol(draft, _cohorts(draft.dice, rooms, wanted), first_year)
    if not shape.groups:
        subgroups(draft, new=True)
    staff(draft, wanted, shape.teachers)
    moment = datetime(first_year, 8, 1, tzinfo=AMSTERDAM)
    draft.say("begin", SimKind.GROUP, "", "De school begint.")
    empty = SimSchool(card=card, as_of=day, changed=moment, groups=(), teachers=(), pupils=())
    return replace(draft.done(empty, moment), revision=0)


def _cohorts(dice: Dice, rooms: tuple[Room, ...], wanted: int) -> dict[int, int]:
    """Divide the pupils over the years that have a room, evenly but not quite."""
    years = sorted({year for room in rooms for year in room.years})
    spread = frequencies("schools")["cohort_spread"]
    weights = [max(0.3, dice.around(1.0, spread)) for _ in years]
    counts = {year: int(wanted * weight / sum(weights)) for year, weight in zip(years, weights, strict=True)}
    for year in dice.mixed(years * (wanted - sum(counts.values()) and 1)):
        if sum(counts.values()) < wanted:
            counts[year] += 1
    while sum(counts.values()) < wanted:
        counts[dice.pick(years)] += 1
    return counts


def _enrol(draft: Draft, cohorts: dict[int, int], first_year: int) -> None:
    """Fill the years family by family, then divide every year over its rooms."""
    dice, nursery, shares = draft.dice, draft.nursery(), frequencies("pupils")
    free = dict(cohorts)
    children: list[SimPupil] = []
    while any(free.values()):
        birthdays: list[tuple[date, str]] = []
        for _ in range(dice.draw(children_per_family())):
            open_years = [year for year, places in free.items() if places]
            if not open_years:
                break
            year = dice.pick(open_years)
            birthdays.append((_birthday(dice, year, first_year), str(year)))
            free[year] -= 1
            if free[year] and dice.chance(shares["twin_share"]):
                birthdays.append(birthdays[-1])
                free[year] -= 1
        children += nursery.family(draft.number(), spaced(birthdays))
    for year in cohorts:
        members = dice.mixed([child for child in children if child.year_group == str(year)])
        homes = [group for group in draft.home_groups() if year in group.years]
        for place, child in enumerate(members):
            draft.put(replace(child, group=homes[place % len(homes)].key))


def _birthday(dice: Dice, year: int, first_year: int) -> date:
    """Draw a birthday for a pupil of `year`: most go along with their cohort, some repeated or skipped a year."""
    shares = frequencies("pupils")
    if year > 2 and dice.chance(shares["repeat_share"]):
        year += 1
    elif year > 2 and dice.chance(shares["skip_share"]):
        year -= 1
    born = cohort_day(dice, year, first_year)
    while fourth_birthday(born) > date(first_year, 8, 1):
        born -= timedelta(days=61)
    return born


def spaced(birthdays: list[tuple[date, str]]) -> list[tuple[date, str]]:
    """Order children by birthday, and move apart those that are not twins but come within ten months."""
    ordered = sorted(birthdays)
    for place in range(len(ordered) - 2, -1, -1):
        (born, year), (next_born, _) = ordered[place], ordered[place + 1]
        if born != next_born and (next_born - born).days < 300:
            ordered[place] = (born - timedelta(days=300 - (next_born - born).days), year)
    return ordered


def subgroups(draft: Draft, *, new: bool = False) -> None:
    """Renew who is in the samengestelde groepen; make them when the school is `new` and has any."""
    dice = draft.dice
    known = [group for group in draft.groups.values() if group.composite]
    if new and dice.chance(frequencies("schools")["composite_share"]):
        for name in dice.some(words("subgroups"), dice.between(1, 2)):
            number = draft.number()
            known.append(
                SimGroup(
                    thread=Thread(f"groep/{number}"),
                    key=las_key(draft.traits.seed, "groep", number),
                    name=name,
                    years=(),
                    composite=True,
                )
            )
            draft.groups[known[-1].thread] = known[-1]
    chosen = {group.key: {pupil.thread for pupil in dice.some(_older(draft), 12)} for group in known}
    for pupil in tuple(draft.pupils.values()):
        extra = tuple(key for key, members in chosen.items() if pupil.thread in members)
        if extra != pupil.extra_groups:
            draft.put(replace(pupil, extra_groups=extra))


def _older(draft: Draft) -> list[SimPupil]:
    return [pupil for pupil in draft.pupils.values() if int(pupil.year_group) >= 4]
