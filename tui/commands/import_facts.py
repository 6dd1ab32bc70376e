"""What the import commands show: as facts for `--json`, and as lines for a person."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from core.desk.import_summary import Summary
from core.history import ImportDone
from core.importing.plan import Change, Plan
from core.importing.rollback import RollBack
from core.importing.rows import Counts, Problem, Row
from core.importing.session import ReviewSession
from core.language import N_, _, ngettext, spoken
from core.model import Group, Kind, Pupil, Teacher

PLURAL = {Kind.GROUP: N_("groepen"), Kind.TEACHER: N_("leerkrachten"), Kind.PUPIL: N_("leerlingen")}
"""The words for the three tabs, as in file formats; on screen through gettext."""


def review_facts(session: ReviewSession, rows: Iterable[Row]) -> dict[str, object]:
    """Return a review with the rows asked for."""
    roster = session.review.roster
    return {
        "school": str(session.school),
        "review": session.review.id,
        "revision": session.review.revision,
        "received": roster.received.isoformat(),
        "whole": roster.completeness.whole,
        "not_whole_because": list(roster.completeness.doubts),
        "counts": {PLURAL[kind]: _counts(session.counts(kind)) for kind in Kind},
        "problems": [problem_facts(problem) for problem in session.problems()],
        "lapsed": [str(lapsed.claim.step.key.incoming) for lapsed in session.course.lapsed],
        "rows": [row_facts(row) for row in rows],
    }


def _counts(counts: Counts) -> dict[str, int]:
    return {
        "received": counts.received,
        "new": counts.new,
        "existing": counts.existing,
        "skipped": counts.skipped,
        "problems": counts.problems,
        "doubts": counts.doubts,
    }


def row_facts(row: Row) -> dict[str, object]:
    """Return a row for machines: words of the enumerations, dates in ISO form, empty = unknown."""
    return {
        "kind": row.key.kind.value,
        "incoming": row.key.incoming,
        "name": row.title,
        "born": row.born.isoformat() if row.born else None,
        "group": row.group,
        "year": row.year,
        "email": row.email,
        "category": row.category.value,
        "existing": row.existing.id if row.existing else None,
        "existing_name": row.existing.title if row.existing else None,
        "probability": round(row.probability, 4),
        "ground": row.ground.value,
        "flags": sorted(flag.value for flag in row.flags),
        "doubt": row.doubt,
        "by": row.by,
        "at": row.at.isoformat() if row.at else None,
        "problems": [problem.trouble.value for problem in row.problems],
        "changes": [{"field": one.field, "before": one.before, "after": one.after} for one in row.changes],
    }


def problem_facts(problem: Problem) -> dict[str, object]:
    """Return a problem for machines; `others` are the rows that have part in it."""
    return {
        "trouble": problem.trouble.value,
        "kind": problem.key.kind.value,
        "incoming": problem.key.incoming,
        "name": problem.title,
        "sentence": problem.sentence,
        "others": [other.incoming for other in problem.others],
    }


def review_lines(session: ReviewSession, rows: Iterable[Row]) -> Iterator[str]:
    """Yield a review for a person: counts always, then the rows asked for, then what blocks."""
    roster = session.review.roster
    whole = _("volledig") if roster.completeness.whole else _("niet volledig")
    yield _("opgehaald {at}, {whole}").format(at=roster.received.strftime("%d-%m-%Y %H:%M"), whole=whole)
    yield from (f"  {doubt}" for doubt in roster.completeness.doubts)
    for kind in Kind:
        counts = session.counts(kind)
        sentence = _(
            "{kind}: {received} ontvangen = {new} nieuw + {existing} bestaand + {skipped} niet + {problems} probleem;"
            " {doubts} twijfel"
        )
        yield sentence.format(
            kind=_(PLURAL[kind]),
            received=counts.received,
            new=counts.new,
            existing=counts.existing,
            skipped=counts.skipped,
            problems=counts.problems,
            doubts=counts.doubts,
        )
    yield from map(_row_line, rows)
    yield from (f"! {problem.key.incoming} {problem.title}: {problem.sentence}" for problem in session.problems())
    yield from (f"? {row.key.incoming} {row.title}: {row.doubt}" for row in session.doubts())


def _row_line(row: Row) -> str:
    born = row.born.strftime("%d-%m-%y") if row.born else ""
    there = f"→ {row.existing.title} ({row.existing.id})" if row.existing else ""
    parts = (row.marks, row.key.incoming, row.title, born, row.group, _(row.category.value), there, row.by)
    return "  ".join(part for part in parts if part)


def summary_facts(summary: Summary) -> dict[str, object]:
    """Return what would happen."""
    plan = summary.plan
    return {
        "table": {PLURAL[kind]: _tally(plan, kind) for kind in Kind},
        "changes": list(_changes(plan)),
        "deactivated": [
            {
                "id": one.before.id,
                "name": one.before.name.listed,
                "group": one.group,
                "ground": one.ground,
                "scores_unsent": one.scores.unsent,
                "tests_this_year": one.scores.this_year,
            }
            for one in plan.leaving
        ],
        "unlinked": [{"id": one.id, "name": one.name.listed} for one in plan.unlinked],
        "guards": [{"guard": one.guard.value, "sentence": one.sentence} for one in plan.tripped],
        "asks_confirmation": summary.asks_confirmation,
        "not_whole_because": list(plan.not_whole),
        "spared": list(plan.spared),
        "problems": [problem_facts(problem) for problem in summary.problems],
        "doubts": [row.key.incoming for row in summary.doubts],
        "seen": summary.seen,
        "ready": summary.ready,
    }


def _tally(plan: Plan, kind: Kind) -> dict[str, int]:
    tally = plan.tallies[kind]
    return {"new": tally.new, "to_change": tally.to_change, "really": tally.really, "skipped": tally.skipped}


def _changes(plan: Plan) -> Iterator[dict[str, object]]:
    every: list[Change[Group] | Change[Teacher] | Change[Pupil]] = [*plan.groups, *plan.teachers, *plan.pupils]
    for change in every:
        if change.differences:
            yield {
                "kind": change.key.kind.value,
                "incoming": change.key.incoming,
                "id": change.after.id,
                "changes": [{"field": d.field, "before": d.before, "after": d.after} for d in change.differences],
            }


def summary_lines(summary: Summary) -> Iterator[str]:
    """Yield the screen `Gegevens overnemen` for a person."""
    plan = summary.plan
    yield _("De volgende gegevens worden overgenomen uit het LAS:")
    header = (_("Nieuw"), _("Te wijzigen"), _("(echt anders)"), _("Niet"))
    yield f"{'':14}" + "".join(f"{word:>15}" for word in header)
    for kind in Kind:
        tally = plan.tallies[kind]
        counts = (tally.new, tally.to_change, tally.really, tally.skipped)
        yield f"{_(PLURAL[kind]).capitalize():14}" + "".join(f"{count:>15}" for count in counts)
    yield _(
        "Als u een groep importeert die reeds bestaat in het testcentrum, worden leerlingen uit die groep die niet in"
        " het importbestand voorkomen gedeactiveerd. U vindt hen terug onder Leerlingen beheren."
    )
    if plan.leaving:
        sentence = ngettext(
            "{n} leerling wordt gedeactiveerd:", "{n} leerlingen worden gedeactiveerd:", len(plan.leaving)
        )
        yield sentence.format(n=len(plan.leaving))
    for one in plan.leaving:
        warnings = []
        if one.scores.unsent:
            warnings.append(_("{n} scores nog niet verzonden").format(n=one.scores.unsent))
        if one.scores.this_year:
            warnings.append(_("maakte dit schooljaar {n} toetsen").format(n=one.scores.this_year))
        parts = (one.before.name.listed, one.group, one.ground, *warnings)
        yield "  " + "  ".join(part for part in parts if part)
    if plan.unlinked:
        yield _("Niet meer gekoppeld, want hun sleutel van ParnasSys hoort nu bij een ander: {names}").format(
            names="; ".join(one.name.listed for one in plan.unlinked)
        )
    yield from (_("Niet volledig: {why}").format(why=why) for why in plan.not_whole)
    yield from plan.spared
    yield from (f"!! {tripped.sentence}" for tripped in plan.tripped)
    yield from (f"! {problem.key.incoming} {problem.title}: {problem.sentence}" for problem in summary.problems)
    yield from (f"? {row.key.incoming} {row.title}: {row.doubt}" for row in summary.doubts)


def done_facts(done: ImportDone) -> dict[str, object]:
    """Return a committed import."""
    return {
        "id": done.id,
        "at": done.at.isoformat(),
        "by": done.by,
        "counts": done.counts,
        "override": done.override,
        "rolled_back": done.rolled_back.isoformat() if done.rolled_back else None,
        "can_be_rolled_back": done.changes is not None,
    }


def done_line(done: ImportDone) -> str:
    """Return a committed import for a person."""
    counts = ", ".join(f"{_(name)} {count}" for name, count in done.counts.items() if count) or _("niets gewijzigd")
    back = _("teruggedraaid {at}").format(at=done.rolled_back.strftime("%d-%m-%Y %H:%M")) if done.rolled_back else ""
    over = _("bevestigd: {guards}").format(guards=spoken(done.override)) if done.override else ""
    parts = (done.at.strftime("%d-%m-%Y %H:%M"), done.by, counts, over, back)
    return "  ".join(part for part in parts if part)


def rollback_facts(back: RollBack) -> dict[str, object]:
    """Return what taking back does."""
    return {
        "import": back.import_id,
        "restored": {PLURAL[kind]: back.restored[kind] for kind in Kind},
        "removed": {PLURAL[kind]: back.removed[kind] for kind in Kind},
        "reactivated": back.reactivated,
        "forgotten": back.forgotten,
        "kept": [{"kind": one.kind.value, "id": one.id, "sentence": one.sentence} for one in back.kept],
    }


def rollback_lines(back: RollBack) -> Iterator[str]:
    """Yield what taking back does for a person."""
    for kind in Kind:
        yield _("{kind}: {restored} terug zoals ze waren, {removed} nieuwe weer weg").format(
            kind=_(PLURAL[kind]).capitalize(), restored=back.restored[kind], removed=back.removed[kind]
        )
    yield _("{n} leerlingen worden weer actief").format(n=back.reactivated)
    yield _("{n} keuzes uit deze import worden niet meer onthouden").format(n=back.forgotten)
    yield from (f"  {one.id}: {one.sentence}" for one in back.kept)
