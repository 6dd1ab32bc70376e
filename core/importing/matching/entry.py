"""The doors of this package. What computes is imported on the first call: the app's start must not pay for numpy."""

from __future__ import annotations

from collections.abc import Sequence

from core.importing.matching.facts import Evidence, PersonFacts
from core.importing.matching.outcome import Match


def match_pupils(
    incoming: Sequence[PersonFacts], existing: Sequence[PersonFacts], evidence: Evidence | None = None
) -> tuple[Match, ...]:
    """Match pupils; one Match for each incoming one, in their order. Ids must be unique within each side."""
    from core.importing.matching import pupils

    return pupils.match(incoming, existing, evidence or Evidence())
