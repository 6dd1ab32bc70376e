"""The letters about a night: one digest to a school's administrators when something needs them, and one that is urgent.

The same night, refusal or set of results is the same letter, however often it is told: a run that was killed repeats it.
"""

from __future__ import annotations

from collections.abc import Sequence

from core.desk.office import Office
from core.language import ngettext
from core.mail.letters import Digest, OtherChild
from core.model import Administrator
from core.night import Ending, Night, SchoolNight
from core.record import SchoolRecord
from core.scores.ledger import State
from core.scores.reasons import explain

SERVICE = "Klantenservice"


def tell_school(office: Office, night: Night, visit: SchoolNight, *, resumed: bool = False) -> None:
    """Put in the post what of this night needs somebody.

    `resumed`: a run before this one may have been killed before it could tell what it found.
    """
    untold = resumed and visit.ending is not Ending.STOPPED
    if not (visit.rejected or visit.elsewhere or visit.ending is Ending.DISTURBED or untold):
        return
    record = office.store.record(visit.school).read()
    if record is None:
        return
    if visit.elsewhere:
        _tell_of_another_child(office, record)
    rejected = _rejected(office, night, visit)
    if rejected or visit.ending is Ending.DISTURBED:
        _digest(office, night, visit, record, rejected)


def _digest(office: Office, night: Night, visit: SchoolNight, record: SchoolRecord, rejected: Sequence[str]) -> None:
    """Tell a refusal of the school once for as long as it lasts, rejected results once per night."""
    lines: list[str] = []
    about = night.id
    if visit.ending is Ending.DISTURBED:
        lines.append(f"{visit.problem} {visit.todo}".strip())
        since = record.link.since if record.link else None
        about = f"{visit.reference} {since.isoformat() if since else ''}".strip()
    lines += rejected
    office.post.send(
        Digest(school=visit.school, school_name=record.school.name, about=about, lines=tuple(lines)),
        record.school.administrators,
    )


def _tell_of_another_child(office: Office, record: SchoolRecord) -> None:
    """Tell the school, and customer service, once for each time that more results turn out to be with another child."""
    found = office.store.ledger(record.school.id).read().elsewhere()
    if not found:
        return
    latest = max(entry.last.at for entry in found)
    letter = OtherChild(
        school=record.school.id, school_name=record.school.name, about=latest.isoformat(), results=len(found)
    )
    office.post.send(letter, _with_service(office, record.school.administrators))


def _with_service(office: Office, people: Sequence[Administrator]) -> Sequence[Administrator]:
    return (*people, Administrator(name=SERVICE, email=office.settings.mail.sender))


def _rejected(office: Office, night: Night, visit: SchoolNight) -> list[str]:
    """Return what is rejected, with counts and what to do; nothing when none of it is of this night."""
    counts: dict[str, int] = {}
    of_this_night = False
    for entry in office.store.ledger(visit.school).read():
        if entry.state is State.REJECTED:
            of_this_night = of_this_night or entry.last.at >= night.started
            why = explain(entry.reason)
            words = f"{why.what} {why.todo}".strip()
            counts[words] = counts.get(words, 0) + 1
    if not of_this_night:
        return []
    return [
        ngettext("{count} resultaat: {why}", "{count} resultaten: {why}", count).format(count=count, why=why)
        for why, count in sorted(counts.items(), key=lambda item: -item[1])
    ]
