"""Builds a plan from a review the way the desk does."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from core.importing.plan import Plan, ScoresOf
from core.importing.planner import Planner
from core.importing.session import ReviewSession
from core.model import PupilId
from tests.core.importing.build import NOW

TODAY = NOW.date()


@dataclass
class Numbered:
    """Ids N1, N2, …"""

    last: int = 0

    def new(self) -> str:
        self.last += 1
        return f"N{self.last}"


def a_plan(
    session: ReviewSession,
    *,
    today: date = TODAY,
    never_touch: frozenset[str] = frozenset(),
    additions_only: bool = False,
    scores: dict[PupilId, ScoresOf] | None = None,
) -> Plan:
    return Planner(
        roster=session.review.roster,
        proposals=session.choices.proposals,
        chosen=dict(session.choices.items()),
        register=session.existing.register,
        ids=Numbered(),
        today=today,
        never_touch=never_touch,
        additions_only=additions_only,
        scores=scores,
    ).plan()


def leaving(plan: Plan) -> set[str]:
    return {str(one.before.id) for one in plan.leaving}
