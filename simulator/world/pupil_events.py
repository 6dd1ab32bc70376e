"""What happens to pupils. Every function lets one thing happen and says whether it could."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta

from .draft import Draft
from .families import children_per_family, cohort_day, eck_id, fourth_birthday, las_key
from .generate import spaced
from .model import SimKind, SimName, SimPupil, school_year_of
from .people import full_surname, initials_of, joined, lookalike, parted, spoken, surname
from .tables import frequencies, name_table


def arrive(draft: Draft) -> bool:
    """A family comes from another school, with one child or more."""
    years = sorted({year for group in draft.home_groups() for year in group.years})
    if not years:
        return False
    count = draft.dice.draw(children_per_family())
    chosen = [draft.dice.pick(years) for _ in range(count)]
    return _enrol(draft, "leerling-nieuw", [(_day(draft, year), str(year)) for year in chosen])


def turn_four(draft: Draft) -> bool:
    """A child turns four this month; nearly half of them have a brother or sister at school."""
    if not draft.has_room(1):
        return False
    born = date(draft.day.year - 4, draft.day.month, 1) - timedelta(days=draft.dice.below(28) + 1)
    elder = draft.dice.pick([*draft.pupils.values()]) if draft.pupils and draft.dice.chance(0.45) else None
    home = [pupil for pupil in draft.pupils.values() if elder is not None and pupil.family == elder.family]
    if elder is None or any((born - pupil.born).days < 300 for pupil in home):
        return _enrol(draft, "leerling-vier", [(born, "1")])
    (child,) = draft.nursery().family(draft.number(), [(born, "1")])
    name = replace(child.name, surname=elder.name.surname, prefix=elder.name.prefix)
    return _put(
        draft, "leerling-vier", [replace(child, name=name, family=elder.family, postcode=elder.postcode)], "wordt vier"
    )


def leave(draft: Draft) -> bool:
    """A family goes to another school with all children it has here, or one child goes alone."""
    if not draft.pupils:
        return False
    chosen = draft.dice.pick([*draft.pupils.values()])
    alone = draft.dice.chance(frequencies("year")["leaves_alone"])
    home = [pupil for pupil in draft.pupils.values() if pupil.family == chosen.family]
    for pupil in [chosen] if alone else home:
        draft.let_go(pupil)
        _say(draft, "leerling-weg", pupil, "gaat naar een andere school")
    return True


def come_back(draft: Draft) -> bool:
    """Somebody who left not too long ago returns, with the same number and ECK iD, one class on when years went by."""
    years = {pupil.thread: _year_now(draft, pupil) for pupil in draft.left}
    gone = [pupil for pupil in draft.left if years[pupil.thread] <= 8 and draft.has_room(years[pupil.thread])]
    if not gone:
        return False
    pupil = draft.dice.pick(gone)
    draft.left.remove(pupil)
    return _put(draft, "leerling-terug", [replace(pupil, year_group=str(years[pupil.thread]))], "komt terug")


def move_house(draft: Draft) -> bool:
    """A family gets another address."""
    if not draft.pupils:
        return False
    one = draft.dice.pick([*draft.pupils.values()])
    postcode = f"{draft.dice.between(1011, 9999)}{draft.dice.pick('ABCDEGHJKL')}{draft.dice.pick('ABCDEGHJKL')}"
    for pupil in [pupil for pupil in draft.pupils.values() if pupil.family == one.family]:
        draft.put(replace(pupil, postcode=postcode))
        _say(draft, "verhuizing", pupil, "verhuist")
    return True


def change_name(draft: Draft) -> bool:
    """Adoption, divorce or recognition: another surname, or a second one beside it."""
    if not draft.pupils:
        return False
    pupil = draft.dice.pick([*draft.pupils.values()])
    other = surname(draft.dice, "dutch")
    prefix, last = parted(joined(full_surname(pupil.name), other, draft.dice) if draft.dice.chance(0.3) else other)
    draft.put(replace(pupil, name=replace(pupil.name, surname=last, prefix=prefix)))
    _say(draft, "naamswijziging", draft.pupils[pupil.thread], "krijgt een andere achternaam")
    return True


def mend_birth_date(draft: Draft) -> bool:
    """The school finds a wrong birth date: day and month were swapped, or a day was off."""
    if not draft.pupils:
        return False
    pupil = draft.dice.pick([*draft.pupils.values()])
    day = pupil.born.day
    swap = day <= 12 and day != pupil.born.month and pupil.born.month <= 28
    mended = date(pupil.born.year, day, pupil.born.month) if swap else pupil.born + timedelta(days=1)
    draft.put(replace(pupil, born=mended))
    _say(draft, "geboortedatum-verbeterd", pupil, "krijgt een verbeterde geboortedatum")
    return True


def renew_key(draft: Draft) -> bool:
    """A pupil is enrolled anew and gets another number; the ECK iD stays."""
    if not draft.pupils:
        return False
    pupil = draft.dice.pick([*draft.pupils.values()])
    draft.put(replace(pupil, key=las_key(draft.traits.seed, "leerling", pupil.thread, draft.number())))
    _say(draft, "leerlingnummer-vernieuwd", draft.pupils[pupil.thread], "krijgt een nieuw leerlingnummer")
    return True


def gain_eckid(draft: Draft) -> bool:
    """A pupil without ECK iD gets one."""
    without = [pupil for pupil in draft.pupils.values() if not pupil.eckid]
    if not without:
        return False
    pupil = draft.dice.pick(without)
    draft.put(replace(pupil, eckid=eck_id(draft.traits.seed, pupil.thread)))
    _say(draft, "eckid-erbij", pupil, "krijgt een ECK iD")
    return True


def lose_eckid(draft: Draft) -> bool:
    """A pupil's ECK iD goes missing."""
    owners = [pupil for pupil in draft.pupils.values() if pupil.eckid]
    if not owners:
        return False
    pupil = draft.dice.pick(owners)
    draft.put(replace(pupil, eckid=""))
    _say(draft, "eckid-weg", pupil, "heeft geen ECK iD meer")
    return True


