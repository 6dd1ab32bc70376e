"""Deciding in a review that colleagues work in at the same time: write one act, read theirs (workflow.md §3)."""

from __future__ import annotations

from dataclasses import dataclass, replace

from core.desk.actor import Act, Actor
from core.desk.office import Office
from core.desk.reviews import entry, stored_review
from core.errors import RefusedByState, UnreadableInput
from core.importing.decisions import Choose, Ending, GiveEmail, Lift, Place, Redo, RowKey, Step, Undo
from core.importing.problems import email_is_fine
from core.importing.session import ReviewSession
from core.language import _


@dataclass(frozen=True, slots=True, kw_only=True)
class Decided:
    """What came of one act."""

    changed: frozenset[RowKey]
    """Rows that look different now, by this act and by colleagues' acts read along with it."""
    overtaken: tuple[RowKey, ...] = ()
    """Rows where a colleague had decided meanwhile: this act is not applied there, and waits in sight."""
    by_others: tuple[str, ...] = ()
    """Colleagues whose acts were read along with it."""
    nothing_to_do: bool = False
    """There was nothing to undo or redo."""


@dataclass(frozen=True, slots=True, kw_only=True)
class News:
    """What colleagues did since the last look."""

    changed: frozenset[RowKey] = frozenset()
    by: tuple[str, ...] = ()
    refreshed: bool = False
    """Newer data came in: every list must be drawn again."""
    ended: Ending | None = None
    """The review is over."""
    ended_by: str = ""
    late: int = 0
    """Own acts that came after the end and are not counted in."""


class Together:
    """The log of a review, as several people write in it."""

    def __init__(self, office: Office) -> None:
        self._office = office

    def write(self, actor: Actor, session: ReviewSession, what: Choose | Undo | Redo) -> Decided:
        self._office.require(actor, Act.REVIEW, session.school)
        # What this person decides on is what was on the screen before colleagues' latest acts came in.
        seen = session.seen
        news = self.catch_up(actor, session)
        if news.ended is not None:
            raise RefusedByState(
                _("Deze import is {how} door {name}.").format(how=_(news.ended.value), name=news.ended_by),
                todo=_("Open de school opnieuw om te zien hoe het nu staat."),
            )
        self._require_open(session)
        if isinstance(what, Choose):
            self._require_the_same(session, what, seen)
        mine = replace(entry(self._office, actor, session, what), seen=seen)
        self._office.store.decisions(session.school, session.review.id).append(mine)
        after = self.catch_up(actor, session)
        return Decided(
            changed=news.changed | after.changed,
            overtaken=(
                *(
                    key
                    for key, waiting in session.course.overtaken.items()
                    if any(one.claim.decision == mine.id for one in waiting)
                ),
                *(one.claim.step.key for one in session.course.lapsed if one.claim.decision == mine.id),
            ),
            by_others=tuple(dict.fromkeys(news.by + after.by)),
        )

    def _require_the_same(self, session: ReviewSession, what: Choose, seen: int) -> None:
        """Refuse when in newer data a row, or whom it was to be linked to, is gone or somebody else since entry `seen`."""
        for step in what.steps:
            check(session, step)
            if session.course.renewed_since(step.key, seen):
                raise RefusedByState(
                    _("{row} is in de nieuwere gegevens veranderd.").format(row=step.key.incoming),
                    todo=_("Bekijk de rij opnieuw en kies dan."),
                )

    def _require_open(self, session: ReviewSession) -> None:
        """Refuse when the record knows of another review, or of none: whoever ended it could not say so in the log."""
        record = self._office.store.record(session.school).read()
        if record is None or record.open_review != session.review.id:
            raise RefusedByState(
                _("Deze import is voorbij."), todo=_("Open de school opnieuw om te zien hoe het nu staat.")
            )

    def catch_up(self, actor: Actor, session: ReviewSession) -> News:
        fresh = list(self._office.store.decisions(session.school, session.review.id).read(session.seen))
        if not fresh and session.course.revision <= session.review.revision and session.course.closed is None:
            return News()
        changed = session.take_in(fresh)
        refreshed = self._renew(session)
        closed = session.course.closed
        return News(
            changed=changed,
            by=tuple(dict.fromkeys(one.by for one in fresh if one.by != actor.name)),
            refreshed=refreshed,
            ended=closed[1].how if closed else None,
            ended_by=closed[0].by if closed else "",
            late=sum(1 for one in session.course.late if one.by == actor.name),
        )

    def _renew(self, session: ReviewSession) -> bool:
        """Load newer proposals when the log speaks of them; they are stored just after it does, so perhaps not yet."""
        if session.course.revision <= session.review.revision:
            return False
        record = self._office.store.record(session.school).read()
        if record is None or record.open_review != session.review.id:
            return False
        stored = stored_review(self._office, record)
        if stored.revision <= session.review.revision:
            return False
        session.load(stored, record.register)
        return True


def check(session: ReviewSession, step: Step) -> None:
    if step.key not in session:
        raise UnreadableInput(
            _("{row} staat niet in deze import.").format(row=step.key.incoming),
            todo=_("Ververs de import en kies opnieuw."),
        )
    if isinstance(step, Lift):
        return
    if isinstance(step, GiveEmail):
        if step.email and not email_is_fine(step.email):
            raise UnreadableInput(_("Dit is geen e-mailadres."), todo=_("Verbeter het adres."))
        return
    if step.existing is None:
        return
    known = session.existing.holds(step.kind, step.existing)
    unchanged = isinstance(step, Place) and session.choices[step.key].existing == step.existing
    if not known and not unchanged:
        raise UnreadableInput(
            _("{id} staat niet in het testcentrum.").format(id=step.existing),
            todo=_("Zoek de leerling, leerkracht of groep op met koppeling aanpassen."),
        )
