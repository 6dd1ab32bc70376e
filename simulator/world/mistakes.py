"""The mistakes one by one: each takes what should have been typed and returns what was.

The row comes back the same when the mistake cannot be made on it. Names here are the labels of the truth.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta

from .chance import Dice
from .model import Thread
from .people import initials_of, parted, surname
from .picture import Row
from .slips import by_ear, glued, halves, other_spelling, short, short_particle, typo, without_accents


@dataclass(frozen=True, slots=True, kw_only=True)
class Around:
    """What is known around the row that is being typed."""

    given_names: str = ""
    siblings: tuple[date, ...] = ()
    """Birthdays of brothers and sisters at school."""
    groups: tuple[Thread, ...] = ()
    """Other groups, to put somebody in by mistake."""
    next_born: date | None = None
    """Birthday of the next one on the list of the group."""


def typo_surname(dice: Dice, row: Row, _: Around) -> Row:
    """A wrong stroke in the surname."""
    return replace(row, surname=typo(dice, row.surname))


def typo_first_name(dice: Dice, row: Row, _: Around) -> Row:
    """A wrong stroke in the first name."""
    return replace(row, call_name=typo(dice, row.call_name))


def phonetic(dice: Dice, row: Row, _: Around) -> Row:
    """A name written by ear."""
    if dice.chance(0.5):
        return replace(row, surname=by_ear(dice, row.surname))
    return replace(row, call_name=by_ear(dice, row.call_name))


def spelling_variant(dice: Dice, row: Row, _: Around) -> Row:
    """Another usual spelling of the first or the last name."""
    last = other_spelling(dice, row.surname, "last")
    if last == row.surname:
        last = glued(row.surname)
    call = other_spelling(dice, row.call_name, "first")
    if call != row.call_name and (last == row.surname or dice.chance(0.6)):
        return replace(row, call_name=call)
    return replace(row, surname=last)


def diacritics_lost(_: Dice, row: Row, __: Around) -> Row:
    """Accents left out."""
    return replace(row, surname=without_accents(row.surname), call_name=without_accents(row.call_name))


def ij_as_y(_: Dice, row: Row, __: Around) -> Row:
    """ij written as y."""
    return replace(row, surname=row.surname.replace("ij", "y"), call_name=row.call_name.replace("ij", "y"))


def particle_missing(_: Dice, row: Row, __: Around) -> Row:
    """The voorvoegsel left out."""
    return replace(row, prefix="")


def particle_in_surname(_: Dice, row: Row, __: Around) -> Row:
    """The voorvoegsel typed in the surname's field."""
    return replace(row, prefix="", surname=f"{row.prefix} {row.surname}".strip())


def particle_behind(_: Dice, row: Row, __: Around) -> Row:
    """The surname as in a list: `Berg, van den`."""
    return replace(row, prefix="", surname=f"{row.surname}, {row.prefix}") if row.prefix else row


def particle_short(_: Dice, row: Row, __: Around) -> Row:
    """The voorvoegsel abbreviated: `v.d.`"""
    return replace(row, prefix=short_particle(row.prefix))


def capitals(dice: Dice, row: Row, _: Around) -> Row:
    """The voorvoegsel with a capital, or the whole surname in capitals."""
    if row.prefix and dice.chance(0.6):
        return replace(row, prefix=row.prefix[:1].upper() + row.prefix[1:])
    return replace(row, surname=row.surname.upper())


def half_surname(dice: Dice, row: Row, _: Around) -> Row:
    """One half of a double surname."""
    parts = halves(row.surname)
    if parts is None:
        return row
    if dice.chance(0.6):
        return replace(row, surname=parts[0])
    prefix, last = parted(parts[1])
    return replace(row, surname=last, prefix=prefix)


def halves_swapped(_: Dice, row: Row, __: Around) -> Row:
    """The halves of a double surname the other way round."""
    parts = halves(row.surname)
    if parts is None:
        return row
    own = f"{row.prefix} {parts[0]}".strip()
    prefix, last = parted(f"{parts[1]}-{own}")
    return replace(row, surname=last, prefix=prefix)


def other_parent(dice: Dice, row: Row, _: Around) -> Row:
    """The surname of the other parent."""
    prefix, last = parted(surname(dice, "dutch"))
    return replace(row, surname=last, prefix=prefix)


def official_for_call_name(dice: Dice, row: Row, around: Around) -> Row:
    """The official first name, or all of them, where the roepnaam belongs."""
    given = around.given_names
    return replace(row, call_name=given if dice.chance(0.25) else given.split(" ")[0]) if given else row


