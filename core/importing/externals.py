"""Clearing the external numbers: who can be recognised again afterwards, and who cannot (workflow.md §3).

It is the riskiest moment of all, so the numbers are kept aside; the act itself is the link's (workflow.md §2.4).
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TypeVar

from core.errors import RefusedByState
from core.history import KeptNumbers
from core.importing.search import fold
from core.language import _
from core.model import Group, LinkedAs, Pupil, Register, Teacher

R = TypeVar("R", Group, Teacher, Pupil)


@dataclass(frozen=True, slots=True, kw_only=True)
class Recognition:
    """How the active pupils with a number can be recognised without it; the three add up to `pupils`."""

    pupils: int
    """Active pupils that have an external number now."""
    by_eckid: int
    by_name_and_birth: int
    """No ECK iD, but nobody else has this name and birth date."""
    ambiguous: int
    """Neither: a namesake with the same birth date, or a birth date or name that is not known."""
    groups: int
    """Groups that have an external number now."""
    teachers: int
    gone: int = 0
    """Pupils who are no longer active and still have a number: they stand in the way of an application all the same."""

    @property
    def anything(self) -> bool:
        """Whether there is any number to clear."""
        return bool(self.pupils or self.groups or self.teachers or self.gone)


def recognition(register: Register) -> Recognition:
    """Count how the pupils of a school can be recognised once the numbers are gone."""
    eckids = Counter(pupil.eckid for pupil in register.pupils if pupil.eckid)
    likeness = Counter(_likeness(pupil) for pupil in register.pupils)
    numbered = [pupil for pupil in register.pupils if pupil.external and pupil.active]
    known = {pupil.id for pupil in numbered if pupil.eckid and eckids[pupil.eckid] == 1}
    by_name = sum(1 for pupil in numbered if pupil.id not in known and _alone(pupil, likeness))
    return Recognition(
        pupils=len(numbered),
        by_eckid=len(known),
        by_name_and_birth=by_name,
        ambiguous=len(numbered) - len(known) - by_name,
        groups=sum(1 for group in register.groups if group.external),
        teachers=sum(1 for teacher in register.teachers if teacher.external),
        gone=sum(1 for pupil in register.pupils if pupil.external and not pupil.active),
    )


def numbers_of(register: Register, at: datetime, by: str) -> KeptNumbers:
    """Return every external number, to be kept aside."""
    return KeptNumbers(
        at=at,
        by=by,
        groups={one.id: one.external for one in register.groups if one.external},
        teachers={one.id: one.external for one in register.teachers if one.external},
        pupils={one.id: one.external for one in register.pupils if one.external},
        linked_groups={one.id: one.linked for one in register.groups if one.linked},
        linked_teachers={one.id: one.linked for one in register.teachers if one.linked},
        linked_pupils={one.id: one.linked for one in register.pupils if one.linked},
    )


def cleared(register: Register) -> Register:
    """Return the register without external numbers, and without the links of an earlier connection they stood for."""
    return Register(
        groups=tuple(replace(one, external="", linked=None) for one in register.groups),
        teachers=tuple(replace(one, external="", linked=None) for one in register.teachers),
        pupils=tuple(replace(one, external="", linked=None) for one in register.pupils),
    )


def restored(register: Register, kept: KeptNumbers | None) -> Register:
    """Return the register with the numbers that were kept aside; a number given since then stays.

    Raises RefusedByState when nothing is kept (any more): an import has taken their place.
    """
    if kept is None:
        raise RefusedByState(
            _("Er zijn geen bewaarde externe nummers."),
            todo=_("Terugzetten kan alleen tot de eerstvolgende import."),
        )
    return Register(
        groups=tuple(
            _with(one, kept.groups.get(one.id, ""), kept.linked_groups.get(one.id)) for one in register.groups
        ),
        teachers=tuple(
            _with(one, kept.teachers.get(one.id, ""), kept.linked_teachers.get(one.id)) for one in register.teachers
        ),
        pupils=tuple(
            _with(one, kept.pupils.get(one.id, ""), kept.linked_pupils.get(one.id)) for one in register.pupils
        ),
    )


def _with(record: R, number: str, linked: LinkedAs | None) -> R:
    return replace(record, external=record.external or number, linked=record.linked or linked)


def _likeness(pupil: Pupil) -> tuple[str, str, str]:
    born = pupil.born.isoformat() if pupil.born else ""
    return fold(pupil.name.surname), fold(pupil.name.call_name or pupil.name.given_names), born


def _alone(pupil: Pupil, likeness: Counter[tuple[str, str, str]]) -> bool:
    mine = _likeness(pupil)
    return all(mine) and likeness[mine] == 1
