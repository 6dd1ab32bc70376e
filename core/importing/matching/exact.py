"""Matching by keys and by exactly equal facts only."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Sequence
from typing import TypeVar

from core.importing.matching.facts import Evidence, GroupFacts, PersonFacts, TeacherFacts
from core.importing.matching.known import HasKeys, claims
from core.importing.matching.names import fold
from core.importing.matching.outcome import Agreement, Auto, Candidate, Field, Flag, Ground, Match, New, Suggest
from core.language import _

T = TypeVar("T", bound=HasKeys)


def match_pupils(
    incoming: Sequence[PersonFacts], existing: Sequence[PersonFacts], evidence: Evidence | None = None
) -> tuple[Match, ...]:
    """Match by keys, then by exactly equal name and birth date; in the order of `incoming`."""
    return _match(incoming, existing, evidence or Evidence(), lambda p: (_name(p), p.born) if p.born else None)


def match_teachers(
    incoming: Sequence[TeacherFacts], existing: Sequence[TeacherFacts], evidence: Evidence | None = None
) -> tuple[Match, ...]:
    """Match by keys, then by exactly equal name and e-mail address; in the order of `incoming`."""
    return _match(incoming, existing, evidence or Evidence(), lambda t: (_name(t), fold(t.email)) if t.email else None)


def match_groups(
    incoming: Sequence[GroupFacts], existing: Sequence[GroupFacts], evidence: Evidence | None = None
) -> tuple[Match, ...]:
    """Match by keys, then by exactly equal name and year; in the order of `incoming`."""
    return _match(incoming, existing, evidence or Evidence(), lambda g: (fold(g.name), g.year))


def _name(person: PersonFacts | TeacherFacts) -> str:
    return fold(person.name.spoken)


def _match(
    incoming: Sequence[T], existing: Sequence[T], evidence: Evidence, same: Callable[[T], Hashable | None]
) -> tuple[Match, ...]:
    known = claims(incoming, existing, evidence)
    taken = {claim.existing for claim in known.values()}
    alike: defaultdict[Hashable, list[str]] = defaultdict(list)
    carriers: defaultdict[Hashable, int] = defaultdict(int)
    for there in existing:
        if there.id not in taken and (likeness := same(there)) is not None:
            alike[likeness].append(there.id)
    for here in incoming:
        carriers[same(here)] += 1
    matches = []
    for here in incoming:
        if claim := known.get(here.id):
            decision = Suggest(existing=claim.existing) if claim.flags else Auto(existing=claim.existing)
            reason = Agreement(field=Field.KNOWN, level=claim.ground.value, weight=30.0, because=claim.ground.value)
            best = Candidate(
                existing=claim.existing, probability=1.0, weight=30.0, reasons=(reason,), flags=claim.flags
            )
            matches.append(
                Match(
                    incoming=here.id,
                    decision=decision,
                    ground=claim.ground,
                    probability=1.0,
                    candidates=(best,),
                    flags=claim.flags,
                )
            )
            continue
        likeness = same(here)
        found = [there for there in alike.get(likeness, ()) if (here.id, there) not in evidence.not_same]
        if not found:
            matches.append(Match(incoming=here.id, decision=New(), ground=Ground.NOTHING, probability=1.0))
            continue
        sure = len(found) == 1 and carriers[likeness] == 1
        reason = Agreement(field=Field.NAME, level="gelijk", weight=20.0, because=_("alles gelijk"))
        candidates = tuple(
            Candidate(existing=there, probability=1.0 / len(found), weight=20.0, reasons=(reason,))
            for there in found[:5]
        )
        matches.append(
            Match(
                incoming=here.id,
                decision=Auto(existing=found[0]) if sure else Suggest(existing=found[0]),
                ground=Ground.LIKENESS,
                probability=1.0 / len(found),
                candidates=candidates,
                flags=frozenset() if sure else frozenset({Flag.NAMESAKE}),
            )
        )
    return tuple(matches)
