"""What the list of schools keeps of one school: made from its record each time that is written."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from core.desk.ports import SchoolLine
from core.language import N_
from core.linking.checks import marks, not_good
from core.linking.link import Link, LinkState, Party
from core.model import Kind
from core.record import SchoolRecord
from core.scores.ledger import Ledger, State

if TYPE_CHECKING:
    from core.importing.session import ReviewSession


def line_of(record: SchoolRecord, known: SchoolLine | None = None) -> SchoolLine:
    """Return the line of this record; what does not come from the record is kept from the line `known` before."""
    link = record.link
    line = SchoolLine(
        id=record.school.id,
        name=record.school.name,
        place=record.school.place,
        state=link.state.value if link else "",
        since=link.since if link else None,
        waits_for=Party.NOBODY.value,
        reason="",
        school_year=str(link.school_year) if link and link.school_year else "",
        pupils=sum(1 for pupil in record.register.pupils if pupil.active),
        open_review=bool(record.open_review),
        rest=known.rest if known and record.open_review else "",
        held=record.held is not None,
        untold=bool(link and link.untold),
        rejected=known.rejected if known else 0,
        elsewhere=known.elsewhere if known else 0,
        elsewhere_since=known.elsewhere_since if known else None,
        undelivered=known.undelivered if known else 0,
        undelivered_since=known.undelivered_since if known else None,
    )
    if record.held:
        return replace(
            line,
            waits_for=Party.SERVICE.value,
            reason=N_("import vastgehouden"),
            detail="; ".join(record.held.reasons),
            since=record.held.at,
        )
    if link is None:
        return line
    party, reason = _waits(link)
    if record.open_review and link.state in (LinkState.APPROVED, LinkState.ACTIVE):
        party, reason = Party.SCHOOL, N_("import nakijken")
    return replace(line, waits_for=party.value, reason=reason, detail=_detail(link))


def with_ledger(line: SchoolLine, ledger: Ledger) -> SchoolLine:
    """Return the line with what the ledger adds to it."""
    elsewhere = ledger.elsewhere()
    return replace(
        line,
        rejected=ledger.counts()[State.REJECTED],
        elsewhere=len(elsewhere),
        elsewhere_since=min((entry.last.at for entry in elsewhere), default=None),
    )


def with_rest(line: SchoolLine, session: ReviewSession) -> SchoolLine:
    """Return the line with what waits in this review, when it is still the one in progress."""
    counts = [session.counts(kind) for kind in Kind]
    problems = sum(count.problems for count in counts)
    rest = {
        N_("nieuw"): sum(count.new for count in counts),
        N_("twijfel"): sum(count.doubts for count in counts),
        N_("probleem") if problems == 1 else N_("problemen"): problems,
    }
    return replace(line, rest=", ".join(f"{n} {word}" for word, n in rest.items() if n)) if line.open_review else line


def _waits(link: Link) -> tuple[Party, str]:
    match link.state:
        case LinkState.REQUESTED:
            return Party.SERVICE, N_("openzetten in ParnasSys")
        case LinkState.OPENED:
            return Party.SCHOOL, N_("afnemen in ParnasSys en aanvraag indienen")
        case LinkState.SUBMITTED:
            return Party.SERVICE, N_("aanvraag goedkeuren")
        case LinkState.REJECTED:
            return Party.SCHOOL, N_("aanvraag verbeteren en opnieuw indienen")
        case LinkState.APPROVED:
            return Party.SCHOOL, N_("gegevens importeren")
        case LinkState.DISTURBED:
            return link.blame or Party.SERVICE, N_("koppeling gestoord")
        case LinkState.ACTIVE | LinkState.REFUSED | LinkState.ENDED:
            return Party.NOBODY, ""


def _detail(link: Link) -> str:
    match link.state:
        case LinkState.SUBMITTED:
            bad = not_good(link.checks)
            if bad:
                return marks(bad)
            return N_("alles ✓") if link.checks else ""
        case LinkState.DISTURBED | LinkState.REJECTED | LinkState.REFUSED:
            return link.cause
        case _:
            return ""
