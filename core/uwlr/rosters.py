"""From what was read to one roster: the rules about keys, and whether absence from it means anything."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import TypeVar

from core.errors import UnreadableReply
from core.language import _
from core.model import (
    Completeness,
    IncomingGroup,
    IncomingPupil,
    IncomingTeacher,
    LasKey,
    Roster,
    SchoolId,
    SchoolYear,
)
from core.uwlr.reading import Contents, Head
from core.uwlr.unreadable import shown, unreadable

Person = TypeVar("Person", IncomingPupil, IncomingTeacher)


def assemble(
    parts: Sequence[Contents],
    school: SchoolId,
    school_year: SchoolYear,
    received: datetime,
    *,
    since: datetime | None = None,
) -> Roster:
    """Make one roster of the parts of an answer (one part, or all steps of a staged retrieval, structure first).

    `since` is the `created` of the roster processed last. Raises UnreadableReply when the answer is about another
    school or year, a key comes twice, or a reference leads nowhere.
    """
    for part in parts:
        _about(part.head, school, school_year)
        _unique(part.groups, part.pupils, part.teachers)
    groups = tuple(group for part in parts for group in part.groups)
    pupils = _merged([part.pupils for part in parts], _("leerling"))
    teachers = _merged([part.teachers for part in parts], _("leerkracht"))
    _resolved(groups, pupils, teachers)
    created = min((part.head.created for part in parts if part.head.created), default=None)
    doubts = tuple(_doubts(parts, groups, pupils, since))
    return Roster(
        school=school,
        school_year=school_year,
        received=received,
        as_of=parts[0].head.as_of,
        created=created,
        completeness=Completeness(whole=not doubts, doubts=doubts),
        groups=groups,
        teachers=teachers,
        pupils=pupils,
        dropped_fields=tuple(sorted({name for part in parts for name in part.dropped})),
    )


def _about(head: Head, school: SchoolId, school_year: SchoolYear) -> None:
    """Check that an answer is about what was asked; what it does not say is a doubt, not an error."""
    if head.school_year and head.school_year != str(school_year):
        raise unreadable("/school/schooljaar", str(school_year), shown(head.school_year))
    if head.brin and head.brin.upper() != school.brin:
        raise unreadable("/school/brincode", school.brin, shown(head.brin))
    if head.brin and (head.dependance or "00") != school.dependance:
        raise unreadable("/school/dependancecode", school.dependance, shown(head.dependance or "00"))


def _unique(
    groups: Sequence[IncomingGroup], pupils: Sequence[IncomingPupil], teachers: Sequence[IncomingTeacher]
) -> None:
    """Enforce what the published schema means and does not do (uwlr.md §0.2)."""
    _no_twins("/groepen/*[{}]/@key", [group.key for group in groups])
    _no_twins("/leerlingen/leerling[{}]/@key", [pupil.key for pupil in pupils])
    _no_twins("/leerlingen/leerling[{}]/@eckid", [pupil.eckid for pupil in pupils])
    _no_twins("/leerkrachten/leerkracht[{}]/@key", [teacher.key for teacher in teachers])
    _no_twins("/leerkrachten/leerkracht[{}]/@eckid", [teacher.eckid for teacher in teachers])


def _no_twins(path: str, identities: Sequence[str | None]) -> None:
    if len(set(identities)) + max(0, identities.count(None) - 1) == len(identities):
        return
    first: dict[str, int] = {}
    for place, identity in enumerate(identities, 1):
        if identity is not None and first.setdefault(identity, place) != place:
            raise unreadable(
                path.format(place), _("iets unieks"), _("hetzelfde als bij nummer {n}").format(n=first[identity])
            )


def _resolved(
    groups: Iterable[IncomingGroup], pupils: Sequence[IncomingPupil], teachers: Sequence[IncomingTeacher]
) -> None:
    """Raise UnreadableReply when somebody is in a group that is not there."""
    known = {group.key for group in groups}
    for place, pupil in enumerate(pupils, 1):
        if pupil.group is not None and pupil.group not in known:
            raise _nowhere(f"/leerlingen/leerling[{place}]/groep/@key")
        if pupil.extra_groups and not known.issuperset(pupil.extra_groups):
            raise _nowhere(f"/leerlingen/leerling[{place}]/samengestelde_groepen/*/@key")
    for place, teacher in enumerate(teachers, 1):
        if not known.issuperset(teacher.groups):
            raise _nowhere(f"/leerkrachten/leerkracht[{place}]/groepen/*/@key")


def _nowhere(path: str) -> UnreadableReply:
    return unreadable(path, _("een groep uit ditzelfde antwoord"), _("een groep die er niet in staat"))


def _merged(lists: Sequence[Sequence[Person]], what: str) -> tuple[Person, ...]:
    """Join the people of several answers: the same one may come with each of its groups, but only as the same."""
    if len(lists) == 1:
        return tuple(lists[0])
    found: dict[str, Person] = {}
    for people in lists:
        for person in people:
            if found.setdefault(person.ref, person) != person:
                raise unreadable(
                    "/",
                    _("dezelfde gegevens in elk deel van het antwoord"),
                    _("een {what} die verschilt").format(what=what),
                )
    return tuple(found.values())


def _doubts(
    parts: Sequence[Contents],
    groups: Sequence[IncomingGroup],
    pupils: Sequence[IncomingPupil],
    since: datetime | None,
) -> Iterable[str]:
    """Yield why this answer might not be everything."""
    if not all(part.valid for part in parts):
        yield _("Het antwoord wijkt op meer dan kleinigheden af van de standaard.")
    if any(not part.head.brin for part in parts):
        yield _("Het antwoord zegt niet over welke school het gaat.")
    if any(not part.head.school_year for part in parts):
        yield _("Het antwoord zegt niet over welk schooljaar het gaat.")
    if not pupils:
        yield _("Er staat geen enkele leerling in het antwoord.")
    if since and any(part.head.created and part.head.created < since for part in parts):
        yield _("Het antwoord is ouder dan het vorige dat verwerkt is.")
    classes: set[LasKey] = {group.key for group in groups if not group.composite}
    empty = len(classes - {pupil.group for pupil in pupils})
    if empty * 2 > len(classes) > 3:
        yield _("{empty} van de {n} groepen in het antwoord zijn leeg.").format(empty=empty, n=len(classes))
