"""What a school remembers of what people said in a review, so that the next import does not ask again."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import replace
from typing import TypeVar

from core.history import ChangeSet, Pairing, Remembered, Skipped
from core.importing.choices import Choices
from core.importing.course import Claim, Course
from core.importing.decisions import Category, GiveEmail, Lift, NotSame, Place, RowKey
from core.importing.fingerprint import Fingerprints
from core.model import IncomingPupil, Kind, PupilId

One = TypeVar("One", Pairing, Skipped)


def remembered(before: Remembered, choices: Choices) -> Remembered:
    """Return the memory with what people said in this review; what they said later wins from what they said before."""
    people = Fingerprints(choices.sent)
    same = {_row(one): one for one in before.same}
    different = {_pair(one): one for one in before.different}
    skipped = {_row(one): one for one in before.skipped}
    for key, claim in _said(choices.course):
        person = people.of(key)
        match claim.step:
            case NotSame(existing=existing):
                different[key, existing] = _pairing(key, existing, claim, person)
                if (said := same.get(key)) and said.existing == existing:
                    del same[key]
            case Place(category=Category.SKIP) if _left_out_with_its_group(key, choices):
                pass
            case Place(category=category, existing=existing):
                for old in [old for old, one in skipped.items() if _is_it(old, one, key, people)]:
                    del skipped[old]
                if category is Category.SKIP:
                    skipped[key] = Skipped(
                        kind=key.kind, incoming=key.incoming, at=claim.at, by=claim.by, person=person
                    )
                elif category is Category.EXISTING and existing:
                    same[key] = _pairing(key, existing, claim, person)
                    different.pop((key, existing), None)
                else:
                    same.pop(key, None)
            case GiveEmail() | Lift():
                pass
    return Remembered(same=tuple(same.values()), different=tuple(different.values()), skipped=tuple(skipped.values()))


def only_different(before: Remembered, choices: Choices) -> Remembered:
    """Return the memory after a review that was broken off: only "not the same person" outlives it."""
    return replace(before, different=remembered(before, choices).different)


def news(before: Remembered, after: Remembered) -> tuple[Remembered, Remembered]:
    """Return what was learnt and what was forgotten in between."""
    return without(after, before), without(before, after)


def taken_back(now: Remembered, changes: ChangeSet) -> Remembered:
    """Return the memory after the import of these changes was taken back.

    What it learnt is gone and what it forgot is back, save where somebody said otherwise since. Only "not the same
    person" is not forgotten but asked about: else the program might link by itself what a person parted.
    """
    kept, back = without(now, changes.learnt), changes.forgot
    asked = [replace(pair, person="") for pair in changes.learnt.different if pair in now.different]
    return Remembered(
        same=_also(kept.same, back.same, _row),
        different=_also(kept.different, [*back.different, *asked], _pair),
        skipped=_also(kept.skipped, back.skipped, _row),
    )


def count(memory: Remembered) -> int:
    """Return how many things are remembered."""
    return len(memory.same) + len(memory.different) + len(memory.skipped)


def without_pupils(memory: Remembered, gone: Collection[PupilId]) -> Remembered:
    """Return the memory without what was said of these pupils of the test centre, who are no longer there."""

    def stays(pair: Pairing) -> bool:
        return pair.kind is not Kind.PUPIL or pair.existing not in gone

    return replace(
        memory,
        same=tuple(filter(stays, memory.same)),
        different=tuple(filter(stays, memory.different)),
    )


def without(memory: Remembered, other: Remembered) -> Remembered:
    """Return what is in the one and not in the other."""
    same, different, skipped = set(other.same), set(other.different), set(other.skipped)
    return Remembered(
        same=tuple(one for one in memory.same if one not in same),
        different=tuple(one for one in memory.different if one not in different),
        skipped=tuple(one for one in memory.skipped if one not in skipped),
    )


def _also(present: Iterable[One], others: Iterable[One], about: Callable[[One], object]) -> tuple[One, ...]:
    """Return all of them; of those about the same thing, the first."""
    first: dict[object, One] = {}
    for one in present:
        first.setdefault(about(one), one)
    for one in others:
        first.setdefault(about(one), one)
    return tuple(first.values())


def _row(one: Pairing | Skipped) -> RowKey:
    return RowKey(one.kind, one.incoming)


def _pair(one: Pairing) -> tuple[RowKey, str]:
    return _row(one), one.existing


def _said(course: Course) -> Iterator[tuple[RowKey, Claim]]:
    claims: list[tuple[RowKey, Claim]] = []
    for key in course.rows():
        claims += [(key, claim) for claim in course.not_same(key).values()]
        if place := course.place(key):
            claims.append((key, place))
    return iter(sorted(claims, key=_by_entry))


def _by_entry(said: tuple[RowKey, Claim]) -> int:
    return said[1].entry


def _left_out_with_its_group(key: RowKey, choices: Choices) -> bool:
    """Whether this is a pupil of a group that is left out: the group is remembered, and the pupil may leave it."""
    incoming = choices.sent.get(key)
    return isinstance(incoming, IncomingPupil) and choices.category_of_group(incoming.group) is Category.SKIP


def _is_it(old: RowKey, one: Skipped, key: RowKey, people: Fingerprints) -> bool:
    """Whether what is decided now about `key` takes the place of this: the same row, or the same person, renumbered."""
    renumbered = one.kind is key.kind and one.person == people.of(key) != "" and people.of(old) != one.person
    return old == key or renumbered


def _pairing(key: RowKey, existing: str, claim: Claim, person: str) -> Pairing:
    return Pairing(kind=key.kind, incoming=key.incoming, existing=existing, at=claim.at, by=claim.by, person=person)
