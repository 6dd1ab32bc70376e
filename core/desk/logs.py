"""The audit log as people read it: filtered, verified, exported; a beheerder sees the own schools only."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import islice

from core.desk.actor import Act, Actor
from core.desk.office import Office
from core.desk.trail import AuditEntry, Verdict
from core.importing.dutch_csv import as_text
from core.language import N_
from core.model import SchoolId

_ASKEW = timedelta(days=1)
"""How far entries may be out of order: a clock that was put right, two servers that differ."""
COLUMNS = (
    "tijd", "wie", "rol", "namens de school", "school", "handeling", "onderwerp", "van", "naar", "waarom", "geweigerd",
    "vingerafdruk",
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """Which entries somebody wants to see; empty = all."""

    school: SchoolId | None = None
    since: datetime | None = None
    until: datetime | None = None
    by: str = ""
    """Part of a name, capitals do not count."""
    act: str = ""
    """Part of an act."""
    refused: bool | None = None

    def fits(self, entry: AuditEntry) -> bool:
        """Whether this entry is wanted."""
        return (
            (self.school is None or entry.school == str(self.school))
            and (self.since is None or entry.at >= self.since)
            and (self.until is None or entry.at < self.until)
            and self.by.casefold() in entry.by.casefold()
            and self.act.casefold() in entry.act.casefold()
            and (self.refused is None or entry.refused is self.refused)
        )


class LogDesk:
    """Reading the audit log."""

    def __init__(self, office: Office) -> None:
        self._office = office

    def read(self, actor: Actor, wanted: Wanted, limit: int | None = None) -> list[AuditEntry]:
        """Return the wanted entries, the newest first."""
        return list(islice(self._entries(actor, wanted), limit))

    def verify(self, actor: Actor) -> Verdict:
        """Walk the chain of hashes; only who works for every school can tell anything from it."""
        self._office.require(actor, Act.LOOK)
        return self._office.store.audit().verify()

    def export(self, actor: Actor, wanted: Wanted) -> str:
        """Return the wanted entries as CSV for a Dutch Excel, the oldest first; that it was done is recorded."""
        text = as_csv(reversed(list(self._entries(actor, wanted))))
        self._office.note(actor, Act.LOOK, wanted.school, subject=N_("logboek uitgevoerd"))
        return text

    def _entries(self, actor: Actor, wanted: Wanted) -> Iterator[AuditEntry]:
        if wanted.school or actor.everywhere:
            self._office.require(actor, Act.LOOK, wanted.school)
        for school in sorted(actor.schools):
            self._office.require(actor, Act.LOOK, school)
        mine = {str(school) for school in actor.schools}
        for entry in self._office.store.audit().newest(f'"{wanted.school}"' if wanted.school else ""):
            if wanted.since and entry.at < wanted.since - _ASKEW:
                return
            if wanted.fits(entry) and (actor.everywhere or entry.school in mine):
                yield entry


def as_csv(entries: Iterable[AuditEntry]) -> str:
    """Return the entries as `;`-separated lines with a BOM; what Excel would take for a formula is kept as text."""
    out = io.StringIO()
    out.write("\ufeff")
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for entry in entries:
        row = (
            entry.at.isoformat(timespec="seconds"), entry.by, entry.role, "ja" if entry.on_behalf else "", entry.school,
            entry.act, entry.subject, entry.came_from, entry.to, entry.why, "ja" if entry.refused else "",
            entry.fingerprint,
        )  # fmt: skip
        writer.writerow([as_text(value) for value in row])
    return out.getvalue()
