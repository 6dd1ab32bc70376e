"""One move of one school's link: allowed, recorded, stored, and told, in that order, or refused with a trace."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace

from core.desk.actor import Act, Actor, unknown_school
from core.desk.link_letters import LETTERS, post_untold
from core.desk.office import Office
from core.errors import Damaged, Refused, TryLater
from core.linking.link import Link, Move
from core.linking.moves import move
from core.model import SchoolId
from core.ports import Draft
from core.record import SchoolRecord


@contextmanager
def transition(office: Office, actor: Actor, act: Act, school: SchoolId) -> Iterator[Draft[SchoolRecord]]:
    """Hold the school's record while one of its use cases runs; a refusal leaves an audit line and nothing else.

    Letters go in the post when the record is stored: what was killed before that has told nobody. When the post cannot be
    written the deed stands, and the letter goes with the next one of this school or the next round of the postman.

    Raises RefusedByRole when the actor may not do `act` here, in the same words when there is no such school.
    """
    office.require(actor, act, school)
    with office.store.record(school).edit() as stored:
        if stored.value is None:
            raise unknown_school(school)
        draft = Draft(stored.value)
        try:
            yield draft
        except Refused as refusal:
            office.note(actor, act, school, why=refusal.what, refused=True)
            raise
        stored.value = draft.value
    with suppress(Damaged, TryLater):
        post_untold(office, school)


def moved(office: Office, actor: Actor, act: Act, record: SchoolRecord, what: Move, why: str = "") -> Link:
    """Return the record's link after the move, now and by this actor; RefusedByState when it is not on the drawing."""
    return move(record.link, what, at=office.clock.now(), by=actor.name, on_behalf=actor.acts_on_behalf(act), why=why)


def note_change(
    office: Office, actor: Actor, act: Act, school: SchoolId, before: Link | None, after: Link | None
) -> None:
    """Write the audit line of a link that moved along with something else, if it did."""
    if before and after and before.state is not after.state:
        office.note(actor, act, school, came_from=before.state.value, to=after.state.value)


def step(office: Office, actor: Actor, act: Act, record: SchoolRecord, link: Link, why: str = "") -> SchoolRecord:
    """Return the record with this link, after the audit line about the step; its letter is still to be posted.

    The line comes before the record is stored: a crash in between leaves a line too many, never an act without one.
    """
    before = record.link.state.value if record.link else ""
    office.note(actor, act, record.school.id, came_from=before, to=link.state.value, why=why)
    if link.steps and link.steps[-1].move in LETTERS:
        link = replace(link, untold=(*link.untold, len(link.steps)))
    return replace(record, link=link)
