"""Recognition without a guess: earlier links, keys, old numbers and what people said before, in that order."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

from core.importing.matching.facts import Evidence, Keys
from core.importing.matching.outcome import Flag, Ground


class HasKeys(Protocol):
    """A record of any kind."""

    @property
    def id(self) -> str:
        """Unique within its side."""
        ...

    @property
    def keys(self) -> Keys:
        """What can recognise it."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """An incoming record is, on this ground, that existing record."""

    existing: str
    ground: Ground
    flags: frozenset[Flag] = frozenset()


def claims(incoming: Sequence[HasKeys], existing: Sequence[HasKeys], evidence: Evidence) -> dict[str, Claim]:
    """Return for each incoming id that is recognised what it is, by its strongest ground.

    A weaker ground that points elsewhere, a key carried by two records on one side, and two incoming records that
    claim one existing record are flagged, never decided here. Pairs that a person parted are left out.
    """
    index = _Index(existing, evidence)
    carriers: dict[str, int] = defaultdict(int)
    for record in incoming:
        for key in {record.keys.las and f"las:{record.keys.las}", record.keys.eckid and f"eck:{record.keys.eckid}"}:
            carriers[key] += 1
    found: dict[str, Claim] = {}
    for record in incoming:
        grounds = [
            (ground, there) for ground, there in index.grounds(record) if (record.id, there) not in evidence.not_same
        ]
        if not grounds:
            continue
        ground, there = grounds[0]
        doubled = any(carriers[key] > 1 for key in (f"las:{record.keys.las}", f"eck:{record.keys.eckid}"))
        flags = {
            Flag.KEYS_DISAGREE: doubled or any(other != there for _ground, other in grounds),
            Flag.VAGUE: ground is Ground.REMEMBERED and (record.id, there) in evidence.vague,
            Flag.PARTED: (record.id, there) in evidence.parted,
        }
        raised = frozenset(flag for flag, holds in flags.items() if holds)
        found[record.id] = Claim(existing=there, ground=ground, flags=raised)
    claimants: dict[str, int] = defaultdict(int)
    for claim in found.values():
        claimants[claim.existing] += 1
    return {
        id: Claim(existing=claim.existing, ground=claim.ground, flags=claim.flags | {Flag.CLAIMED_TWICE})
        if claimants[claim.existing] > 1
        else claim
        for id, claim in found.items()
    }


class _Index:
    """The existing records by everything that can recognise them."""

    def __init__(self, existing: Sequence[HasKeys], evidence: Evidence) -> None:
        self.evidence = evidence
        self.ids = {record.id for record in existing}
        self.linked: defaultdict[str, list[str]] = defaultdict(list)
        self.eckids: defaultdict[str, list[str]] = defaultdict(list)
        self.numbers: defaultdict[str, list[str]] = defaultdict(list)
        self.old_numbers: defaultdict[str, list[str]] = defaultdict(list)
        self.same: defaultdict[str, list[str]] = defaultdict(list)
        for record in existing:
            if record.keys.linked and record.keys.linked.key:
                self.linked[record.keys.linked.key].append(record.id)
            if record.keys.eckid:
                self.eckids[record.keys.eckid].append(record.id)
            if record.keys.las:
                self.numbers[record.keys.las].append(record.id)
            if number := evidence.old_numbers.get(record.id):
                self.old_numbers[number].append(record.id)
        for here, there in sorted(evidence.same):
            self.same[here].append(there)

    def grounds(self, record: HasKeys) -> Iterator[tuple[Ground, str]]:
        """Yield every ground on which `record` is recognised, strongest first."""
        keys = record.keys
        if (linked := self.evidence.linked.get(record.id)) in self.ids and linked is not None:
            yield Ground.LINKED_BEFORE, linked
        for ground, index, key in (
            (Ground.LINKED_BEFORE, self.linked, keys.las),
            (Ground.ECK_ID, self.eckids, keys.eckid),
            (Ground.LAS_KEY, self.numbers, keys.las),
            (Ground.OLD_NUMBER, self.old_numbers, keys.las),
            (Ground.REMEMBERED, self.same, record.id),
        ):
            for there in index.get(key, ()) if key else ():
                if there in self.ids:
                    yield ground, there
