"""Privacy housekeeping: what is past its time is taken away."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from itertools import chain

from core.desk.actor import Act, Actor
from core.desk.holdings import Held, held_of
from core.desk.office import Office, archive_of
from core.desk.trail import AuditEntry, counted
from core.errors import Damaged
from core.importing.memory import without_pupils
from core.language import N_
from core.model import PupilId, SchoolId
from core.record import SchoolRecord
from core.scores.ledger import Ledger

LATE = timedelta(days=30)


@dataclass(frozen=True, slots=True, kw_only=True)
class Purged:
    """What was taken away, or would be."""

    pupils: int = 0
    """Pupils that were deactivated too long ago, with their results."""
    results: int = 0
    roll_backs: int = 0
    """Imports that can no longer be rolled back."""
    reviews: int = 0
    """Logs of decisions of reviews that are over, and reviews themselves."""
    messages: int = 0
    """Kept UWLR messages."""
    letters: int = 0
    audit: int = 0
    """Entries of the audit log."""
    unreadable: tuple[str, ...] = ()
    """Schools that were left alone because a file of theirs cannot be read."""

    def plus(self, other: Purged) -> Purged:
        """Add up."""
        return Purged(
            pupils=self.pupils + other.pupils,
            results=self.results + other.results,
            roll_backs=self.roll_backs + other.roll_backs,
            reviews=self.reviews + other.reviews,
            messages=self.messages + other.messages,
            letters=self.letters + other.letters,
            audit=self.audit + other.audit,
            unreadable=self.unreadable + other.unreadable,
        )


class PrivacyDesk:
    """What is held, and the purge of what is past its time."""

    def __init__(self, office: Office) -> None:
        self._office = office
        self._keep = office.settings.keep

    def overview(self, actor: Actor, school: SchoolId) -> tuple[Held, ...]:
        """Return what is held of the school, kind by kind, without names."""
        record = self._office.record(actor, Act.LOOK, school)
        return tuple(held_of(self._office, record))

    def purge(self, actor: Actor, *, dry_run: bool = False) -> Purged:
        """Take away everything past its time, of every school; safe to stop and repeat.

        With `dry_run` nothing changes and the same counts come back.
        """
        self._office.require(actor, Act.PURGE)
        now = self._office.clock.now()
        total = Purged()
        for line in self._office.store.lines():
            total = total.plus(self._school(actor, line.id, now, dry_run=dry_run))
        if dry_run:
            return total
        note = AuditEntry(at=now, by=actor.name, role=actor.role.value, act="", fingerprint=actor.fingerprint)
        letters = self._office.post.purge(now - timedelta(days=self._keep.letters))
        audit = self._office.store.audit().purge(now - timedelta(days=self._keep.audit), note)
        return total.plus(Purged(letters=letters, audit=audit))

    def overdue(self, actor: Actor) -> int:
        """Count the schools of which something is kept a month longer than set, which means that nobody purges."""
        self._office.require(actor, Act.LOOK)
        then = self._office.clock.now() - LATE
        found = [self._school(actor, line.id, then, dry_run=True) for line in self._office.store.lines()]
        return sum(1 for due in found if not due.unreadable and due != Purged())

    def _school(self, actor: Actor, school: SchoolId, now: datetime, *, dry_run: bool) -> Purged:
        try:
            with self._office.store.record(school).edit() as draft:
                if draft.value is None:
                    return Purged()
                kept, gone = self._without_old(draft.value, now)
                ledger = self._office.store.ledger(school)
                archive, book = archive_of(self._office, school), ledger.read()
                held = chain(book, archive.entries(book)) if gone else ()
                results = sum(1 for entry in held if entry.result.pupil in gone)
                roll_backs = _roll_backs(draft.value) - _roll_backs(kept)
                logs = self._old_logs(kept, now)
                messages = self._old_messages(school, now, dry_run=dry_run)
                counts = Purged(
                    pupils=len(gone), results=results, roll_backs=roll_backs, reviews=len(logs), messages=messages
                )
                if dry_run:
                    return counts
                if counts == Purged():
                    # Whose inactivity has no date yet begins to count.
                    draft.value = kept
                    return counts
                told = counted(
                    {
                        N_("leerlingen"): len(gone),
                        N_("resultaten"): results,
                        N_("imports"): roll_backs,
                        N_("beslissingen bij imports"): len(logs),
                    }
                )
                self._office.note(actor, Act.PURGE, school, to=told)
                if gone:
                    with ledger.edit() as edited:
                        # Away from the years first: killed in between, the notes of them are still there.
                        edited.value = _without_results(archive.forget(edited.value, gone), gone)
                draft.value = kept
            # An earlier generation would still hold what was just taken away.
            earlier = (file.name for file in self._office.store.files(school) if file.name.endswith(".vorige"))
            for name in (*logs, *earlier):
                self._office.store.forget(school, name)
        except Damaged:
            return Purged(unreadable=(str(school),))
        return counts

    def _without_old(self, record: SchoolRecord, now: datetime) -> tuple[SchoolRecord, frozenset[PupilId]]:
        """Return the record without what is past its time, and which pupils went.

        A pupil that is inactive since nobody knows when starts to count today.
        """
        today, days = now.date(), timedelta(days=self._keep.inactive_pupils)
        gone = frozenset(
            pupil.id
            for pupil in record.register.pupils
            if not pupil.active and pupil.inactive_since and pupil.inactive_since + days < today
        )
        pupils = tuple(
            replace(pupil, inactive_since=_since(pupil.active, pupil.inactive_since, today))
            for pupil in record.register.pupils
            if pupil.id not in gone
        )
        limit = now - timedelta(days=self._keep.roll_back)
        imports = tuple(replace(done, changes=None) if done.at < limit else done for done in record.imports)
        register = replace(record.register, pupils=pupils)
        kept = replace(record, register=register, imports=imports, remembered=without_pupils(record.remembered, gone))
        return kept, gone

    def _old_messages(self, school: SchoolId, now: datetime, *, dry_run: bool) -> int:
        """Count the kept messages that are past their time, and take them away unless this is a dry run."""
        document = self._office.store.exchanges(school)
        before = document.read()
        after = before.since(now - timedelta(days=self._keep.messages))
        if not dry_run and after != before:
            with document.edit() as draft:
                draft.value = after
        return len(before.exchanges) - len(after.exchanges)

    def _old_logs(self, record: SchoolRecord, now: datetime) -> list[str]:
        limit = now - timedelta(days=self._keep.roll_back)
        present = f"decisions-{record.open_review}.jsonl"
        return [
            file.name
            for file in self._office.store.files(record.school.id)
            if file.name.startswith("decisions-") and file.name != present and file.changed < limit
        ]


def _since(active: bool, since: date | None, today: date) -> date | None:
    return None if active else since or today


def _roll_backs(record: SchoolRecord) -> int:
    return sum(1 for done in record.imports if done.changes)


def _without_results(ledger: Ledger, gone: frozenset[PupilId]) -> Ledger:
    return ledger.without(entry.key for entry in ledger if entry.result.pupil in gone)
