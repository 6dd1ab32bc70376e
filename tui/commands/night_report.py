"""A night as the command line tells it: in one line, and school by school what needs somebody, the worst first."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import timedelta

from core.desk.elsewhere import told_elsewhere
from core.desk.nights import NightCause, NightPage
from core.language import _, ngettext, spoken
from core.night import NEEDS_SOMEBODY, Ending, Night, SchoolNight

MOST_LINES = 40
"""So many schools of one ending are told apart; a country in trouble would fill the log."""
MOST_NAMES = 12


def night_facts(night: Night) -> dict[str, object]:
    """Return a night as JSON."""
    return {
        "night": night.id,
        "started": night.started.isoformat(),
        "finished": night.finished.isoformat() if night.finished else None,
        "seconds": night.seconds,
        "planned": night.planned,
        "done": night.done,
        "endings": {ending.value: count for ending, count in night.endings.items()},
        "messages": night.messages,
        "sent": night.sent,
        "confirmed": night.confirmed,
        "rejected": night.rejected,
        "lost": night.lost,
        "stopped": night.stopped,
    }


def report_facts(page: NightPage, causes: Sequence[NightCause]) -> dict[str, object]:
    """Return a night with all its schools as JSON."""
    return {
        **night_facts(page.night),
        "results": [_school_facts(visit) for visit in page.schools],
        "causes": [_cause_facts(cause) for cause in causes],
    }


def report_lines(page: NightPage, causes: Sequence[NightCause]) -> list[str]:
    """Return a night with what of it needs somebody."""
    lines = [night_line(page.night)]
    endings = page.night.endings
    if set(endings) - {Ending.DONE}:
        lines.append("  " + " · ".join(f"{endings[each]} {_(each.value)}" for each in Ending if endings.get(each)))
    lines += [
        f"  {c.results:>5} {_(c.reason.value)}: {c.explanation.what} {c.explanation.todo}".rstrip() for c in causes
    ]
    for ending in NEEDS_SOMEBODY:
        lines += _ended(ending, [visit for visit in page.schools if visit.ending is ending])
    if stopped := endings.get(Ending.STOPPED):
        told = ngettext(
            "{n} school kwam niet aan de beurt; de volgende run gaat daar verder.",
            "{n} scholen kwamen niet aan de beurt; de volgende run gaat daar verder.",
            stopped,
        )
        lines.append("  " + told.format(n=stopped))
    return lines


def night_line(night: Night) -> str:
    """Return a night in one line."""
    counts = _(
        "{done}/{planned} scholen · {order} in orde · {confirmed} scores bevestigd · {rejected} afgekeurd"
    ).format(
        done=night.done,
        planned=night.planned,
        order=night.in_order,
        confirmed=night.confirmed,
        rejected=night.rejected,
    )
    took = _("loopt of afgebroken") if night.seconds is None else str(timedelta(seconds=round(night.seconds)))
    why = " · " + _("gestopt: {why}").format(why=_(night.stopped)) if night.stopped else ""
    return f"{night.started:%d-%m-%Y %H:%M}  {counts} · {took}{why}"


def _ended(ending: Ending, visits: Sequence[SchoolNight]) -> Iterator[str]:
    """Yield a line per school, but one for all that have the same trouble, and no more than somebody reads."""
    same: dict[str, list[SchoolNight]] = {}
    for visit in visits:
        # The sentence may name a file; a reference and what to do are the same for all.
        trouble = f"{visit.reference} {visit.todo}" if visit.reference else visit.problem
        same.setdefault(trouble or str(visit.school), []).append(visit)
    shown = 0
    for number, group in enumerate(same.values()):
        if number == MOST_LINES:
            left = len(visits) - shown
            yield "  " + _("{ending}: nog {n} scholen (scherm nacht, of --json)").format(ending=_(ending.value), n=left)
            return
        shown += len(group)
        if len(group) == 1:
            yield _school_line(group[0])
            continue
        told = " · ".join(part for part in (_(group[0].problem), _(group[0].todo)) if part)
        yield "  " + _("{ending}, {n} scholen: {told}").format(ending=_(ending.value), n=len(group), told=told)
        names = " ".join(str(visit.school) for visit in group[:MOST_NAMES])
        yield f"    {names}" + (" …" if len(group) > MOST_NAMES else "")


def _school_line(visit: SchoolNight) -> str:
    elsewhere = told_elsewhere(visit.elsewhere) if visit.elsewhere else ""
    rejected = _("{n} afgekeurd").format(n=visit.rejected) if visit.rejected else ""
    parts = (elsewhere, rejected, spoken(visit.imported), _(visit.problem), _(visit.todo))
    told = " · ".join(part for part in parts if part)
    return ": ".join(part for part in (f"  {visit.school} {_(visit.ending.value)}", told) if part)


def _school_facts(visit: SchoolNight) -> dict[str, object]:
    return {
        "school": str(visit.school),
        "ending": visit.ending.value,
        "seconds": visit.seconds,
        "attempts": visit.attempts,
        "messages": visit.messages,
        "sent": visit.sent,
        "confirmed": visit.confirmed,
        "rejected": visit.rejected,
        "lost": visit.lost,
        "elsewhere": visit.elsewhere,
        "imported": visit.imported,
        "problem": visit.problem,
        "todo": visit.todo,
        "reference": visit.reference,
    }


def _cause_facts(cause: NightCause) -> dict[str, object]:
    return {
        "reason": cause.reason.value,
        "what": cause.explanation.what,
        "todo": cause.explanation.todo,
        "results": cause.results,
        "schools": [str(school) for school in cause.schools],
    }
