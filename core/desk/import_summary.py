"""`Gegevens overnemen`: what an import would do, and what must be so before it may."""

from __future__ import annotations

from dataclasses import dataclass

from core.desk.office import Office
from core.desk.reviews import NotReady, Opened, PreviewIds, plan_of, require_current, scores_of, without
from core.errors import RefusedByGuard
from core.importing.commit import require_importable
from core.importing.plan import Plan
from core.importing.rows import Counts, Problem, Row
from core.language import _
from core.model import Kind, SchoolId


@dataclass(frozen=True, slots=True, kw_only=True)
class Summary:
    """The screen `Gegevens overnemen`."""

    plan: Plan
    """Without the rows that have a problem: they count as skipped until they are put right."""
    counts: dict[Kind, Counts]
    problems: tuple[Problem, ...]
    doubts: tuple[Row, ...]
    seen: int
    """Entries of the log that are in here; a commit that names it is refused when somebody decided since."""
    asks_confirmation: str
    """What must be typed when guards are met: the BRIN; empty = nothing."""

    @property
    def ready(self) -> bool:
        """Whether `Gegevens importeren` may be pressed."""
        return not self.problems and not self.doubts


def summed_up(office: Office, opened: Opened) -> Summary:
    """Work out what the import would do as it stands; nothing is stored."""
    session = opened.session
    problems = session.problems()
    plan = plan_of(
        opened,
        ids=PreviewIds(),
        today=office.clock.now().date(),
        scores=scores_of(office, session.school),
        chosen=without(session, {problem.key for problem in problems}),
    )
    return Summary(
        plan=plan,
        counts={kind: session.counts(kind) for kind in Kind},
        problems=problems,
        doubts=session.doubts(),
        seen=session.seen,
        asks_confirmation=session.school.brin if plan.tripped else "",
    )


def require_ready(opened: Opened) -> None:
    """Raise NotReady while a row has a problem or is in doubt, RefusedByState when the link or the register moved on."""
    require_importable(opened.record.link)
    require_current(opened)
    problems, doubts = opened.session.problems(), opened.session.doubts()
    if problems or doubts:
        raise NotReady(problems, doubts)


def require_confirmation(plan: Plan, school: SchoolId, confirm: str) -> str:
    """Return which guards are overruled by the typed BRIN; RefusedByGuard when they are met and it was not typed."""
    if not plan.tripped:
        return ""
    if not school.is_typed(confirm):
        raise RefusedByGuard(
            " ".join(tripped.sentence for tripped in plan.tripped),
            todo=_(
                "Klopt dit? Typ dan het BRIN-nummer {brin} ter bevestiging; dat geldt alleen voor deze keer."
            ).format(brin=school.brin),
        )
    return ", ".join(dict.fromkeys(tripped.guard.value for tripped in plan.tripped))
