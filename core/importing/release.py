"""One ParnasSys identity belongs to one record: who had it before an import gave it to another lets it go.

Kept by two, the scores of the one child would be sent under the key of the other (workflow.md §4).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from typing import TypeVar

from core.importing.plan import Change, Leaving
from core.importing.tables import Incoming
from core.model import Group, IncomingGroup, Pupil, Teacher

R = TypeVar("R", Group, Teacher, Pupil)


@dataclass(frozen=True, slots=True, kw_only=True)
class Owners:
    """Which record of one kind has which identity after the import."""

    keys: Mapping[str, str]
    """Record by LAS key."""
    eckids: Mapping[str, str]
    """Record by ECK iD, without those that ParnasSys sent with two records: they say nothing."""

    def let_go(self, record: R) -> R:
        """Return the record without what belongs to another one now."""
        linked = record.linked
        if linked is not None and (
            _elsewhere(self.keys, linked.key, record.id) or _elsewhere(self.eckids, linked.eckid, record.id)
        ):
            record = replace(record, linked=None)
        if record.external and _elsewhere(self.keys, record.external, record.id):
            record = replace(record, external="")
        if isinstance(record, Pupil) and _elsewhere(self.eckids, record.eckid, record.id):
            record = replace(record, eckid=None)
        return record


def _elsewhere(owned: Mapping[str, str], identity: str | None, id_: str) -> bool:
    return identity is not None and owned.get(identity, id_) != id_


def owners(changes: Iterable[tuple[Incoming, str]]) -> Owners:
    """Return who has which identity, from every incoming record that is taken over and the id it goes to."""
    keys: dict[str, str] = {}
    eckids: dict[str, str] = {}
    seen: Counter[str] = Counter()
    for incoming, id_ in changes:
        if incoming.key:
            keys[incoming.key] = id_
        if not isinstance(incoming, IncomingGroup) and incoming.eckid:
            eckids[incoming.eckid] = id_
            seen[incoming.eckid] += 1
    return Owners(keys=keys, eckids={eckid: id_ for eckid, id_ in eckids.items() if seen[eckid] == 1})


def changes_after(owned: Owners, changes: Iterable[Change[R]], never: AbstractSet[str]) -> tuple[Change[R], ...]:
    """Return the changes, each record without what belongs to another one now; those in `never` as they are."""
    return tuple(
        change if change.after.id in never else replace(change, after=owned.let_go(change.after)) for change in changes
    )


def leaving_after(owned: Owners, leaving: Iterable[Leaving]) -> tuple[Leaving, ...]:
    """Return who is deactivated, likewise."""
    return tuple(replace(one, after=owned.let_go(one.after)) for one in leaving)


def released(owned: Owners, records: Sequence[R], touched: AbstractSet[str]) -> Iterator[tuple[R | None, R]]:
    """Yield the other records that let an identity go, before and after; `touched` are those changed already."""
    for record in records:
        if record.id not in touched and (after := owned.let_go(record)) != record:
            yield record, after
