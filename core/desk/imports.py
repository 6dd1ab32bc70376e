"""The use cases of an import: pull, review together, see what would happen, commit, take back (workflow.md §3)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from core.desk import review_files
from core.desk.actor import Act, Actor
from core.desk.import_summary import Summary, require_confirmation, require_ready, summed_up
from core.desk.lines import with_rest
from core.desk.office import Office
from core.desk.pulling import Pulled, Puller, ReviewMade, ReviewRefreshed
from core.desk.reviews import NotReady, Opened, close, open_review, plan_of, scores_of
from core.desk.together import Decided, News, Together, check
from core.desk.trail import counted
from core.desk.transitions import note_change, transition
from core.errors import RefusedByState
from core.history import ImportDone
from core.importing.commit import Signature, committed
from core.importing.decisions import Choose, Ending, Redo, RowKey, Step, Undo
from core.importing.dutch_csv import rows_as_csv
from core.importing.memory import only_different, remembered
from core.importing.rollback import RollBack, roll_back, rolled_back
from core.importing.rows import Selection
from core.importing.session import ReviewSession
from core.language import N_, _
from core.model import SchoolId
from core.record import SchoolRecord


@dataclass(frozen=True, slots=True, kw_only=True)
class Replayed:
    """What came of replaying a saved review."""

    decided: Decided
    missing: tuple[RowKey, ...]
    """Rows of the file that ParnasSys did not send here."""
    gone: tuple[RowKey, ...]
    """Rows whose existing record is not in this register."""
    others: tuple[RowKey, ...]
    """Rows under whose key somebody else was sent here."""


NOTHING = Decided(changed=frozenset(), nothing_to_do=True)


class ImportDesk:
    """Everything a person does with an import."""

    def __init__(self, office: Office) -> None:
        self._office = office
        self._puller = Puller(office)
        self._together = Together(office)

    async def pull(self, actor: Actor, school: SchoolId) -> Pulled:
        """Fetch from ParnasSys and make the review, or refresh the one in progress.

        Raises RefusedByState when the link does not allow it, and whatever ParnasSys refuses; the link is then
        disturbed, with cause and remedy.
        """
        self._office.record(actor, Act.REVIEW, school)
        pulled = await self._puller.pull(actor, school)
        if isinstance(pulled, ReviewMade | ReviewRefreshed):
            self.leave(actor, self._opened(actor, Act.REVIEW, school).session)
        return pulled

    def open(self, actor: Actor, school: SchoolId) -> ReviewSession:
        """Open the review in progress where it was; RefusedByState when there is none."""
        return self._opened(actor, Act.LOOK, school).session

    def leave(self, actor: Actor, session: ReviewSession) -> None:
        """Keep for the work list what this session leaves to be done."""
        self._office.require(actor, Act.LOOK, session.school)
        if session.course.closed is None:
            self._office.store.annotate(session.school, lambda line: with_rest(line, session))

    def decide(self, actor: Actor, session: ReviewSession, steps: Iterable[Step]) -> Decided:
        """Take one act, of one step or many; it is in the log when this returns.

        Raises UnreadableInput for a row or record that is not there, RefusedByState when the review is over.
        """
        act = Choose(steps=tuple(steps))
        for step in act.steps:
            check(session, step)
        if not act.steps:
            return NOTHING
        return self._together.write(actor, session, act)

    def accept(self, actor: Actor, session: ReviewSession, keys: Iterable[RowKey]) -> Decided:
        """Confirm these rows as they stand: they are no longer in doubt."""
        return self.decide(actor, session, session.steps.confirmed(keys))

    def undo(self, actor: Actor, session: ReviewSession) -> Decided:
        """Take back this person's last act; nobody takes back somebody else's."""
        of = session.course.undoable(actor.name)
        return self._together.write(actor, session, Undo(of=of)) if of else NOTHING

    def redo(self, actor: Actor, session: ReviewSession) -> Decided:
        """Do again what this person took back last."""
        of = session.course.redoable(actor.name)
        return self._together.write(actor, session, Redo(of=of)) if of else NOTHING

    def news(self, actor: Actor, session: ReviewSession) -> News:
        """Read what colleagues did since this session last looked; cheap enough to ask every second."""
        self._office.require(actor, Act.LOOK, session.school)
        return self._together.catch_up(actor, session)

    def export(self, actor: Actor, session: ReviewSession, selections: Iterable[Selection]) -> str:
        """Return the rows of these lists as CSV for Dutch Excel: the same columns and filters as on screen."""
        self._office.require(actor, Act.LOOK, session.school)
        return rows_as_csv(row for selection in selections for row in session.rows(selection))

    def save(self, actor: Actor, session: ReviewSession) -> str:
        """Return the review as a file: to keep, to hand over, to compare, to replay. No names stand in it."""
        self._office.require(actor, Act.LOOK, session.school)
        return review_files.written(review_files.file_of(session))

    def compare(self, actor: Actor, session: ReviewSession, text: str) -> tuple[review_files.Unlike, ...]:
        """Return the rows on which this review differs from a saved one. Raises UnreadableInput."""
        self._office.require(actor, Act.LOOK, session.school)
        return review_files.compared(review_files.file_of(session), review_files.read(text, session.school))

    def replay(self, actor: Actor, session: ReviewSession, text: str) -> Replayed:
        """Take the decisions of a saved review over, as one act of this actor. Raises UnreadableInput."""
        found = review_files.replay(session, review_files.read(text, session.school))
        decided = self.decide(actor, session, found.steps)
        return Replayed(decided=decided, missing=found.missing, gone=found.gone, others=found.others)

    def summary(self, actor: Actor, school: SchoolId) -> Summary:
        """Work out what would happen; nothing is stored."""
        return summed_up(self._office, self._opened(actor, Act.LOOK, school))

    def rehearse(self, actor: Actor, school: SchoolId, *, confirm: str = "") -> Summary:
        """Do everything a commit does but storing, with the same refusals (`commit --dry-run`)."""
        opened = self._opened(actor, Act.COMMIT, school)
        summary = summed_up(self._office, opened)
        require_ready(opened)
        require_confirmation(summary.plan, school, confirm)
        return summary

    def commit(self, actor: Actor, school: SchoolId, *, confirm: str = "", seen: int | None = None) -> ImportDone:
        """Import what the summary shows, all or nothing.

        `confirm` is the BRIN, typed when guards ask for it; `seen` refuses what changed since the summary was shown.
        Raises NotReady, RefusedByGuard, RefusedByState.
        """
        with transition(self._office, actor, Act.COMMIT, school) as draft:
            opened = open_review(self._office, draft.value)
            session = opened.session
            if seen is not None and seen != session.seen:
                raise RefusedByState(
                    _("Er is intussen iets veranderd in deze import."),
                    todo=_("Bekijk de samenvatting opnieuw."),
                )
            require_ready(opened)
            plan = plan_of(
                opened,
                ids=self._office.ids,
                today=self._office.clock.now().date(),
                scores=scores_of(self._office, school),
            )
            signature = self._signature(actor, require_confirmation(plan, school, confirm))
            memory = remembered(draft.value.remembered, session.choices)
            before = draft.value.link
            draft.value = committed(draft.value, plan, signature, memory)
            self._note(actor, school, draft.value.imports[-1])
            note_change(self._office, actor, Act.COMMIT, school, before, draft.value.link)
        close(self._office, actor, session, Ending.COMMITTED)
        return draft.value.imports[-1]

    def discard(self, actor: Actor, school: SchoolId) -> None:
        """`Import afbreken`: close the review; nothing of it is stored but what people said is not the same."""
        with transition(self._office, actor, Act.REVIEW, school) as draft:
            opened = open_review(self._office, draft.value)
            memory = only_different(draft.value.remembered, opened.session.choices)
            # Without a note of the last answer the next run asks for everything again, and nothing is missed.
            draft.value = replace(draft.value, open_review="", held=None, remembered=memory, last_pull=None)
            self._office.note(actor, Act.REVIEW, school, subject=opened.session.review.id, to=Ending.DISCARDED.value)
        close(self._office, actor, opened.session, Ending.DISCARDED)

    def history(self, actor: Actor, school: SchoolId) -> Sequence[ImportDone]:
        """Return the imports of this school, latest first."""
        return tuple(reversed(self._office.record(actor, Act.LOOK, school).imports))

    def rollback_preview(self, actor: Actor, school: SchoolId) -> RollBack:
        """Work out what `Import terugdraaien` would do; nothing is stored."""
        return self._roll_back(self._office.record(actor, Act.LOOK, school))

    def rollback(self, actor: Actor, school: SchoolId, *, import_id: str = "") -> RollBack:
        """Take back the last import; `import_id` refuses when it is not the one the preview was about."""
        with transition(self._office, actor, Act.COMMIT, school) as draft:
            back = self._roll_back(draft.value)
            if import_id and import_id != back.import_id:
                raise RefusedByState(
                    _("Er is intussen een andere import gedaan."), todo=_("Bekijk het voorbeeld opnieuw.")
                )
            draft.value = rolled_back(draft.value, back, self._office.clock.now())
            self._office.note(actor, Act.COMMIT, school, subject=back.import_id, to=N_("teruggedraaid"))
        return back

    def _roll_back(self, record: SchoolRecord) -> RollBack:
        return roll_back(record, scores_of(self._office, record.school.id).keys())

    def _opened(self, actor: Actor, act: Act, school: SchoolId) -> Opened:
        return open_review(self._office, self._office.record(actor, act, school))

    def _signature(self, actor: Actor, override: str) -> Signature:
        return Signature(
            id=self._office.ids.new(),
            at=self._office.clock.now(),
            by=actor.name,
            on_behalf=actor.acts_on_behalf(Act.COMMIT),
            override=override,
        )

    def _note(self, actor: Actor, school: SchoolId, done: ImportDone) -> None:
        self._office.note(actor, Act.COMMIT, school, subject=done.id, to=counted(done.counts), why=done.override)


__all__ = ["Decided", "ImportDesk", "News", "NotReady", "Replayed"]
