"""How the commands about schools and links tell what they know, to a person and as JSON."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import TYPE_CHECKING

from core.errors import KoppeldeskError
from core.importing.externals import Recognition
from core.language import _
from core.linking.checks import CheckOutcome
from core.linking.course import Course, Progress
from core.linking.link import Link

if TYPE_CHECKING:
    from tui.session import Session

_MARKS = {Progress.DONE: "✓", Progress.NOW: "▶", Progress.LATER: "·", Progress.STOPPED: "!"}


def moment(at: datetime | None) -> str:
    """Return a moment as people write it, or nothing."""
    return at.strftime("%d-%m-%Y %H:%M") if at else ""


def link_facts(link: Link | None) -> dict[str, object]:
    """Return what a script wants to know of a link; the key only masked."""
    if link is None:
        return {"state": None, "steps": []}
    return {
        "state": link.state.value,
        "since": link.since,
        "key": link.key_tail,
        "school_year": str(link.school_year) if link.school_year else None,
        "cause": link.cause,
        "remedy": link.remedy,
        "checks": check_facts(link.checks),
        "steps": [
            {
                "at": step.at,
                "move": step.move.value,
                "from": step.came_from.value if step.came_from else None,
                "to": step.to.value,
                "by": step.by,
                "on_behalf": step.on_behalf,
                "why": step.why,
            }
            for step in link.steps
        ],
    }


def check_facts(checks: Iterable[CheckOutcome]) -> list[dict[str, str]]:
    """Return the checks for a script."""
    return [
        {
            "check": check.check.value,
            "outcome": check.outcome.value,
            "finding": check.finding,
            "remedy": check.remedy,
        }
        for check in checks
    ]


def check_lines(checks: Iterable[CheckOutcome]) -> list[str]:
    """Return the checks for a person: what was found, and what to do about it."""
    lines = []
    for check in checks:
        lines.append(f"  {check.mark} {_(check.check.value):<22} {check.finding}".rstrip())
        if check.remedy:
            lines.append(f"      {check.remedy}")
    return lines


def course_lines(course: Course) -> list[str]:
    """Return the checklist for a person, with the manual's instruction under the step that is next."""
    lines = []
    for step in course.steps:
        who = f"{step.by} ({_('namens de school')})" if step.on_behalf else step.by
        parts = (f"{_MARKS[step.progress]} {step.title:<20}", f"{step.where:<26}", moment(step.at), who, step.note)
        lines.append("  " + "  ".join(part for part in parts if part.strip()).rstrip())
        lines += [f"      {number}. {line}" for number, line in enumerate(step.how, 1)]
    return lines


def course_facts(course: Course) -> list[dict[str, object]]:
    """Return the checklist for a script."""
    return [
        {
            "title": step.title,
            "who": step.party.value,
            "progress": step.progress.value,
            "at": step.at,
            "by": step.by,
            "on_behalf": step.on_behalf,
            "note": step.note,
            "how": list(step.how),
        }
        for step in course.steps
    ]


def bring_round(session: Session) -> None:
    """Have letters leave that this command wrote; when they cannot, say so: they stay in the queue."""
    trouble: KoppeldeskError | None
    try:
        trouble = asyncio.run(session.desk.mail.deliver()).trouble
    except KoppeldeskError as error:
        trouble = error
    if trouble:
        sys.stderr.write(f"{trouble}\n")


def recognition_lines(counts: Recognition) -> Iterator[str]:
    """Yield what clearing the external numbers means for recognising people afterwards."""
    yield _("Leerlingen met een extern nummer: {n}").format(n=counts.pupils)
    yield _("  te herkennen aan het ECK iD: {n}").format(n=counts.by_eckid)
    yield _("  alleen aan naam en geboortedatum: {n}").format(n=counts.by_name_and_birth)
    yield _("  dan niet zeker te herkennen: {n}").format(n=counts.ambiguous)
    yield _("Groepen: {groups}, leerkrachten: {teachers}").format(groups=counts.groups, teachers=counts.teachers)
