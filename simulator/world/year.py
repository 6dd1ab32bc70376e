"""What time does to a school: small things every month, and everything at once on 1 August."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime

from .draft import Draft, Traits
from .events import happen
from .generate import AMSTERDAM, subgroups
from .model import Shape, SimGroup, SimKind, SimPupil, SimSchool, Thread, school_year_of
from .rooms import Room, room_name
from .tables import frequencies

MONTHLY = {
    "verhuizing": "moves_house",
    "leerling-weg": "leaves",
    "leerling-nieuw": "arrives",
    "naamswijziging": "renamed",
    "leerlingnummer-vernieuwd": "key_renewed",
}
"""Event → share of the pupils it happens to in a school year (tables.toml)."""


def live(school: SimSchool, traits: Traits, until: date, shape: Shape) -> SimSchool:
    """Return the school as it is on `until`.

    Time passes in steps of one month, each with its own dice: in one go or day by day comes to the same.
    """
    for day in _firsts(school.as_of, until):
        draft = Draft.of(school, traits, f"{day:%Y-%m-%d}", day)
        if day.month == 8:
            first_of_august(draft)
        elif shape.life and day.month != 7:
            _month(draft)
        school = draft.done(school, datetime(day.year, day.month, day.day, tzinfo=AMSTERDAM))
    return replace(school, as_of=until)


def _firsts(after: date, until: date) -> Iterator[date]:
    """Yield the first days of the months after `after`, up to and including `until`."""
    year, month = after.year, after.month
    while True:
        year, month = (year, month + 1) if month < 12 else (year + 1, 1)
        if date(year, month, 1) > until:
            return
        yield date(year, month, 1)


def _month(draft: Draft) -> None:
    """Let a month of the school year pass."""
    shares = frequencies("year")
    expected = {soort: len(draft.pupils) * shares[share] / 10 for soort, share in MONTHLY.items()}
    expected["leerling-terug"] = len(draft.left) * shares["returns"] / 10 if draft.left else 0.0
    expected["leerling-vier"] = len(draft.pupils) / 8 / 10
    expected["leerkracht-trouwt"] = len(draft.teachers) * shares["teacher_marries"] / 10
    for soort, count in expected.items():
        happen(draft, soort, int(count) + draft.dice.chance(count % 1))


def first_of_august(draft: Draft) -> None:
    """Turn the school year: everybody up, group 8 out, new groups, staff comes and goes."""
    before = {group.key: group for group in draft.home_groups()}
    origin = {pupil.thread: pupil.group for pupil in draft.pupils.values()}
    leavers = [pupil for pupil in draft.pupils.values() if pupil.year_group == "8"]
    rooms = sorted({Room(group.years, group.letter) for group in before.values()})
    top = max((year for room in rooms for year in room.years), default=8)
    for pupil in tuple(draft.pupils.values()):
        year = _next_year(draft, pupil)
        if year > max(top, int(pupil.year_group)) or pupil in leavers:
            draft.let_go(pupil)
        else:
            draft.put(replace(pupil, year_group=str(min(year, 8))))
    without = {int(pupil.year_group) for pupil in draft.pupils.values()} - {y for room in rooms for y in room.years}
    rooms = sorted([*rooms, *(Room((year,)) for year in without)])
    homes = _regroup(draft, rooms, before, origin)
    _summer(draft)
    subgroups(draft)
    _staff_changes(draft, {group.key: homes[Room(group.years, group.letter)].key for group in before.values()})
    draft.say("overgang", SimKind.GROUP, "", f"Een nieuw schooljaar: {len(leavers)} leerlingen verlaten groep 8.")


def _summer(draft: Draft) -> None:
    """Those who turned four in the holidays come, and families move house: two months' worth."""
    shares = frequencies("year")
    for soort, count in (
        ("leerling-vier", len(draft.pupils) / 8 / 10 * 2),
        ("leerling-weg", len(draft.pupils) * shares["leaves"] / 10 * 2),
        ("leerling-nieuw", len(draft.pupils) * shares["arrives"] / 10 * 2),
    ):
        happen(draft, soort, int(count) + draft.dice.chance(count % 1))


def _next_year(draft: Draft, pupil: SimPupil) -> int:
    """Return the year group a pupil goes to."""
    year, shares = int(pupil.year_group), frequencies("year")
    if year == 1:
        return 2 if pupil.born < date(school_year_of(draft.day) - 5, 10, 1) else 1
    # About how many years older than the class to come; below zero: younger.
    older = draft.day.year - pupil.born.year - year - 5
    if older < 2 and draft.dice.chance(shares["repeats_infants" if year == 2 else "repeats"]):
        return year
    return year + 2 if year < 7 and older >= 0 and draft.dice.chance(shares["skips"]) else year + 1


def _regroup(
    draft: Draft, rooms: list[Room], before: dict[str, SimGroup], origin: dict[Thread, str]
) -> dict[Room, SimGroup]:
    """Give every room its group: a combination group goes on, a class of one year moves up as a whole when it can.

    A group keeps its identity and its key when its class goes on in it, under its new name (7a → 8a).
    """
    by_room = {Room(group.years, group.letter): group for group in before.values()}
    draft.groups = {thread: group for thread, group in draft.groups.items() if group.composite}
    homes: dict[Room, SimGroup] = {}
    for room in rooms:
        old = by_room.get(room) if len(room.years) > 1 else by_room.get(Room((room.years[0] - 1,), room.letter))
        if old is None:
            homes[room] = draft.open_group(room)
        elif len(room.years) > 1:
            homes[room] = old
            draft.groups[old.thread] = old
        else:
            name = room_name(room, draft.traits.style, draft.traits.seed)
            homes[room] = replace(old, years=room.years, name=name)
            draft.groups[old.thread] = homes[room]
    for year in sorted({year for room in rooms for year in room.years}):
        _divide(draft, year, [homes[room].key for room in rooms if year in room.years], origin)
    return homes


def _divide(draft: Draft, year: int, keys: list[str], origin: dict[Thread, str]) -> None:
    """Put the pupils of one year in its groups: with their old class when that goes on, else where there is room."""
    held = {
        key: sum(1 for pupil in draft.pupils.values() if pupil.group == key and pupil.year_group != str(year))
        for key in keys
    }
    waiting: list[SimPupil] = []
    for pupil in tuple(draft.pupils.values()):
        if pupil.year_group != str(year):
            continue
        if origin.get(pupil.thread) in held and not draft.dice.chance(0.02):
            held[origin[pupil.thread]] += 1
            draft.put(replace(pupil, group=origin[pupil.thread]))
        else:
            waiting.append(pupil)
    for pupil in draft.dice.mixed(waiting):
        key = min(keys, key=held.__getitem__)
        held[key] += 1
        draft.put(replace(pupil, group=key))


def _staff_changes(draft: Draft, moved: dict[str, str]) -> None:
    """Who taught group 5 teaches group 5 again (`moved`: old key → new); some leave, some get an address."""
    shares = frequencies("year")
    for teacher in tuple(draft.teachers.values()):
        groups = tuple(moved[key] for key in teacher.groups if key in moved)
        draft.teachers[teacher.thread] = replace(teacher, groups=groups)
    count = len(draft.teachers) * shares["teacher_leaves"]
    happen(draft, "leerkracht-wisselt", int(count) + draft.dice.chance(count % 1))
    without = sum(1 for teacher in draft.teachers.values() if not teacher.email)
    happen(draft, "email-erbij", sum(draft.dice.chance(shares["email_comes"]) for _ in range(without)))