def twins_arrive(draft: Draft) -> bool:
    """Twins of one sex whose names differ by a letter, in one group."""
    years = sorted({year for group in draft.home_groups() for year in group.years})
    if not years:
        return False
    year = draft.dice.pick(years)
    born = _day(draft, year)
    one, other = draft.nursery().family(draft.number(), [(born, str(year))] * 2)
    table = name_table("dutch")
    names = (table.boys if one.sex == "M" else table.girls).things
    call, near = one.name.call_name, lookalike(draft.dice, one.name.call_name, names)
    while near is None:
        call = draft.dice.pick(names)
        near = lookalike(draft.dice, call, names)
    twins = [replace(child, sex=one.sex, name=_called(one.name, name)) for child, name in ((one, call), (other, near))]
    return _put(draft, "tweeling-erbij", twins, "komt erbij, een van een tweeling")


def namesake_arrives(draft: Draft) -> bool:
    """Another child with the name of somebody in the group, born on another day."""
    if not draft.pupils:
        return False
    pupil = draft.dice.pick([*draft.pupils.values()])
    (child,) = draft.nursery().family(draft.number(), [(_day(draft, int(pupil.year_group)), pupil.year_group)])
    if child.born == pupil.born:
        child = replace(child, born=child.born - timedelta(days=3))
    name = replace(child.name, call_name=pupil.name.call_name, surname=pupil.name.surname, prefix=pupil.name.prefix)
    newcomer = replace(child, name=name, sex=pupil.sex, group=pupil.group, joined=draft.day)
    draft.put(newcomer)
    _say(draft, "naamgenoot-erbij", newcomer, "komt in een groep waar al een naamgenoot zit")
    return True


def change_group(draft: Draft) -> bool:
    """A pupil goes to a parallel group."""
    groups = draft.home_groups()
    movable = [
        (pupil, group.key)
        for pupil in draft.pupils.values()
        for group in groups
        if group.key != pupil.group and int(pupil.year_group) in group.years
    ]
    if not movable:
        return False
    pupil, key = draft.dice.pick(movable)
    draft.put(replace(pupil, group=key))
    _say(draft, "groep-wissel", pupil, "gaat naar een andere groep")
    return True


def everybody_leaves(draft: Draft) -> bool:
    """The school has no pupils any more."""
    pupils = [*draft.pupils.values()]
    for pupil in pupils:
        draft.let_go(pupil)
        _say(draft, "school-leeg", pupil, "vertrekt")
    return bool(pupils)


def _day(draft: Draft, year: int) -> date:
    """Draw a birthday for a newcomer in `year`, not younger than four."""
    born = cohort_day(draft.dice, year, school_year_of(draft.day))
    while fourth_birthday(born) > draft.day:
        born -= timedelta(days=61)
    return born


def _year_now(draft: Draft, pupil: SimPupil) -> int:
    """Return the year group a pupil of that age belongs in today."""
    return max(int(pupil.year_group), school_year_of(draft.day) - school_year_of(_october(pupil.born)) - 5 + 1)


def _october(born: date) -> date:
    """Shift a birthday so that a cohort (1 October up to 30 September) falls in one school year."""
    return born - timedelta(days=61)


def _called(name: SimName, call: str) -> SimName:
    return replace(name, call_name=call, given_names=call, initials=initials_of(call))


def _enrol(draft: Draft, soort: str, birthdays: list[tuple[date, str]]) -> bool:
    return _put(draft, soort, draft.nursery().family(draft.number(), spaced(birthdays)), "komt erbij")


def _put(draft: Draft, soort: str, pupils: Iterable[SimPupil], what: str) -> bool:
    for pupil in pupils:
        home = draft.room_for(pupil.year_group)
        newcomer = replace(pupil, group=home.key if home else "", extra_groups=(), joined=draft.day)
        draft.put(newcomer)
        _say(draft, soort, newcomer, what)
    return True


def _say(draft: Draft, soort: str, pupil: SimPupil, what: str) -> None:
    draft.say(soort, SimKind.PUPIL, pupil.key, f"{spoken(pupil.name)} {what}.")
