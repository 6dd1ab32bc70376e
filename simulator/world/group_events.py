"""What happens to groups in the middle of a year: renamed, split, put together, gone."""

from __future__ import annotations

from dataclasses import replace

from .draft import Draft
from .model import SimGroup, SimKind, Thread
from .people import spoken
from .rooms import Room, room_name
from .tables import words


def rename(draft: Draft) -> bool:
    """A group gets a name of its own; the key stays."""
    homes = draft.home_groups()
    if not homes:
        return False
    group = draft.dice.pick(homes)
    name = f"{Room(group.years, group.letter)} {draft.dice.pick(words('nicknames'))}"
    draft.groups[group.thread] = replace(group, name=name)
    draft.say("groep-hernoemd", SimKind.GROUP, group.key, f"Groep {group.name} heet voortaan {name}.")
    return True


def split(draft: Draft) -> bool:
    """A combination group becomes a group per year: the lowest year goes on in the old one, the others in a new."""
    together = [group for group in draft.home_groups() if len(group.years) > 1]
    if not together:
        return False
    whole = draft.dice.pick(together)
    teachers = [teacher for teacher in draft.teachers.values() if whole.key in teacher.groups]
    parts = [_first_part(draft, whole)]
    for year in whole.years[1:]:
        part = draft.open_group(Room((year,), whole.letter))
        parts.append(part)
        _move(draft, whole.key, part.key, str(year))
        if len(teachers) > 1:
            teacher = teachers.pop()
            groups = tuple(part.key if key == whole.key else key for key in teacher.groups)
            draft.teachers[teacher.thread] = replace(teacher, groups=groups)
    names = " en ".join(part.name for part in parts)
    draft.say("groep-gesplitst", SimKind.GROUP, whole.key, f"Groep {whole.name} wordt gesplitst in {names}.")
    return True


def merge(draft: Draft) -> bool:
    """Two groups of following years become one combination group; that of the lower year goes on."""
    singles = [group for group in draft.home_groups() if len(group.years) == 1]
    pairs = [
        (low, high)
        for low in singles
        for high in singles
        if high.years[0] == low.years[0] + 1 and high.letter == low.letter
    ]
    if not pairs:
        return False
    low, high = draft.dice.pick(pairs)
    room = Room((*low.years, *high.years), low.letter)
    draft.groups[low.thread] = replace(low, years=room.years, name=_name(draft, room))
    del draft.groups[high.thread]
    _move(draft, high.key, low.key)
    for teacher in tuple(draft.teachers.values()):
        if high.key in teacher.groups:
            groups = tuple(dict.fromkeys(low.key if key == high.key else key for key in teacher.groups))
            draft.teachers[teacher.thread] = replace(teacher, groups=groups)
    draft.say(
        "groepen-samengevoegd",
        SimKind.GROUP,
        low.key,
        f"Groep {low.name} en groep {high.name} gaan samen verder als {draft.groups[low.thread].name}.",
    )
    return True


def vanish(draft: Draft) -> bool:
    """A group is gone, its pupils with it: what an answer that lacks a group looks like from outside."""
    homes = draft.home_groups()
    if not homes:
        return False
    group = draft.dice.pick(homes)
    del draft.groups[group.thread]
    for pupil in [pupil for pupil in draft.pupils.values() if pupil.group == group.key]:
        draft.let_go(pupil)
    for teacher in tuple(draft.teachers.values()):
        if group.key in teacher.groups:
            groups = tuple(key for key in teacher.groups if key != group.key)
            draft.teachers[teacher.thread] = replace(teacher, groups=groups)
    draft.say("groep-vertrekt", SimKind.GROUP, group.key, f"Groep {group.name} is er niet meer.")
    return True


def merge_schools(host: Draft, coming: Draft) -> None:
    """Two schools go on as one: pupils and staff of `coming` move in, with their keys; groups of one year join.

    The comers are others to the host's test centre: their threads are marked with the school they come from.
    """
    origin = coming.traits.seed
    for pupil in tuple(coming.pupils.values()):
        coming.let_go(pupil)
        coming.say("fusie", SimKind.PUPIL, pupil.key, f"{spoken(pupil.name)} gaat over.")
        home = host.room_for(pupil.year_group) or host.open_group(Room((int(pupil.year_group),)))
        thread = Thread(f"{origin}:{pupil.thread}")
        family = f"{origin}:{pupil.family}"
        moved = replace(pupil, thread=thread, family=family, group=home.key, extra_groups=())
        host.put(replace(moved, joined=host.day))
        host.say("fusie", SimKind.PUPIL, pupil.key, f"{spoken(pupil.name)} komt over.")
    homes = host.home_groups()
    for teacher in tuple(coming.teachers.values()):
        del coming.teachers[teacher.thread]
        groups = (host.dice.pick(homes).key,) if homes and teacher.groups else ()
        thread = Thread(f"{origin}:{teacher.thread}")
        host.teachers[thread] = replace(teacher, thread=thread, groups=groups)
    coming.groups.clear()


def _first_part(draft: Draft, whole: SimGroup) -> SimGroup:
    room = Room(whole.years[:1], whole.letter)
    draft.groups[whole.thread] = replace(whole, years=room.years, name=_name(draft, room))
    return draft.groups[whole.thread]


def _move(draft: Draft, old: str, new: str, year: str | None = None) -> None:
    for pupil in tuple(draft.pupils.values()):
        if pupil.group == old and year in (None, pupil.year_group):
            draft.put(replace(pupil, group=new))


def _name(draft: Draft, room: Room) -> str:
    return room_name(room, draft.traits.style, draft.traits.seed)
