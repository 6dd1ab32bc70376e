"""One letter to a school's administrators about a night, when something in it needs them."""

from __future__ import annotations

from core.desk.office import Office
from core.language import ngettext
from core.mail.letters import Digest
from core.night import Ending, Night, SchoolNight
from core.scores.ledger import State
from core.scores.reasons import explain


def tell_school(office: Office, night: Night, visit: SchoolNight) -> bool:
    """Put a digest in the post when ParnasSys rejected results or refuses the school; return whether it did.

    A refusal of the school is told once for as long as it lasts, rejected results once per night.
    """
    if not visit.rejected and visit.ending is not Ending.DISTURBED:
        return False
    record = office.store.record(visit.school).read()
    if record is None or not record.school.administrators:
        return False
    lines: list[str] = []
    about = night.id
    if visit.ending is Ending.DISTURBED:
        lines.append(f"{visit.problem} {visit.todo}".strip())
        since = record.link.since if record.link else None
        about = f"{visit.reference} {since.isoformat() if since else ''}".strip()
    if visit.rejected:
        lines += _rejected(office, visit)
    office.post.send(
        Digest(school=visit.school, school_name=record.school.name, about=about, lines=tuple(lines)),
        record.school.administrators,
    )
    return True


def _rejected(office: Office, visit: SchoolNight) -> list[str]:
    counts: dict[str, int] = {}
    for entry in office.store.ledger(visit.school).read():
        if entry.state is State.REJECTED:
            why = explain(entry.reason)
            words = f"{why.what} {why.todo}".strip()
            counts[words] = counts.get(words, 0) + 1
    return [
        ngettext("{count} resultaat: {why}", "{count} resultaten: {why}", count).format(count=count, why=why)
        for why, count in sorted(counts.items(), key=lambda item: -item[1])
    ]
