"""Guards: what an import may not do without somebody typing the BRIN (workflow.md §3). The limits know the calendar."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from core.importing.search import fold
from core.language import N_, _
from core.model import Group, Pupil

MOST_LEAVING = 0.20
"""Part of a school's active pupils above which a deactivation is asked about."""
MOST_RENAMED = 0.50
"""Part of the linked pupils above which renaming is asked about."""
LEAVING_MONTHS = frozenset({7, 8, 9})
"""When a group 8 leaves as it does every year."""
LAST_YEAR = "8"


class Guard(StrEnum):
    """What an import does that somebody must confirm first (docs/imports.md)."""

    MANY_LEAVE = N_("veel leerlingen gedeactiveerd")
    WHOLE_GROUP = N_("hele groep gedeactiveerd")
    MANY_RENAMED = N_("veel leerlingen hernoemd")


@dataclass(frozen=True, slots=True, kw_only=True)
class Tripped:
    """A guard that an import meets."""

    guard: Guard
    sentence: str
    """What would happen, in figures, in the language in use."""


def guards(
    *,
    active: Collection[Pupil],
    leaving: Sequence[Pupil],
    linked: int,
    renamed: int,
    groups: Collection[Group],
    today: date,
) -> tuple[Tripped, ...]:
    """Return the guards that are met.

    `active` and `leaving` are pupils as they are before the import; `linked` counts the pupils linked by it to an
    existing pupil and `renamed` those of them whose name becomes another one.
    """
    found: list[Tripped] = []
    unusual = [pupil for pupil in leaving if not leaves_as_usual(pupil, today)]
    if active and len(unusual) > MOST_LEAVING * len(active):
        sentence = _("{leaving} van de {active} actieve leerlingen worden gedeactiveerd ({percent} %).")
        percent = round(100 * len(unusual) / len(active))
        tripped = sentence.format(leaving=len(unusual), active=len(active), percent=percent)
        found.append(Tripped(guard=Guard.MANY_LEAVE, sentence=tripped))
    size, going = Counter(pupil.group for pupil in active), Counter(pupil.group for pupil in leaving)
    asked = {pupil.group for pupil in unusual}
    for group in groups:
        if group.id in asked and going[group.id] == size[group.id]:
            sentence = _("Alle {count} leerlingen van groep {group} worden gedeactiveerd.")
            tripped = sentence.format(count=going[group.id], group=group.name)
            found.append(Tripped(guard=Guard.WHOLE_GROUP, sentence=tripped))
    if linked and renamed > MOST_RENAMED * linked:
        sentence = _("{renamed} van de {linked} gekoppelde leerlingen krijgen een andere naam.")
        found.append(Tripped(guard=Guard.MANY_RENAMED, sentence=sentence.format(renamed=renamed, linked=linked)))
    return tuple(found)


def leaves_as_usual(pupil: Pupil, today: date) -> bool:
    """Whether it is no surprise that this pupil is gone: group 8 in July, August and September."""
    return pupil.year_group == LAST_YEAR and today.month in LEAVING_MONTHS


def is_renamed(before: Pupil, after: Pupil) -> bool:
    """Whether surname or call name becomes another one; filling in what was empty, or an accent, is no renaming."""
    return any(
        was and fold(was) != fold(becomes)
        for was, becomes in (
            (before.name.surname, after.name.surname),
            (before.name.call_name, after.name.call_name),
        )
    )
