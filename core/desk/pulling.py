"""Fetching from ParnasSys and making the review of it, or refreshing the one in progress."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from core.desk.actor import Act, Actor
from core.desk.links import LinkDesk
from core.desk.office import Office
from core.desk.reviews import entry, session_of
from core.desk.transitions import transition
from core.errors import KoppeldeskError
from core.history import Remembered
from core.importing.choices import Choices
from core.importing.commit import require_importable
from core.importing.completeness import judged
from core.importing.course import Course
from core.importing.decisions import Refreshed, RowKey
from core.importing.memory import only_different
from core.importing.propose import propose
from core.importing.refresh import refreshed, same_content
from core.importing.review import Review
from core.language import N_
from core.las import NoData, NothingNew, Received
from core.model import Roster, SchoolId
from core.record import PullNote, SchoolRecord


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewMade:
    """A new review is ready."""

    review: str
    received: dict[str, int]
    """Records per kind: `groepen`, `leerkrachten`, `leerlingen`."""
    whole: bool
    doubts: tuple[str, ...] = ()
    """Why it is not whole, in the language in use."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewRefreshed:
    """The review in progress holds newer data now; decisions that still apply are kept."""

    review: str
    revision: int
    changed: tuple[RowKey, ...]
    lapsed: tuple[RowKey, ...]
    """Rows about which somebody must decide again."""
    whole: bool
    doubts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Unchanged:
    """Nothing new: the review in progress, if any, stays as it is."""

    review: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Empty:
    """ParnasSys found nothing (`geengegevens`): never a ground to deactivate anybody."""


Pulled = ReviewMade | ReviewRefreshed | Unchanged | Empty


class Puller:
    """Gets answers of ParnasSys into reviews."""

    def __init__(self, office: Office) -> None:
        self._office = office
        self._links = LinkDesk(office)

    async def pull(self, actor: Actor, school: SchoolId, *, since: datetime | None = None) -> Pulled:
        """Fetch, match and store the review; `since` makes `geenwijzigingen` possible."""
        record = self._office.record(actor, Act.REVIEW, school)
        answer = await self._fetch(actor, record, since)
        match answer:
            case Received(roster=roster):
                return self._review(actor, school, roster)
            case NothingNew():
                return Unchanged(review=record.open_review)
            case NoData():
                return Empty()

    async def _fetch(
        self, actor: Actor, record: SchoolRecord, since: datetime | None
    ) -> Received | NothingNew | NoData:
        require_importable(record.link)
        try:
            address = self._links.address(record)
            answer = await self._office.las.pull(address, since=since, staged=record.care.staged)
        except KoppeldeskError as error:
            self._links.report_call(actor, record.school.id, error)
            raise
        self._links.report_call(actor, record.school.id, None)
        return answer

    def _review(self, actor: Actor, school: SchoolId, roster: Roster) -> Pulled:
        """Store what was pulled. The record is held meanwhile, so that two pulls do not make two reviews."""
        with transition(self._office, actor, Act.REVIEW, school) as draft:
            record = draft.value
            roster = judged(roster, record.register, record.last_pull)
            made = self._office.clock.now()
            draft.value = replace(
                record,
                last_pull=PullNote(
                    at=made,
                    created=roster.created,
                    whole=roster.completeness.whole,
                    handled=record.last_pull.handled if record.last_pull else "",
                ),
            )
            if (
                record.open_review
                and (old := self._office.store.review(school).read())
                and old.id == record.open_review
            ):
                return self._refresh(actor, record, old, roster)
            review = _proposed(self._office.ids.new(), made, actor.name, roster, record, record.remembered)
            with self._office.store.review(school).edit() as stored:
                stored.value = review
            draft.value = replace(draft.value, open_review=review.id)
            received = {
                "groepen": len(roster.groups),
                "leerkrachten": len(roster.teachers),
                "leerlingen": len(roster.pupils),
            }
            self._office.note(actor, Act.REVIEW, school, subject=review.id, to=N_("opgehaald"))
        return ReviewMade(
            review=review.id,
            received=received,
            whole=roster.completeness.whole,
            doubts=roster.completeness.doubts,
        )

    def _refresh(self, actor: Actor, record: SchoolRecord, old: Review, roster: Roster) -> Pulled:
        school = record.school.id
        log = self._office.store.decisions(school, old.id)
        course = Course(log.read())
        said = only_different(record.remembered, Choices(old, course))
        fresh = _proposed(old.id, self._office.clock.now(), old.by, roster, record, said)
        if same_content(old, fresh):
            return Unchanged(review=old.id)
        news = refreshed(old, fresh, course, record.register)
        session = session_of(record, news.review, course)
        # The log first: killed in between, a decision about who was somebody else is gone, and never taken for theirs.
        log.append(entry(self._office, actor, session, Refreshed(revision=news.review.revision, lapse=news.lapse)))
        with self._office.store.review(school).edit() as stored:
            stored.value = news.review
        self._office.note(actor, Act.REVIEW, school, subject=old.id, to=N_("ververst"))
        return ReviewRefreshed(
            review=old.id,
            revision=news.review.revision,
            changed=news.review.changed,
            lapsed=tuple(key for key in news.lapse if key in course.rows()),
            whole=roster.completeness.whole,
            doubts=roster.completeness.doubts,
        )


def _proposed(
    id_: str, made: datetime, by: str, roster: Roster, record: SchoolRecord, remembered: Remembered
) -> Review:
    review = propose(
        id_=id_,
        made=made,
        by=by,
        roster=roster,
        register=record.register,
        remembered=remembered,
        kept=record.kept_numbers,
    )
    return replace(review, edition=record.edition)
