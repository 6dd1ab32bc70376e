"""What a school remembers of what people said in a review, so that the next import does not ask again."""

from __future__ import annotations

from collections.abc import Iterator

from core.importing.course import Claim, Course
from core.importing.decisions import Category, NotSame, Place, RowKey
from core.importing.history import Pairing, Remembered, Skipped


def remembered(before: Remembered, course: Course) -> Remembered:
    """Return the memory with what people said in this review; what they said later wins from what they said before."""
    same = {(one.kind, one.incoming): one for one in before.same}
    different = {(one.kind, one.incoming, one.existing): one for one in before.different}
    skipped = {(one.kind, one.incoming): one for one in before.skipped}
    for key, claim in _said(course):
        match claim.step:
            case NotSame(existing=existing):
                different[key.kind, key.incoming, existing] = _pairing(key, existing, claim)
                if (said := same.get(key)) and said.existing == existing:
                    del same[key]
            case Place(category=category, existing=existing):
                skipped.pop(key, None)
                if category is Category.SKIP:
                    skipped[key] = Skipped(kind=key.kind, incoming=key.incoming, at=claim.at, by=claim.by)
                elif category is Category.EXISTING and existing:
                    same[key] = _pairing(key, existing, claim)
                    different.pop((key.kind, key.incoming, existing), None)
                else:
                    same.pop(key, None)
            case _:
                pass
    return Remembered(same=tuple(same.values()), different=tuple(different.values()), skipped=tuple(skipped.values()))


def only_different(before: Remembered, course: Course) -> Remembered:
    """Return the memory after a review that was broken off: only "not the same person" outlives it."""
    after = remembered(before, course)
    return Remembered(same=before.same, different=after.different, skipped=before.skipped)


def _said(course: Course) -> Iterator[tuple[RowKey, Claim]]:
    claims: list[tuple[RowKey, Claim]] = []
    for key in course.rows():
        claims += [(key, claim) for claim in course.not_same(key).values()]
        if place := course.place(key):
            claims.append((key, place))
    return iter(sorted(claims, key=_by_entry))


def _by_entry(said: tuple[RowKey, Claim]) -> int:
    return said[1].entry


def _pairing(key: RowKey, existing: str, claim: Claim) -> Pairing:
    return Pairing(kind=key.kind, incoming=key.incoming, existing=existing, at=claim.at, by=claim.by)
