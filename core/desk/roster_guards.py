"""What a roster file may not do without somebody typing the BRIN: the limits of an import (docs/imports.md)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator
from datetime import date

from core.errors import RefusedByGuard
from core.importing.guards import MOST_LEAVING, MOST_RENAMED, guards, is_renamed, leaves_as_usual
from core.language import _
from core.model import GroupId, Pupil, PupilId, Register, SchoolId

FEWEST = 5
"""Pupils; fewer than this anybody sees for themselves in the counts, and nothing is asked."""


def require_confirmation(
    before: Register,
    after: Register,
    *,
    pupils: Collection[PupilId],
    groups: Collection[GroupId],
    today: date,
    school: SchoolId,
    confirm: str,
) -> str:
    """Return what was overruled by the typed BRIN; RefusedByGuard when something is met and it was not typed.

    `pupils` and `groups` are those that stand in the file.
    """
    found = [
        *_deactivated(before, after, today),
        *_missing(before, pupils, groups, today),
        *_other_people(before, after, pupils),
    ]
    if found and not school.is_typed(confirm):
        raise RefusedByGuard(
            " ".join(found),
            todo=_(
                "Controleer of het bestand heel is en van deze school. Klopt het? Geef dan --confirm {brin}."
            ).format(brin=school.brin),
        )
    return " ".join(found)


def _active(register: Register) -> dict[PupilId, Pupil]:
    return {pupil.id: pupil for pupil in register.pupils if pupil.active}


def _deactivated(before: Register, after: Register, today: date) -> Iterator[str]:
    was, still = _active(before), _active(after)
    leaving = [pupil for id_, pupil in was.items() if id_ not in still]
    if len(leaving) >= FEWEST:
        met = guards(active=was.values(), leaving=leaving, linked=0, renamed=0, groups=before.groups, today=today)
        yield from (tripped.sentence for tripped in met)


def _missing(before: Register, pupils: Collection[PupilId], groups: Collection[GroupId], today: date) -> Iterator[str]:
    """Pupils whose group is in the file without them: a file that was cut off, as it says nothing of others.

    Who is linked may have come from ParnasSys after the file was made, and is looked after by imports.
    """
    active = _active(before)
    missing = [
        pupil
        for id_, pupil in active.items()
        if pupil.group in groups and id_ not in pupils and pupil.linked is None and not leaves_as_usual(pupil, today)
    ]
    if len(missing) < FEWEST:
        return
    if len(missing) > MOST_LEAVING * len(active):
        yield _("{missing} van de {active} actieve leerlingen staan niet in het bestand, hun groep wel.").format(
            missing=len(missing), active=len(active)
        )
    size, gone = (Counter(pupil.group for pupil in some) for some in (active.values(), missing))
    for group in before.groups:
        if gone[group.id] and gone[group.id] == size[group.id]:
            yield _("Uit {group} staat geen van de {count} leerlingen in het bestand.").format(
                group=group.name, count=size[group.id]
            )


def _other_people(before: Register, after: Register, pupils: Collection[PupilId]) -> Iterator[str]:
    """A column that was sorted by itself, or the file of another school."""
    was, now = ({pupil.id: pupil for pupil in register.pupils} for register in (before, after))
    known = [id_ for id_ in pupils if id_ in was]
    others = sum(is_renamed(was[id_], now[id_]) or was[id_].born not in (None, now[id_].born) for id_ in known)
    if others >= FEWEST and others > MOST_RENAMED * len(known):
        yield _("{others} van de {known} bekende leerlingen krijgen een andere naam of geboortedatum.").format(
            others=others, known=len(known)
        )
    active = len(_active(before))
    if not known and active >= FEWEST and len(pupils) > MOST_RENAMED * active:
        yield _("Geen van de {new} leerlingen in het bestand is hier bekend, en hier zijn er {active} actief.").format(
            new=len(pupils), active=active
        )
