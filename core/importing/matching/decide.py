"""From probabilities to decisions: automatic only when sure, unrivalled and not forbidden; else a person is asked."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from core.importing.matching.comparisons import Comparison
from core.importing.matching.doubt import OUT, doubted, instead, second_equal
from core.importing.matching.engine import Extra, Pairs
from core.importing.matching.explain import Explainer
from core.importing.matching.facts import Evidence
from core.importing.matching.known import Claim, HasKeys
from core.importing.matching.outcome import (
    MAX_CANDIDATES,
    Auto,
    Candidate,
    Decision,
    Field,
    Flag,
    Ground,
    Match,
    New,
    Suggest,
)
from core.importing.matching.posterior import one_to_one

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Bools = NDArray[np.bool_]

SURE = 0.99
"""Probability from which a link may be automatic."""
WORTH_ASKING = 0.05
"""Probability from which a pair is proposed."""
GAP = 3.0
"""Bits by which every rival on both sides must be behind."""

KNOWN_BITS: dict[Ground, float] = {
    Ground.LINKED_BEFORE: 40.0,
    Ground.ECK_ID: 40.0,
    Ground.LAS_KEY: 25.0,
    Ground.OLD_NUMBER: 12.0,
    Ground.REMEMBERED: 30.0,
}
"""What recognition weighs. An old number may stem from another administration, so it only helps."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ruling:
    """What is known of the pairs besides their likeness."""

    here: Sequence[HasKeys]
    there: Sequence[HasKeys]
    known: Mapping[str, Claim]
    evidence: Evidence

    @property
    def pointed_at(self) -> list[tuple[int, int]]:
        """Row and column of every recognised pair."""
        column = {record.id: col for col, record in enumerate(self.there)}
        return [(row, column[self.known[r.id].existing]) for row, r in enumerate(self.here) if r.id in self.known]

    @property
    def parted(self) -> list[tuple[int, int]]:
        """Row and column of every pair that a person parted."""
        return self._places(self.evidence.not_same)

    def claimed(self, pairs: Pairs) -> Bools:
        """Return which pairs are recognised."""
        return self._among(pairs, self.pointed_at)

    def by_a_person(self, pairs: Pairs) -> Bools:
        """Return which pairs a person linked, as the people they are now: under a key that needs no asking again."""
        return self._among(pairs, self._places(self.evidence.same - self.evidence.vague))

    def perhaps_parted(self, pairs: Pairs) -> Bools:
        """Return which pairs a person may have parted."""
        return self._among(pairs, self._places(self.evidence.parted))

    def renumbered(self, pairs: Pairs) -> Bools:
        """Return which pairs would give an existing record another ParnasSys key than it is linked to."""
        ours = np.array([record.keys.las for record in self.here], dtype=str)
        theirs = np.array([(r.keys.linked and r.keys.linked.key) or "" for r in self.there], dtype=str)
        one, other = ours[pairs.rows], theirs[pairs.cols]
        found: Bools = (one != "") & (other != "") & (one != other)
        return found

    def _places(self, said: Iterable[tuple[str, str]]) -> list[tuple[int, int]]:
        row = {record.id: n for n, record in enumerate(self.here)}
        column = {record.id: n for n, record in enumerate(self.there)}
        return [(row[a], column[b]) for a, b in said if a in row and b in column]

    def _among(self, pairs: Pairs, places: Iterable[tuple[int, int]]) -> Bools:
        columns = max(len(self.there), 1)
        wanted = np.array([row * columns + col for row, col in places], dtype=np.intp)
        found: Bools = np.isin(pairs.rows * columns + pairs.cols, wanted)
        return found

    def extras(self, pairs: Pairs) -> tuple[Extra, ...]:
        """Return the weight of recognition."""
        if not self.known:
            return ()
        by_ground: dict[Ground, list[int]] = {}
        columns = max(len(self.there), 1)
        for row, col in self.pointed_at:
            by_ground.setdefault(self.known[self.here[row].id].ground, []).append(row * columns + col)
        place = pairs.rows * columns + pairs.cols
        return tuple(
            Extra(Field.KNOWN, ground.value, np.where(np.isin(place, wanted), KNOWN_BITS[ground], 0.0))
            for ground, wanted in by_ground.items()
        )