def initials_only(_: Dice, row: Row, around: Around) -> Row:
    """Initials and no first name."""
    initials = row.initials or initials_of(around.given_names or row.call_name)
    return replace(row, call_name="", initials=initials)


def no_initials(_: Dice, row: Row, __: Around) -> Row:
    """A first name alone; without one the initials stay."""
    return replace(row, initials="") if row.call_name else row


def pet_name(dice: Dice, row: Row, _: Around) -> Row:
    """A short form of the first name."""
    return replace(row, call_name=short(dice, row.call_name))


def names_swapped(_: Dice, row: Row, __: Around) -> Row:
    """First name and surname in each other's field."""
    if not row.call_name or not row.surname:
        return row
    return replace(row, call_name=f"{row.prefix} {row.surname}".strip(), surname=row.call_name, prefix="")


def day_month_swapped(_: Dice, row: Row, __: Around) -> Row:
    """Day and month of birth the other way round."""
    if row.born is None or row.born.day > 12:
        return row
    return replace(row, born=date(row.born.year, row.born.day, row.born.month))


def digit_wrong(dice: Dice, row: Row, _: Around) -> Row:
    """Another day or another month of birth."""
    if row.born is None:
        return row
    if dice.chance(0.6):
        return replace(row, born=row.born + timedelta(days=dice.pick((-10, -3, -2, -1, 1, 2, 3, 10))))
    month = dice.between(1, 12)
    return replace(row, born=date(row.born.year, month, min(row.born.day, 28)))


def year_off(dice: Dice, row: Row, _: Around) -> Row:
    """Born a year too early or too late, or ten."""
    if row.born is None:
        return row
    return replace(row, born=date(row.born.year + dice.pick((-1, 1, 1, -10)), row.born.month, min(row.born.day, 28)))


def dates_shifted(_: Dice, row: Row, around: Around) -> Row:
    """The birthday of the next one on the list."""
    return replace(row, born=around.next_born) if around.next_born else row


def first_of_month(_: Dice, row: Row, __: Around) -> Row:
    """The first of the month, because the day was not known."""
    return replace(row, born=row.born.replace(day=1)) if row.born else row


def birth_date_missing(_: Dice, row: Row, __: Around) -> Row:
    """No date of birth."""
    return replace(row, born=None)


def sibling_birth_date(dice: Dice, row: Row, around: Around) -> Row:
    """The birthday of a brother or sister."""
    return replace(row, born=dice.pick(around.siblings)) if around.siblings else row


def sex_missing(_: Dice, row: Row, __: Around) -> Row:
    """No sex."""
    return replace(row, sex="")


def sex_wrong(_: Dice, row: Row, __: Around) -> Row:
    """The other sex."""
    return replace(row, sex={"M": "V", "V": "M"}.get(row.sex, ""))


def group_missing(_: Dice, row: Row, __: Around) -> Row:
    """In no group."""
    return replace(row, groups=())


def group_wrong(dice: Dice, row: Row, around: Around) -> Row:
    """In another group."""
    return replace(row, groups=(dice.pick(around.groups),)) if around.groups else row


def year_group_missing(_: Dice, row: Row, __: Around) -> Row:
    """No year group."""
    return replace(row, year_group="")


def email_missing(_: Dice, row: Row, __: Around) -> Row:
    """No address."""
    return replace(row, email="")


def email_old(_: Dice, row: Row, __: Around) -> Row:
    """An address of a former employer."""
    local, _at, domain = row.email.partition("@")
    return replace(row, email=f"{local}@oud-{domain}") if row.email else row


def email_private(dice: Dice, row: Row, _: Around) -> Row:
    """A private address."""
    if not row.call_name:
        return row
    name = without_accents(f"{row.call_name}{row.surname[:1]}").lower().replace(" ", "")
    return replace(row, email=f"{name}{dice.between(60, 99)}@mail.example")


def email_shared(_: Dice, row: Row, __: Around) -> Row:
    """The address of the team."""
    domain = row.email.partition("@")[2]
    return replace(row, email=f"team@{domain}") if domain else row


def maiden_name(_: Dice, row: Row, __: Around) -> Row:
    """The second half of a double surname: the name before the marriage."""
    parts = halves(row.surname)
    if parts is None:
        return row
    prefix, last = parted(parts[1])
    return replace(row, surname=last, prefix=prefix)
