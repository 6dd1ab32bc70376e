"""What every use case works with: settings, time, ids, storage, the line to ParnasSys, post, and the audit log."""

from __future__ import annotations

import random
from dataclasses import dataclass

from core.clock import Clock
from core.desk.actor import Act, Actor, unknown_school
from core.desk.ports import PostRoom, Store, Vault
from core.desk.trail import AuditEntry
from core.errors import RefusedByRole
from core.las import Las, Supplier
from core.model import SchoolId
from core.ports import Ids
from core.record import SchoolRecord
from core.scores.archive import Archive
from core.settings import Settings


@dataclass(frozen=True, kw_only=True)
class Office:
    """The desk's surroundings, built once by the composition root."""

    settings: Settings
    clock: Clock
    ids: Ids
    chance: random.Random
    store: Store
    vault: Vault
    post: PostRoom
    las: Las
    supplier: Supplier | None = None
    """None = a person opens links in ParnasSys, and says here that it was done; only a demo has one."""

    def record(self, actor: Actor, act: Act, school: SchoolId) -> SchoolRecord:
        """Return the school's record when the actor may do `act` with it.

        Raises RefusedByRole, in the same words, when the school does not exist or is not this actor's.
        """
        self.require(actor, act, school)
        record = self.store.record(school).read()
        if record is None:
            raise unknown_school(school)
        return record

    def require(self, actor: Actor, act: Act, school: SchoolId | None = None) -> None:
        """Raise RefusedByRole unless the actor may do this; a refusal leaves an audit line."""
        try:
            actor.require(act, school)
        except RefusedByRole:
            self.note(actor, act, school, refused=True)
            raise

    def note(
        self,
        actor: Actor,
        act: Act,
        school: SchoolId | None = None,
        *,
        subject: str = "",
        came_from: str = "",
        to: str = "",
        why: str = "",
        refused: bool = False,
    ) -> None:
        """Write one line in the audit log."""
        self.store.audit().append(
            AuditEntry(
                at=self.clock.now(),
                by=actor.name,
                role=actor.role.value,
                act=act.value,
                school=str(school) if school else "",
                on_behalf=school is not None and actor.acts_on_behalf(act),
                subject=subject,
                came_from=came_from,
                to=to,
                why=why,
                fingerprint=actor.fingerprint,
                refused=refused,
            )
        )


def archive_of(office: Office, school: SchoolId) -> Archive:
    """Return the years of a school that are put away."""
    return Archive(lambda year: office.store.archive(school, year))
