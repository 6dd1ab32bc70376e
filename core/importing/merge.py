"""What a record becomes when an incoming one is taken over.

ParnasSys leads for names, group placement and identity (uwlr.md §1.1), but what it leaves out erases nothing.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from core.model import (
    Group,
    GroupId,
    IncomingGroup,
    IncomingPupil,
    IncomingTeacher,
    LasKey,
    LinkedAs,
    PersonName,
    Pupil,
    Teacher,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Placing:
    """Where the groups of this import went."""

    goes_to: Mapping[LasKey, GroupId]
    """Incoming groups that are imported: the group of the test centre they become or are linked to."""

    def one(self, key: LasKey | None, before: GroupId | None) -> GroupId | None:
        """Return the stamgroep after the import; a group that is not in it leaves the placement as it was."""
        return self.goes_to.get(key, before) if key else before

    def many(self, keys: Sequence[LasKey], before: Sequence[GroupId]) -> tuple[GroupId, ...]:
        """Return the groups after the import: those sent, after those this import does not speak about."""
        sent = dict.fromkeys(self.goes_to[key] for key in keys if key in self.goes_to)
        spoken_of = set(self.goes_to.values())
        kept = tuple(group for group in before if group not in spoken_of or group in sent)
        return kept + tuple(group for group in sent if group not in kept)


def group_after(incoming: IncomingGroup, before: Group) -> Group:
    """Return the group as it becomes."""
    return replace(
        before,
        name=incoming.name or before.name,
        year=incoming.year or before.year,
        composite=incoming.composite,
        active=True,
        external=incoming.key,
        linked=LinkedAs(key=incoming.key),
    )


def teacher_after(incoming: IncomingTeacher, before: Teacher, placing: Placing, email: str) -> Teacher:
    """Return the teacher as it becomes; `email` is what is known after the review, empty = leave it."""
    return replace(
        before,
        name=name_after(incoming.name, before.name),
        email=email or before.email,
        groups=placing.many(incoming.groups, before.groups),
        active=True,
        external=incoming.key or before.external,
        linked=linked_after(incoming, before.linked),
    )


def pupil_after(incoming: IncomingPupil, before: Pupil, placing: Placing) -> Pupil:
    """Return the pupil as it becomes."""
    return replace(
        before,
        name=name_after(incoming.name, before.name),
        born=incoming.born or before.born,
        sex=incoming.sex or before.sex,
        year_group=incoming.year_group or before.year_group,
        group=placing.one(incoming.group, before.group),
        extra_groups=placing.many(incoming.extra_groups, before.extra_groups),
        active=True,
        inactive_since=None,
        external=incoming.key or before.external,
        eckid=incoming.eckid or before.eckid,
        linked=linked_after(incoming, before.linked),
    )


def name_after(incoming: PersonName, before: PersonName) -> PersonName:
    """Return the name as it becomes; a prefix goes with the surname it was sent with."""
    return PersonName(
        surname=incoming.surname or before.surname,
        prefix=incoming.prefix if incoming.surname else before.prefix,
        initials=incoming.initials or before.initials,
        call_name=incoming.call_name or before.call_name,
        given_names=incoming.given_names or before.given_names,
    )


def linked_after(incoming: IncomingTeacher | IncomingPupil, before: LinkedAs | None) -> LinkedAs:
    """Return the identity the record is linked to.

    What was known before and is not sent stays known, but of the same ParnasSys record only: the key of one child beside
    the ECK iD of another would name two.
    """
    same = before is not None and (
        (incoming.key is not None and incoming.key == before.key)
        or (incoming.eckid is not None and incoming.eckid == before.eckid)
    )
    if before is None or not same:
        return LinkedAs(key=incoming.key, eckid=incoming.eckid)
    return LinkedAs(key=incoming.key or before.key, eckid=incoming.eckid or before.eckid)
