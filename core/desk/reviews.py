"""Opening a review: the stored proposals, the register and the log of decisions made into one session."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date

from core.desk.actor import Actor
from core.desk.office import Office
from core.errors import Damaged, Refused, RefusedByState
from core.importing.choices import Choice
from core.importing.course import Course
from core.importing.decisions import Category, Closed, Decision, Ending, RowKey, What
from core.importing.plan import Plan, ScoresOf
from core.importing.planner import Planner
from core.importing.review import Review
from core.importing.rows import Problem, Row
from core.importing.session import ReviewSession
from core.language import _, ngettext
from core.model import PupilId, SchoolId, SchoolYear
from core.ports import Ids
from core.record import SchoolRecord
from core.scores.ledger import State


class NotReady(Refused):
    """The review holds rows that must be put right, or looked at, before anything can be imported."""

    def __init__(self, problems: Sequence[Problem], doubts: Sequence[Row]) -> None:
        rows = [str(problem.key.incoming) for problem in problems] + [str(row.key.incoming) for row in doubts]
        shown = ", ".join(dict.fromkeys(rows[:10])) + (" …" if len(rows) > 10 else "")
        super().__init__(
            _("De import is nog niet klaar: {problems} en {doubts} ({rows}).").format(
                problems=ngettext("{n} probleem", "{n} problemen", len(problems)).format(n=len(problems)),
                doubts=ngettext("{n} twijfel", "{n} twijfels", len(doubts)).format(n=len(doubts)),
                rows=shown,
            ),
            todo=_("Los de problemen op en beslis over elke twijfel."),
        )
        self.problems = tuple(problems)
        self.doubts = tuple(doubts)


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened:
    """A review with the record it belongs to."""

    record: SchoolRecord
    session: ReviewSession


def no_review() -> RefusedByState:
    """Return the error for a school without a review in progress."""
    return RefusedByState(
        _("Er staat voor deze school geen import klaar."),
        todo=_("Haal eerst gegevens op (gegevens importeren)."),
    )


def open_review(office: Office, record: SchoolRecord) -> Opened:
    """Return the review in progress; RefusedByState when there is none, Damaged when it is lost."""
    if not record.open_review:
        raise no_review()
    review = stored_review(office, record)
    course = Course(office.store.decisions(record.school.id, review.id).read())
    return Opened(record=record, session=session_of(record, review, course))


def stored_review(office: Office, record: SchoolRecord) -> Review:
    """Return the proposals of the review in progress."""
    review = office.store.review(record.school.id).read()
    if review is None or review.id != record.open_review:
        raise Damaged(
            _("De voorstellen van deze import ontbreken."),
            todo=_("Breek de import af en haal de gegevens opnieuw op; de keuzes staan nog in het logboek."),
        )
    return review


def require_current(opened: Opened) -> None:
    """Raise RefusedByState when the register is not the one that the proposals were made with."""
    if opened.session.review.edition != opened.record.edition:
        raise RefusedByState(
            _("De gegevens van het testcentrum zijn gewijzigd sinds deze import is opgehaald."),
            todo=_("Haal de gegevens opnieuw op; uw keuzes blijven staan."),
        )


def session_of(record: SchoolRecord, review: Review, course: Course) -> ReviewSession:
    """Return a session on these proposals and the record's register."""
    return ReviewSession(
        school=record.school.id,
        review=review,
        register=record.register,
        course=course,
        untouchable=never_touch(record),
        additions_only=record.care.additions_only,
    )


def never_touch(record: SchoolRecord) -> frozenset[str]:
    """Return the ids of the records this school wants left alone."""
    return frozenset(map(str, record.care.never_touch_pupils)) | frozenset(map(str, record.care.never_touch_teachers))


def plan_of(
    opened: Opened,
    *,
    ids: Ids,
    today: date,
    scores: dict[PupilId, ScoresOf],
    chosen: dict[RowKey, Choice] | None = None,
    by_night: bool = False,
) -> Plan:
    """Return the plan of the review as it stands, or of other choices about the same rows.

    At night nothing counts that people said in a review that is not imported yet.
    """
    session, record = opened.session, opened.record
    course = session.course
    return Planner(
        roster=session.review.roster,
        proposals=session.choices.proposals,
        chosen=dict(session.choices.items()) if chosen is None else chosen,
        register=record.register,
        ids=ids,
        today=today,
        never_touch=session.untouchable,
        additions_only=record.care.additions_only,
        scores=scores,
        parted=() if by_night else [(row, other) for row in course.rows() for other in course.not_same(row)],
    ).plan()


def without(session: ReviewSession, keys: Collection[RowKey]) -> dict[RowKey, Choice]:
    """Return the choices with these rows skipped: whoever they may be counts as present."""
    chosen = dict(session.choices.items())
    for key in keys:
        chosen[key] = replace(chosen[key], category=Category.SKIP)
    return chosen


def close(office: Office, actor: Actor, session: ReviewSession, how: Ending) -> None:
    """Tell everybody in the review that it is over, and forget its proposals; the log of decisions stays."""
    closed = entry(office, actor, session, Closed(how=how, counted=session.seen))
    office.store.decisions(session.school, session.review.id).append(closed)
    with office.store.review(session.school).edit() as stored:
        if stored.value is not None and stored.value.id == session.review.id:
            stored.value = None


def scores_of(office: Office, school: SchoolId) -> dict[PupilId, ScoresOf]:
    """Return per pupil what is not sent yet, and what was taken this school year."""
    year = SchoolYear.of(office.clock.now().date())
    found: dict[PupilId, ScoresOf] = {}
    ledger = office.store.ledger(school).read()
    found.update(dict.fromkeys(ledger.put_away.keys, ScoresOf()))
    for entry in ledger:
        before = found.get(entry.result.pupil, ScoresOf())
        found[entry.result.pupil] = ScoresOf(
            unsent=before.unsent + (entry.state not in (State.CONFIRMED, State.EXPIRED)),
            this_year=before.this_year + (entry.result.taken in year),
        )
    return found


class PreviewIds:
    """Stand-in ids for a preview: nothing of it is stored."""

    def __init__(self) -> None:
        self._last = 0

    def new(self) -> str:
        """Return the next stand-in."""
        self._last += 1
        return f"+{self._last}"


def entry(office: Office, actor: Actor, session: ReviewSession, what: What) -> Decision:
    """Return a log entry of this actor, who has seen what the session has taken in."""
    return Decision(id=office.ids.new(), at=office.clock.now(), by=actor.name, seen=session.seen, what=what)