def conclude(
    ruling: Ruling, pairs: Pairs, comparisons: Sequence[Comparison], vetoes: Mapping[Flag, Bools]
) -> list[Match]:
    """Return one match for each row, in the order of the rows."""
    # Rounded, so that the last digit of a sum never decides.
    bits, chance = np.round(pairs.bits, 6), np.round(pairs.chance, 6)
    claimed = ruling.claimed(pairs)
    renumbered = ruling.renumbered(pairs) & ~second_equal(pairs, comparisons)
    flags = {**vetoes, Flag.PARTED: ruling.perhaps_parted(pairs), Flag.RENUMBERED: renumbered}
    firm = _firm(ruling, pairs, claimed)
    flags[Flag.CLOSE_CALL] = _rivalled(pairs, bits, claimed & firm)
    flags[Flag.KEY_DOUBTED] = doubted(pairs, comparisons, claimed, ruling.by_a_person(pairs))
    lost = instead(pairs, claimed & (flags[Flag.KEY_DOUBTED] | ~firm))
    picked = one_to_one(pairs.rows, pairs.cols, chance + claimed) & ((chance >= WORTH_ASKING) | claimed)
    explainer = Explainer(ruling.here, ruling.there, pairs, comparisons)
    order = np.lexsort((pairs.cols, -bits, -chance, pairs.rows))
    starts = np.searchsorted(pairs.rows[order], np.arange(len(ruling.here) + 1))
    matches = []
    for row, record in enumerate(ruling.here):
        own = [int(pair) for pair in order[starts[row] : starts[row + 1]]]
        choice = next((pair for pair in own if picked[pair]), None)
        if choice is not None:
            own = [choice, *(pair for pair in own if pair != choice)]
        shown = [pair for rank, pair in enumerate(own[:MAX_CANDIDATES]) if rank < 3 or chance[pair] >= 0.001]
        candidates = tuple(
            Candidate(
                existing=ruling.there[int(pairs.cols[pair])].id,
                probability=float(chance[pair]),
                weight=float(bits[pair] + pairs.prior),
                reasons=explainer.reasons(pair),
                flags=frozenset(flag for flag, holds in flags.items() if holds[pair]),
            )
            for pair in shown
        )
        found = _decide(record.id, ruling.known.get(record.id), candidates, choice is not None, explainer, own)
        if choice is None and lost[own].any():
            found = replace(found, flags=found.flags | {Flag.RENUMBERED})
        matches.append(found)
    return matches


def _decide(
    incoming: str,
    claim: Claim | None,
    candidates: tuple[Candidate, ...],
    chosen: bool,
    explainer: Explainer,
    own: Sequence[int],
) -> Match:
    missing = explainer.missing(own[0]) if own else ()
    lacking = frozenset({Flag.MISSING} if missing else ())
    if not chosen:
        alone = max(0.0, 1.0 - sum(candidate.probability for candidate in candidates))
        return Match(
            incoming=incoming,
            decision=New(),
            ground=Ground.LIKENESS if candidates else Ground.NOTHING,
            probability=alone,
            candidates=candidates,
            flags=lacking | (claim.flags if claim else frozenset()),
            missing=missing,
        )
    best = candidates[0]
    recognised = claim is not None and claim.existing == best.existing
    flags = best.flags | lacking
    if claim is not None and recognised:
        flags = (flags & _STILL_COUNTS[claim.ground]) | claim.flags | lacking
    sure = best.probability >= SURE or (recognised and claim is not None and claim.ground is not Ground.OLD_NUMBER)
    forbidden = any(flag.forbids for flag in flags)
    decision: Decision = Auto(existing=best.existing) if sure and not forbidden else Suggest(existing=best.existing)
    return Match(
        incoming=incoming,
        decision=decision,
        ground=claim.ground if claim is not None and recognised else Ground.LIKENESS,
        probability=best.probability,
        candidates=candidates,
        flags=flags,
        missing=missing,
    )


_KEYS = frozenset({Flag.KEY_DOUBTED, Flag.PARTED})
_STILL_COUNTS: dict[Ground, frozenset[Flag]] = {
    Ground.LINKED_BEFORE: _KEYS,
    Ground.ECK_ID: _KEYS,
    Ground.LAS_KEY: _KEYS | {Flag.CLOSE_CALL},
    Ground.OLD_NUMBER: _KEYS | {Flag.CLOSE_CALL, Flag.TWIN, Flag.NAMESAKE, Flag.SWAPPED},
    Ground.REMEMBERED: _KEYS,
}
"""Which doubts about likeness still count when a record is recognised on this ground."""


def _firm(ruling: Ruling, pairs: Pairs, claimed: Bools) -> Bools:
    """Return which recognised pairs take their existing record out of the competition."""
    unflagged = {
        row for row, record in enumerate(ruling.here) if record.id in ruling.known and not ruling.known[record.id].flags
    }
    return claimed & np.isin(pairs.rows, np.array(sorted(unflagged), dtype=np.intp))


def _rivalled(pairs: Pairs, bits: NDArray[np.float64], taken: Bools) -> Bools:
    """Return which pairs have a rival in their row or column less than GAP bits behind, or ahead."""
    gone = (np.isin(pairs.cols, pairs.cols[taken]) | np.isin(pairs.rows, pairs.rows[taken])) & ~taken
    running = np.where(gone, OUT, bits)
    close = np.zeros(len(bits), dtype=bool)
    for ends in (pairs.rows, pairs.cols):
        order = np.lexsort((-running, ends))
        sorted_ends, sorted_bits = ends[order], running[order]
        start = np.searchsorted(sorted_ends, sorted_ends)
        following = np.minimum(start + 1, len(order) - 1)
        lonely = (following == start) | (sorted_ends[following] != sorted_ends)
        second = np.where(lonely, OUT, sorted_bits[following])
        rival = np.where(np.arange(len(order)) == start, second, sorted_bits[start])
        close[order] |= rival > sorted_bits - GAP
    return close & ~gone
