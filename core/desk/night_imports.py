"""The nightly part of an import: what is linked already is taken over, the rest waits, a guard holds the school back.

A held run stores nothing; a person approves it (typing the BRIN) or discards it (workflow.md §3).
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, replace

from core.desk.actor import Act, Actor
from core.desk.import_summary import require_confirmation
from core.desk.lines import with_rest
from core.desk.office import Office
from core.desk.pulling import Puller
from core.desk.reviews import Opened, PreviewIds, close, open_review, plan_of, require_current, scores_of
from core.desk.trail import counted
from core.desk.transitions import transition
from core.errors import RefusedByState
from core.history import HeldImport, ImportDone
from core.importing.commit import Signature, committed, counts_of
from core.importing.decisions import Ending, RowKey
from core.importing.plan import Plan
from core.importing.safe import Waiting, safe_choices, waiting
from core.language import N_, _
from core.mail.letters import NewData, RunHeld
from core.model import Kind, SchoolId
from core.ports import Ids
from core.record import SchoolRecord


@dataclass(frozen=True, slots=True, kw_only=True)
class NightImport:
    """What a night did for one school."""

    applied: ImportDone | None = None
    """None = there was nothing to change."""
    waiting: Waiting | None = None
    """What a person must look at; None = nothing came in."""
    held: HeldImport | None = None
    review: str = ""
    """The review that waits; empty = none."""
    spared: tuple[str, ...] = ()
    """Groups that the answer lacked, and whose pupils stay as they are."""


@dataclass(frozen=True, slots=True, kw_only=True)
class HeldPreview:
    """A held run, as it would be now."""

    held: HeldImport
    plan: Plan


class NightImports:
    """What the nightly run does with imports, and what people do with what it held back."""

    def __init__(self, office: Office) -> None:
        self._office = office
        self._puller = Puller(office)

    async def run(self, actor: Actor, school: SchoolId) -> NightImport:
        """Fetch, take over what is safe, and mail what needs a person. Safe to kill and repeat.

        Raises what ParnasSys refuses and RefusedByState when the link does not allow an import.
        """
        record = self._office.record(actor, Act.RUN_NIGHTLY, school)
        since = record.last_pull.created if record.last_pull and record.held is None else None
        await self._puller.pull(actor, school, since=since)
        with transition(self._office, actor, Act.COMMIT, school) as draft:
            before = draft.value
            if not before.open_review:
                return NightImport()
            opened = open_review(self._office, before)
            if opened.session.review.edition != before.edition:
                return NightImport(review=before.open_review)
            if _handled(opened) and before.held is None:
                return NightImport(review=before.open_review)
            left = waiting(opened.session.choices.proposals, opened.session.existing)
            plan = self._plan(opened, self._office.ids)
            if reasons := _reasons(before, plan):
                after = self._hold(actor, before, reasons)
            else:
                after = self._apply(actor, opened, plan)
                self._tell_new_data(after, left)
            draft.value = _as_handled(after, opened)
        self._office.store.annotate(school, lambda line: with_rest(line, opened.session))
        if after.held:
            self._tell_held(after, after.held)
        self._close(actor, opened, after)
        return NightImport(
            applied=after.imports[-1] if len(after.imports) > len(before.imports) else None,
            waiting=left,
            held=after.held,
            review=after.open_review,
            spared=plan.spared,
        )

    def held(self, actor: Actor, school: SchoolId) -> HeldPreview:
        """Show what was held back, worked out on the records of today; RefusedByState when nothing is held."""
        record = self._office.record(actor, Act.LOOK, school)
        return HeldPreview(held=_held(record), plan=self._plan(open_review(self._office, record), PreviewIds()))

    def approve(self, actor: Actor, school: SchoolId, *, confirm: str) -> ImportDone | None:
        """Take over what was held back; `confirm` is the typed BRIN. What needs a person goes on waiting.

        Returns None when nothing is left to change.
        """
        with transition(self._office, actor, Act.COMMIT, school) as draft:
            _held(draft.value)
            opened = open_review(self._office, draft.value)
            require_current(opened)
            plan = self._plan(opened, self._office.ids)
            override = require_confirmation(plan, school, confirm)
            draft.value = self._apply(actor, opened, plan, override)
        self._close(actor, opened, draft.value)
        return None if plan.empty else draft.value.imports[-1]

    def discard(self, actor: Actor, school: SchoolId) -> None:
        """Leave the held run aside: nothing is stored, and it is not offered again until ParnasSys sends news."""
        with transition(self._office, actor, Act.COMMIT, school) as draft:
            held = _held(draft.value)
            opened = open_review(self._office, draft.value)
            draft.value = replace(draft.value, held=None, open_review=self._review_after(opened))
            self._office.note(actor, Act.COMMIT, school, subject=held.review, to=N_("vastgehouden import verworpen"))
        self._close(actor, opened, draft.value)

    def _plan(self, opened: Opened, ids: Ids) -> Plan:
        return plan_of(
            opened,
            ids=ids,
            today=self._office.clock.now().date(),
            scores=scores_of(self._office, opened.session.school),
            chosen=safe_choices(opened.session.choices, opened.session.existing),
            by_night=True,
        )

    def _review_after(self, opened: Opened) -> str:
        """Return the review that stays open: the one in which a person has something to do, or did something."""
        left = waiting(opened.session.choices.proposals, opened.session.existing)
        return opened.session.review.id if left.total or list(opened.session.course.rows()) else ""

    def _apply(self, actor: Actor, opened: Opened, plan: Plan, override: str = "") -> SchoolRecord:
        record = opened.record
        stays = self._review_after(opened)
        if plan.empty:
            return replace(record, open_review=stays, held=None)
        signature = Signature(
            id=self._office.ids.new(),
            at=self._office.clock.now(),
            by=actor.name,
            on_behalf=actor.acts_on_behalf(Act.COMMIT),
            override=override,
        )
        told = counted(counts_of(plan))
        self._office.note(actor, Act.COMMIT, record.school.id, subject=signature.id, to=told, why=override)
        return committed(record, plan, signature, record.remembered, keep_review=bool(stays))

    def _hold(self, actor: Actor, record: SchoolRecord, reasons: tuple[str, ...]) -> SchoolRecord:
        if record.held and record.held.reasons == reasons:
            return record
        held = HeldImport(at=self._office.clock.now(), review=record.open_review, reasons=reasons)
        self._office.note(actor, Act.COMMIT, record.school.id, subject=held.review, to=N_("vastgehouden"))
        return replace(record, held=held)

    def _tell_held(self, record: SchoolRecord, held: HeldImport) -> None:
        """Write to the administrators once it is stored; every night again, and the post keeps the first."""
        letter = RunHeld(
            school=record.school.id,
            school_name=record.school.name,
            about=f"{held.review}-{held.at:%Y%m%d%H%M}",
            reasons=held.reasons,
        )
        self._office.post.send(letter, record.school.administrators)

    def _close(self, actor: Actor, opened: Opened, after: SchoolRecord) -> None:
        if after.open_review != opened.session.review.id:
            close(self._office, actor, opened.session, Ending.COMMITTED)

    def _tell_new_data(self, record: SchoolRecord, left: Waiting) -> None:
        """Write to the administrators; a revision of the review in which others wait is another letter."""
        if not left.total:
            return
        letter = NewData(
            school=record.school.id,
            school_name=record.school.name,
            about=f"{record.open_review}-{fingerprint(left.keys)}",
            new_groups=left.new[Kind.GROUP] + left.to_link[Kind.GROUP],
            new_teachers=left.new[Kind.TEACHER] + left.to_link[Kind.TEACHER],
            new_pupils=left.new[Kind.PUPIL] + left.to_link[Kind.PUPIL],
            doubtful=sum(left.doubtful.values()),
        )
        self._office.post.send(letter, record.school.administrators)


def _reasons(record: SchoolRecord, plan: Plan) -> tuple[str, ...]:
    """Return why this is not for the night alone: guards, and an import that somebody took back."""
    reasons = [tripped.sentence for tripped in plan.tripped]
    if not plan.empty and record.imports and record.imports[-1].rolled_back:
        reasons.append(_("De vorige import is teruggedraaid; deze zou die wijzigingen opnieuw doen."))
    return tuple(reasons)


def _marker(opened: Opened) -> str:
    return f"{opened.session.review.id}:{opened.session.review.revision}"


def _handled(opened: Opened) -> bool:
    note = opened.record.last_pull
    return note is not None and note.handled == _marker(opened)


def _as_handled(record: SchoolRecord, opened: Opened) -> SchoolRecord:
    if record.last_pull is None:
        return record
    return replace(record, last_pull=replace(record.last_pull, handled=_marker(opened)))


def fingerprint(keys: Iterable[RowKey]) -> str:
    """Return a short name for a set of rows."""
    text = "\n".join(sorted(f"{key.kind} {key.incoming}" for key in keys))
    return hashlib.blake2b(text.encode(), digest_size=6).hexdigest()


def _held(record: SchoolRecord) -> HeldImport:
    if record.held is None:
        raise RefusedByState(
            _("Er is voor deze school geen import vastgehouden."), todo=_("Er hoeft hier niets te gebeuren.")
        )
    return record.held
