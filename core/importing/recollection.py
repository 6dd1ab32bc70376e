"""What is remembered, held against a new answer of ParnasSys: what still holds, and what is asked about first.

Something said holds only for the person it was said of. Under the same key somebody else may be sent by now, and the
same person under another key; where that is so, or not known, nothing is followed in silence.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from datetime import datetime
from enum import StrEnum

from core.history import Pairing, Remembered, Skipped
from core.importing.decisions import RowKey
from core.importing.fingerprint import Fingerprints, identity
from core.importing.tables import Sent
from core.model import IncomingPupil, Kind

Pairs = frozenset[tuple[str, str]]
"""Incoming and existing ids."""


class Recalled(StrEnum):
    """What an earlier import says of a row."""

    SKIPPED = "overgeslagen"
    """A person left it out: not imported again."""
    WITH_GROUP = "met de groep"
    """A person left its group out: not imported again as long as it sits there."""
    SOMEBODY_ELSE = "iemand anders"
    """Somebody else, or somebody by another name, was left out under this key."""
    NOBODY_KNOWS = "onbekend wie"
    """Who was left out under this key was not kept."""
    OTHER_KEY = "andere sleutel"
    """The same person was left out under a key that is gone, or somebody else's now."""
    ITS_GROUP = "de groep"
    """About leaving out its group is asked."""


class Recollection:
    """The memory of a school beside one answer."""

    def __init__(self, memory: Remembered, sent: Sent) -> None:
        self._memory = memory
        self._sent = sent
        people = Fingerprints(sent)
        self._person = {key: people.of(key) for key in sent}
        self._keys: defaultdict[tuple[Kind, str], list[RowKey]] = defaultdict(list)
        for key, person in self._person.items():
            if person:
                self._keys[key.kind, person].append(key)
        self._sent_as = Counter((key.kind, self._told(key)) for key in sent)
        self._skipped = {RowKey(one.kind, one.incoming): one for one in memory.skipped}
        self._moved = {key for one in memory.skipped if not self._holds(one) for key in self._same_person(one)}

    def same(self, kind: Kind) -> Pairs:
        """Return the pairs that a person linked, of the people they were or perhaps were.

        A record is who was linked to it last; of who was before that nothing is said any more.
        """
        last: dict[str, Pairing] = {}
        for one in self._memory.same:
            if one.kind is kind:
                last[one.existing] = max(last.get(one.existing, one), one, key=_at)
        return self._pairs(
            one
            for one in self._sent_pairs(kind, self._memory.same)
            if self._perhaps(one) and one.person == last[one.existing].person
        )

    def vague(self, kind: Kind) -> Pairs:
        """Return those of `same` of whom it was not kept who they were."""
        return self._pairs(one for one in self._sent_pairs(kind, self._memory.same) if not one.person)

    def not_same(self, kind: Kind) -> Pairs:
        """Return the pairs that a person parted and that are never proposed."""
        return self._pairs(one for one in self._sent_pairs(kind, self._memory.different) if self._holds(one))

    def parted(self, kind: Kind) -> Pairs:
        """Return the pairs that are never linked without asking.

        They were parted under this key, perhaps as somebody else; or as this very person, under another key. Who a
        person linked after that all the same is left out.
        """
        found: dict[tuple[str, str], Pairing] = {}
        for one in self._memory.different:
            if one.kind is not kind:
                continue
            for key in {RowKey(kind, one.incoming), *self._same_person(one)} & self._person.keys():
                before = found.setdefault((key.incoming, one.existing), one)
                found[key.incoming, one.existing] = max(before, one, key=_at)
        firm = {
            (one.incoming, one.existing): one for one in self._sent_pairs(kind, self._memory.same) if self._holds(one)
        }
        return frozenset(pair for pair, one in found.items() if pair not in firm or firm[pair].at < one.at)

    def sent_twice(self, key: RowKey) -> bool:
        """Whether this very person was sent under another key as well."""
        told = self._told(key)
        return told != "" and self._sent_as[key.kind, told] > 1

    def of(self, key: RowKey) -> Recalled | None:
        """Return what an earlier import says of a row; None = nothing."""
        own = self._own(key)
        incoming = self._sent.get(key)
        if (
            own is Recalled.SKIPPED
            or not isinstance(incoming, IncomingPupil)
            or incoming.group not in self._sent.by_key
        ):
            return own
        match self._own(RowKey(Kind.GROUP, self._sent.by_key[incoming.group].ref)):
            case None:
                return own
            case Recalled.SKIPPED:
                return Recalled.WITH_GROUP
            case _:
                return own or Recalled.ITS_GROUP

    def _told(self, key: RowKey) -> str:
        incoming = self._sent.get(key)
        return identity(incoming, self._sent.roster) if incoming else ""

    def _own(self, key: RowKey) -> Recalled | None:
        if one := self._skipped.get(key):
            if self._holds(one):
                return Recalled.SKIPPED
            return Recalled.SOMEBODY_ELSE if one.person else Recalled.NOBODY_KNOWS
        return Recalled.OTHER_KEY if key in self._moved else None

    def _holds(self, one: Pairing | Skipped) -> bool:
        return one.person != "" and self._person.get(RowKey(one.kind, one.incoming)) == one.person

    def _perhaps(self, one: Pairing) -> bool:
        return not one.person or self._holds(one)

    def _same_person(self, one: Pairing | Skipped) -> list[RowKey]:
        return self._keys.get((one.kind, one.person), []) if one.person else []

    def _sent_pairs(self, kind: Kind, pairs: Iterable[Pairing]) -> Iterable[Pairing]:
        return (one for one in pairs if one.kind is kind and RowKey(kind, one.incoming) in self._person)

    @staticmethod
    def _pairs(pairs: Iterable[Pairing]) -> Pairs:
        return frozenset((one.incoming, one.existing) for one in pairs)


def _at(one: Pairing) -> datetime:
    return one.at
