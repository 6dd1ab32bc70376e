"""Results and what reading them in did, as the command line shows them: for a person and for a machine."""

from __future__ import annotations

from core.desk.intake import IntakeReport
from core.desk.result_rows import Cause, ResultRow
from core.errors import UnreadableInput
from core.language import _, ngettext


def intake_facts(report: IntakeReport) -> dict[str, object]:
    """Return for machines what reading a file in did, or would do."""
    return {
        "file": report.file,
        "dry_run": report.dry_run,
        "stored": report.stored,
        "results": report.results,
        "schools": report.schools,
        "new": report.new,
        "corrected": report.corrected,
        "known": report.known,
        "closed": report.closed,
        "problems": [{"line": p.line, "column": p.column, "what": p.what} for p in report.problems],
    }


def unreadable(report: IntakeReport) -> UnreadableInput:
    """Return the error for a file with mistakes in it: each of them, by line and column."""
    count = len(report.problems)
    head = ngettext("{file} heeft {n} fout:", "{file} heeft {n} fouten:", count).format(file=report.file, n=count)
    return UnreadableInput(
        "\n".join([head, *(f"  {problem}" for problem in report.problems)]),
        todo=_("Verbeter dit en lees het hele bestand opnieuw in."),
    )


def intake_lines(report: IntakeReport) -> list[str]:
    """Say what reading a file in did, or would do."""
    counts = _("{new} nieuw · {corrected} gecorrigeerd · {known} bekend · {schools} scholen").format(
        new=report.new, corrected=report.corrected, known=report.known, schools=report.schools
    )
    done = _("Alleen nagekeken; er is niets opgeslagen.") if report.dry_run else _("Ingelezen.")
    if report.closed:
        return [counts, done]
    return [counts, _("Zonder slotregel #einde;N is niet te zien of er onderaan regels ontbreken: tel ze na."), done]


def row_facts(row: ResultRow) -> dict[str, object]:
    """Return a result for machines."""
    return {
        "key": row.key,
        "pupil": row.pupil,
        "group": row.group,
        "test": row.test,
        "version": row.version,
        "part": row.part,
        "taken": row.taken.isoformat(),
        "raw": row.raw,
        "normed": row.normed,
        "lead": row.normed.lead,
        "state": row.state.value,
        "since": row.since.isoformat(),
        "reason": row.reason.value,
        "what": row.explanation.what,
        "todo": row.explanation.todo,
        "detail": row.detail,
    }


def row_line(row: ResultRow) -> str:
    """Say of a result whose it is, what it is and how far it came."""
    score = "" if row.raw is None else str(row.raw)
    part = f" {row.part}" if row.part else ""
    level = row.normed.fifth or row.normed.letter
    facts = f"{row.name:<28.28} {row.test_name}{part}  {row.taken:%d-%m-%Y}  {score:>3} {level:<3}"
    return f"{facts} {_(row.state.value)}: {row.explanation.what} {row.detail}".rstrip(": ")


def cause_facts(cause: Cause) -> dict[str, object]:
    """Return for machines why results did not go, with all that share the reason."""
    return {
        "state": cause.state.value,
        "reason": cause.reason.value,
        "count": len(cause.keys),
        "what": cause.explanation.what,
        "todo": cause.explanation.todo,
        "details": list(cause.details),
    }


def cause_line(cause: Cause) -> str:
    """Say why results did not go, and what to do."""
    return f"  {len(cause.keys):>5} {_(cause.state.value)}: {cause.explanation.what} {cause.explanation.todo}".rstrip()
