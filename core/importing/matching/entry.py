"""The doors of this package. What computes is imported on the first call: the app's start must not pay for numpy."""

from __future__ import annotations

from collections.abc import Sequence

from core.importing.matching.facts import Evidence, GroupFacts, PersonFacts, TeacherFacts
from core.importing.matching.group_flow import GroupFlow
from core.importing.matching.outcome import Match


def match_pupils(
    incoming: Sequence[PersonFacts], existing: Sequence[PersonFacts], evidence: Evidence | None = None
) -> tuple[Match, ...]:
    """Match pupils; one Match for each incoming one, in their order. Ids must be unique within each side."""
    from core.importing.matching import pupils

    return pupils.match(incoming, existing, evidence or Evidence())


def match_teachers(
    incoming: Sequence[TeacherFacts], existing: Sequence[TeacherFacts], evidence: Evidence | None = None
) -> tuple[Match, ...]:
    """Match teachers; one Match for each incoming one, in their order. Ids must be unique within each side."""
    from core.importing.matching import teachers

    return teachers.match(incoming, existing, evidence or Evidence())


def match_groups(
    incoming: Sequence[GroupFacts],
    existing: Sequence[GroupFacts],
    evidence: Evidence | None = None,
    flow: GroupFlow | None = None,
) -> tuple[Match, ...]:
    """Match groups; one Match for each incoming one, in their order. Ids must be unique within each side.

    `flow` (from `group_flow`, after the pupils were matched) says where the pupils went. Without it names decide, which
    is wrong in a new school year.
    """
    from core.importing.matching import groups

    return groups.match(incoming, existing, evidence or Evidence(), flow)
