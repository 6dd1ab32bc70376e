"""What differs between the test centre and ParnasSys, field by field, in words for a screen."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from core.language import _
from core.model import Group, GroupId, Pupil, Teacher


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """One field that changes."""

    field: str
    """Name of the field, in the language in use."""
    before: str
    """As the test centre has it; empty = not known."""
    after: str
    """As it becomes."""


NameOf = Callable[[GroupId], str]
"""Gives the name of a group, also of one that is still to be made."""


def group_differences(before: Group, after: Group) -> tuple[Difference, ...]:
    """Return what changes of a group."""
    return _changed(
        [
            (_("naam"), before.name, after.name),
            (_("jaargroep"), before.year, after.year),
            (_("samengesteld"), _yes(before.composite), _yes(after.composite)),
            (_("actief"), _yes(before.active), _yes(after.active)),
        ]
    )


def teacher_differences(before: Teacher, after: Teacher, name_of: NameOf) -> tuple[Difference, ...]:
    """Return what changes of a teacher."""
    return _changed(
        [
            *_names(before, after),
            (_("e-mailadres"), before.email, after.email),
            (_("groepen"), _list(before.groups, name_of), _list(after.groups, name_of)),
            (_("actief"), _yes(before.active), _yes(after.active)),
        ]
    )


def pupil_differences(before: Pupil, after: Pupil, name_of: NameOf) -> tuple[Difference, ...]:
    """Return what changes of a pupil."""
    return _changed(
        [
            *_names(before, after),
            (_("geboortedatum"), _day(before), _day(after)),
            (_("geslacht"), before.sex.value, after.sex.value),
            (_("jaargroep"), before.year_group, after.year_group),
            (_("groep"), _one(before.group, name_of), _one(after.group, name_of)),
            (_("samengestelde groepen"), _list(before.extra_groups, name_of), _list(after.extra_groups, name_of)),
            (_("ECK iD"), _known(before.eckid), _known(after.eckid, before.eckid)),
            (_("actief"), _yes(before.active), _yes(after.active)),
        ]
    )


def _changed(fields: Iterable[tuple[str, str, str]]) -> tuple[Difference, ...]:
    return tuple(Difference(field=name, before=was, after=becomes) for name, was, becomes in fields if was != becomes)


def _names(before: Pupil | Teacher, after: Pupil | Teacher) -> Iterator[tuple[str, str, str]]:
    was, becomes = before.name, after.name
    yield _("achternaam"), was.surname, becomes.surname
    yield _("voorvoegsel"), was.prefix, becomes.prefix
    yield _("voorletters"), was.initials, becomes.initials
    yield _("roepnaam"), was.call_name, becomes.call_name
    yield _("voornamen"), was.given_names, becomes.given_names


def _day(pupil: Pupil) -> str:
    return pupil.born.strftime("%d-%m-%Y") if pupil.born else ""


def _yes(value: bool) -> str:
    return _("ja") if value else _("nee")


def _one(group: GroupId | None, name_of: NameOf) -> str:
    return name_of(group) if group else ""


def _list(groups: Iterable[GroupId], name_of: NameOf) -> str:
    return ", ".join(sorted(name_of(group) for group in groups))


def _known(eckid: str | None, before: str | None = None) -> str:
    """Say that there is one, and only its end: an ECK iD is long and says nothing to a person."""
    if not eckid:
        return ""
    return _("…{tail} (nieuw)").format(tail=eckid[-4:]) if before and before != eckid else f"…{eckid[-4:]}"
