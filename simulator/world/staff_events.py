"""What happens to the people who work at a school."""

from __future__ import annotations

from dataclasses import replace

from .draft import Draft
from .model import SimKind, SimTeacher
from .people import full_surname, joined, parted, spoken, surname
from .staff import address, appoint


def arrive(draft: Draft) -> bool:
    """A teacher comes to share a group, or to help out when there is none."""
    homes = draft.home_groups()
    teacher = appoint(draft, "LRK", (draft.dice.pick(homes).key,) if homes else ())
    _say(draft, "leerkracht-nieuw", teacher, "komt erbij")
    return True


def arrive_without_address(draft: Draft) -> bool:
    """A teacher comes whose e-mail address ParnasSys does not know."""
    homes = draft.home_groups()
    teacher = appoint(draft, "LRK", (draft.dice.pick(homes).key,) if homes else ())
    draft.teachers[teacher.thread] = replace(teacher, email="")
    _say(draft, "leerkracht-zonder-email", teacher, "komt erbij, nog zonder e-mailadres")
    return True


def leave(draft: Draft) -> bool:
    """A teacher goes; the group may stay without."""
    if not draft.teachers:
        return False
    teacher = draft.dice.pick([*draft.teachers.values()])
    del draft.teachers[teacher.thread]
    _say(draft, "leerkracht-weg", teacher, "vertrekt")
    return True


def succeed(draft: Draft) -> bool:
    """Somebody goes and somebody else comes in the same place."""
    if not draft.teachers:
        return False
    teacher = draft.dice.pick([*draft.teachers.values()])
    del draft.teachers[teacher.thread]
    _say(draft, "leerkracht-weg", teacher, "vertrekt")
    _say(draft, "leerkracht-nieuw", appoint(draft, teacher.roles[0], teacher.groups), "volgt op")
    return True


def marry(draft: Draft) -> bool:
    """A teacher marries or divorces: another surname, and the address with it."""
    if not draft.teachers:
        return False
    teacher = draft.dice.pick([*draft.teachers.values()])
    own = full_surname(teacher.name)
    prefix, last = parted(joined(surname(draft.dice, "dutch"), own, draft.dice))
    name = replace(teacher.name, surname=last, prefix=prefix)
    taken = {other.email for other in draft.teachers.values()}
    email = address(name, draft.traits, taken) if teacher.email and draft.dice.chance(0.5) else teacher.email
    draft.teachers[teacher.thread] = replace(teacher, name=name, email=email)
    _say(draft, "leerkracht-trouwt", teacher, "voert een andere achternaam")
    return True


def gain_address(draft: Draft) -> bool:
    """A teacher without e-mail address gets one."""
    without = [teacher for teacher in draft.teachers.values() if not teacher.email]
    if not without:
        return False
    teacher = draft.dice.pick(without)
    taken = {other.email for other in draft.teachers.values()}
    draft.teachers[teacher.thread] = replace(teacher, email=address(teacher.name, draft.traits, taken))
    _say(draft, "email-erbij", teacher, "krijgt een e-mailadres")
    return True


def lose_address(draft: Draft) -> bool:
    """The address of a teacher is taken out."""
    owners = [teacher for teacher in draft.teachers.values() if teacher.email]
    if not owners:
        return False
    teacher = draft.dice.pick(owners)
    draft.teachers[teacher.thread] = replace(teacher, email="")
    _say(draft, "email-weg", teacher, "heeft geen e-mailadres meer")
    return True


def share_address(draft: Draft) -> bool:
    """Two teachers of one group use one address, that of the group."""
    owners = [teacher for teacher in draft.teachers.values() if teacher.email and teacher.groups]
    pairs = [(one, other) for one in owners for other in owners if one is not other and one.groups == other.groups]
    if not pairs:
        return False
    one, other = draft.dice.pick(pairs)
    draft.teachers[other.thread] = replace(other, email=one.email)
    _say(draft, "email-gedeeld", other, "deelt een e-mailadres met een collega")
    return True


def _say(draft: Draft, soort: str, teacher: SimTeacher, what: str) -> None:
    draft.say(soort, SimKind.TEACHER, teacher.key, f"{spoken(teacher.name)} {what}.")
