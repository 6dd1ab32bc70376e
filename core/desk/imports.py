"""The use cases of an import: pull, review together, see what would happen, commit, take back (workflow.md §3)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from core.desk.actor import Act, Actor
from core.desk.office import Office
from core.desk.pulling import Pulled, Puller
from core.desk.reviews import (
    NotReady,
    Opened,
    PreviewIds,
    entry,
    open_review,
    plan_of,
    scores_of,
    stored_review,
)
from core.desk.transitions import transition
from core.errors import RefusedByGuard, RefusedByState, UnreadableInput
from core.importing.commit import Signature, committed, require_importable
from core.importing.decisions import (
    Choose,
    Closed,
    Ending,
    GiveEmail,
    Place,
    Redo,
    RowKey,
    Step,
    Undo,
)
from core.importing.dutch_csv import rows_as_csv
from core.importing.history import ImportDone
from core.importing.memory import only_different, remembered
from core.importing.plan import Plan
from core.importing.problems import email_is_fine
from core.importing.rollback import RollBack, roll_back, rolled_back
from core.importing.rows import Counts, Problem, Row, Selection
from core.importing.session import ReviewSession
from core.language import _
from core.model import Kind, SchoolId
from core.record import SchoolRecord


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


@dataclass(frozen=True, slots=True, kw_only=True)
class Summary:
    """The screen `Gegevens overnemen`."""

    plan: Plan
    counts: dict[Kind, Counts]
    problems: tuple[Problem, ...]
    doubts: tuple[Row, ...]
    seen: int
    """Entries of the log that are in here; a commit that names it is refused when somebody decided since."""
    asks_confirmation: str
    """What must be typed when guards are met: the BRIN; empty = nothing."""

    @property
    def ready(self) -> bool:
        """Whether `Gegevens importeren` may be pressed."""
        return not self.problems and not self.doubts


class ImportDesk:
    """Everything a person does with an import."""

    def __init__(self, office: Office) -> None:
        self._office = office
        self._puller = Puller(office)

    async def pull(self, actor: Actor, school: SchoolId) -> Pulled:
        """Fetch from ParnasSys and make the review, or refresh the one in progress.

        Raises RefusedByState when the link does not allow it, and whatever ParnasSys refuses; the link is then
        disturbed, with cause and remedy.
        """
        self._office.record(actor, Act.REVIEW, school)
        return await self._puller.pull(actor, school)

    def open(self, actor: Actor, school: SchoolId) -> ReviewSession:
        """Open the review in progress where it was; RefusedByState when there is none."""
        return self._opened(actor, Act.LOOK, school).session

    def decide(self, actor: Actor, session: ReviewSession, steps: Iterable[Step]) -> Decided:
        """Take one act, of one step or many; it is in the log when this returns.

        Raises UnreadableInput for a row or record that is not there, RefusedByState when the review is over.
        """
        act = Choose(steps=tuple(steps))
        for step in act.steps:
            _check(session, step)
        if not act.steps:
            return Decided(changed=frozenset(), nothing_to_do=True)
        return self._write(actor, session, act)

    def accept(self, actor: Actor, session: ReviewSession, keys: Iterable[RowKey]) -> Decided:
        """Confirm these rows as they stand: they are no longer in doubt."""
        return self.decide(actor, session, session.proposal_steps(keys))

    def undo(self, actor: Actor, session: ReviewSession) -> Decided:
        """Take back this person's last act; nobody takes back somebody else's."""
        of = session.course.undoable(actor.name)
        return self._write(actor, session, Undo(of=of)) if of else Decided(changed=frozenset(), nothing_to_do=True)

    def redo(self, actor: Actor, session: ReviewSession) -> Decided:
        """Do again what this person took back last."""
        of = session.course.redoable(actor.name)
        return self._write(actor, session, Redo(of=of)) if of else Decided(changed=frozenset(), nothing_to_do=True)

    def news(self, actor: Actor, session: ReviewSession) -> News:
        """Read what colleagues did since this session last looked; cheap enough to ask every second."""
        self._office.require(actor, Act.LOOK, session.school)
        return self._catch_up(actor, session)

    def export(self, actor: Actor, session: ReviewSession, selections: Iterable[Selection]) -> str:
        """Return the rows of these lists as CSV for Dutch Excel: the same columns and filters as on screen."""
        self._office.require(actor, Act.LOOK, session.school)
        return rows_as_csv(row for selection in selections for row in session.rows(selection))

    def summary(self, actor: Actor, school: SchoolId) -> Summary:
        """Work out what would happen; nothing is stored."""
        return self._summary(self._opened(actor, Act.LOOK, school))

    def commit(self, actor: Actor, school: SchoolId, *, confirm: str = "", seen: int | None = None) -> ImportDone:
        """Import what the summary shows, all or nothing.

        `confirm` is the BRIN, typed when guards ask for it; `seen` refuses what changed since the summary was shown.
        Raises NotReady, RefusedByGuard, RefusedByState.
        """
        with transition(self._office, actor, Act.COMMIT, school) as draft:
            opened = open_review(self._office, draft.value)
            require_importable(draft.value.link)
            session = opened.session
            if seen is not None and seen != session.seen:
                raise RefusedByState(
                    _("Er is intussen iets veranderd in deze import."),
                    todo=_("Bekijk de samenvatting opnieuw."),
                )
            if (problems := session.problems()) or session.doubts():
                raise NotReady(problems, session.doubts())
            plan = plan_of(
                opened,
                ids=self._office.ids,
                today=self._office.clock.now().date(),
                scores=scores_of(self._office, school),
            )
            override = require_confirmation(plan, school, confirm)
            signature = self._signature(actor, override)
            memory = remembered(draft.value.remembered, session.course)
            draft.value = committed(draft.value, plan, signature, memory)
            self._note(actor, school, draft.value.imports[-1])
        self._close(actor, school, session, Ending.COMMITTED)
        return draft.value.imports[-1]

    def discard(self, actor: Actor, school: SchoolId) -> None:
        """`Import afbreken`: close the review; nothing of it is stored but what people said is not the same."""
        with transition(self._office, actor, Act.REVIEW, school) as draft:
            opened = open_review(self._office, draft.value)
            memory = only_different(draft.value.remembered, opened.session.course)
            # Without a note of the last answer the next run asks for everything again, and nothing is missed.
            draft.value = replace(draft.value, open_review="", held=None, remembered=memory, last_pull=None)
            self._office.note(actor, Act.REVIEW, school, subject=opened.session.review.id, to=Ending.DISCARDED.value)
        self._close(actor, school, opened.session, Ending.DISCARDED)

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
            self._office.note(actor, Act.COMMIT, school, subject=back.import_id, to=_("teruggedraaid"))
        return back

    def _roll_back(self, record: SchoolRecord) -> RollBack:
        return roll_back(record, scores_of(self._office, record.school.id).keys())

    def _opened(self, actor: Actor, act: Act, school: SchoolId) -> Opened:
        return open_review(self._office, self._office.record(actor, act, school))

    def _write(self, actor: Actor, session: ReviewSession, what: Choose | Undo | Redo) -> Decided:
        self._office.require(actor, Act.REVIEW, session.school)
        news = self._catch_up(actor, session)
        if news.ended is not None:
            raise RefusedByState(
                _("Deze import is {how} door {name}.").format(how=news.ended.value, name=news.ended_by),
                todo=_("Open de school opnieuw om te zien hoe het nu staat."),
            )
        mine = entry(self._office, actor, session, what)
        self._office.store.decisions(session.school, session.review.id).append(mine)
        after = self._catch_up(actor, session)
        return Decided(
            changed=news.changed | after.changed,
            overtaken=tuple(
                key
                for key, waiting in session.course.overtaken.items()
                if any(one.claim.decision == mine.id for one in waiting)
            ),
            by_others=tuple(dict.fromkeys(news.by + after.by)),
        )

    def _catch_up(self, actor: Actor, session: ReviewSession) -> News:
        fresh = list(self._office.store.decisions(session.school, session.review.id).read(session.seen))
        if not fresh:
            return News()
        changed = session.take_in(fresh)
        refreshed = session.course.revision > session.review.revision
        if refreshed:
            record = self._office.store.record(session.school).read()
            if record is not None and record.open_review == session.review.id:
                session.load(stored_review(self._office, record), record.register)
        closed = session.course.closed
        return News(
            changed=changed,
            by=tuple(dict.fromkeys(one.by for one in fresh if one.by != actor.name)),
            refreshed=refreshed,
            ended=closed[1].how if closed else None,
            ended_by=closed[0].by if closed else "",
            late=sum(1 for one in session.course.late if one.by == actor.name),
        )

    def _summary(self, opened: Opened) -> Summary:
        session = opened.session
        plan = plan_of(
            opened,
            ids=PreviewIds(),
            today=self._office.clock.now().date(),
            scores=scores_of(self._office, session.school),
        )
        return Summary(
            plan=plan,
            counts={kind: session.counts(kind) for kind in Kind},
            problems=session.problems(),
            doubts=session.doubts(),
            seen=session.seen,
            asks_confirmation=session.school.brin if plan.tripped else "",
        )

    def _signature(self, actor: Actor, override: str) -> Signature:
        return Signature(
            id=self._office.ids.new(),
            at=self._office.clock.now(),
            by=actor.name,
            on_behalf=actor.acts_on_behalf(Act.COMMIT),
            override=override,
        )

    def _note(self, actor: Actor, school: SchoolId, done: ImportDone) -> None:
        counts = ", ".join(f"{name} {count}" for name, count in done.counts.items() if count)
        self._office.note(actor, Act.COMMIT, school, subject=done.id, to=counts, why=done.override)

    def _close(self, actor: Actor, school: SchoolId, session: ReviewSession, how: Ending) -> None:
        closed = entry(self._office, actor, session, Closed(how=how, counted=session.seen))
        self._office.store.decisions(school, session.review.id).append(closed)
        with self._office.store.review(school).edit() as stored:
            if stored.value is not None and stored.value.id == session.review.id:
                stored.value = None


def require_confirmation(plan: Plan, school: SchoolId, confirm: str) -> str:
    """Return which guards are overruled by the typed BRIN; RefusedByGuard when they are met and it was not typed."""
    if not plan.tripped:
        return ""
    if confirm.strip().upper() != school.brin:
        raise RefusedByGuard(
            " ".join(tripped.sentence for tripped in plan.tripped),
            todo=_(
                "Klopt dit? Typ dan het BRIN-nummer {brin} ter bevestiging; dat geldt alleen voor deze keer."
            ).format(brin=school.brin),
        )
    return ", ".join(dict.fromkeys(tripped.guard.value for tripped in plan.tripped))


def _check(session: ReviewSession, step: Step) -> None:
    if step.key not in session:
        raise UnreadableInput(
            _("{row} staat niet in deze import.").format(row=step.key.incoming),
            todo=_("Ververs de import en kies opnieuw."),
        )
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


__all__ = ["Decided", "ImportDesk", "News", "NotReady", "Summary"]
