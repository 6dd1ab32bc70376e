"""The use cases of the link: request, open, apply, check, decide, renew, end (workflow.md §2)."""

from __future__ import annotations

from dataclasses import replace

from core.desk.actor import Act, Actor
from core.desk.checking import Application, Checker, refuse_bad, refuse_unchecked, with_key
from core.desk.numbers import NumbersDesk
from core.desk.office import Office
from core.desk.transitions import moved, step, transition
from core.errors import KoppeldeskError
from core.language import N_
from core.linking.checks import Check, CheckOutcome, marks, not_good
from core.linking.course import Course, course
from core.linking.keys import clean_key
from core.linking.link import Link, LinkState, Move
from core.linking.numbers import numbers_in_the_way
from core.linking.trouble import after_call
from core.model import LinkAddress, SchoolId, Secret
from core.record import SchoolRecord


class LinkDesk(NumbersDesk):
    """Every act on a link. Each asks for one Act, writes its audit line, and moves only along the drawing."""

    def __init__(self, office: Office) -> None:
        super().__init__(office)
        self._checker = Checker(office)

    def course(self, actor: Actor, school: SchoolId) -> Course:
        """Return the checklist of the school: done by whom and when, the next step, and who must do it."""
        record = self._office.record(actor, Act.LOOK, school)
        ledger = self._office.store.ledger(school).read()
        externals = numbers_in_the_way(record.link, record.register)
        return course(record.link, first_night=ledger.first_confirmed, externals=externals)

    def request(self, actor: Actor, school: SchoolId, why: str = "") -> Link:
        """The school asks for the link (workflow.md §2.1); the letter confirms it."""

        return self._move(actor, Act.REQUEST_LINK, school, Move.REQUEST, why=why)

    def open(self, actor: Actor, school: SchoolId) -> Link:
        """Customer service opened the link in ParnasSys, which UWLR has no call for (workflow.md §2.2).

        In a demo this very act opens it there; TryLater when the simulator does not answer.
        """
        with transition(self._office, actor, Act.OPEN_LINK, school) as draft:
            link = moved(self._office, actor, Act.OPEN_LINK, draft.value, Move.OPEN)
            if self._office.supplier:
                self._office.supplier.open(school)
            draft.value = step(self._office, actor, Act.OPEN_LINK, draft.value, link)
        return link

    def refuse(self, actor: Actor, school: SchoolId, why: str) -> Link:
        """Customer service refuses the request; the school reads the reason."""

        return self._move(actor, Act.OPEN_LINK, school, Move.REFUSE, why=why)

    async def preview(self, actor: Actor, school: SchoolId, form: Application) -> tuple[CheckOutcome, ...]:
        """Run every check on the form as it is filled in now, the live connection included; nothing is stored."""
        return await self._checker.run(self._office.record(actor, Act.APPLY_LINK, school), form)

    def apply(self, actor: Actor, school: SchoolId, form: Application) -> Link:
        """Submit the application (workflow.md §2.4).

        Raises UnreadableInput when a field cannot be right, RefusedByState when it is not the time for it or when
        external numbers still have to be cleared.
        """
        with transition(self._office, actor, Act.APPLY_LINK, school) as draft:
            link = moved(self._office, actor, Act.APPLY_LINK, draft.value, Move.APPLY)
            outcomes = self._checker.form(draft.value, form)
            refuse_bad(outcomes)
            link = replace(self._with_key(link, school, form.key), school_year=form.school_year, checks=outcomes)
            draft.value = step(self._office, actor, Act.APPLY_LINK, draft.value, link)
        return link

    async def check(self, actor: Actor, school: SchoolId) -> tuple[CheckOutcome, ...]:
        """Run and keep every check of workflow.md §2.5, the live connection test included.

        Raises RefusedByState when there is no application to check.
        """
        record = self._office.record(actor, Act.APPLY_LINK, school)
        checked = with_key(record).sealed_key
        outcomes = await self._checker.run(record, self._checker.kept(record))
        with transition(self._office, actor, Act.APPLY_LINK, school) as draft:
            now = draft.value.link
            # Only what was checked is marked as checked: with a key renewed meanwhile it is another application.
            if now and now.sealed_key == checked:
                draft.value = replace(draft.value, link=replace(now, checks=outcomes))
            self._office.note(actor, Act.APPLY_LINK, school, subject=N_("controles"), why=marks(outcomes))
        return outcomes

    async def approve(self, actor: Actor, school: SchoolId, why: str = "") -> Link:
        """Approve the application after running every check once more (workflow.md §2.5).

        Raises RefusedByState when a check came out bad, or when one could not be done and no reason was given.
        """
        record = self._office.record(actor, Act.DECIDE_LINK, school)
        if record.link and record.link.state is LinkState.SUBMITTED:
            await self.check(actor, school)

        with transition(self._office, actor, Act.DECIDE_LINK, school) as draft:
            link = moved(self._office, actor, Act.DECIDE_LINK, draft.value, Move.APPROVE, why)
            refuse_unchecked(link.checks, why)
            draft.value = step(self._office, actor, Act.DECIDE_LINK, draft.value, link, why)
        return link

    def reject(self, actor: Actor, school: SchoolId, why: str) -> Link:
        """Reject the application with a reason that the school reads in its letter; it can correct and apply again."""

        return self._move(actor, Act.DECIDE_LINK, school, Move.REJECT, why=why)

    def renew_key(self, actor: Actor, school: SchoolId, key: Secret) -> Link:
        """Put a new key in place without losing the link (workflow.md §2.7)."""
        with transition(self._office, actor, Act.RENEW_KEY, school) as draft:
            link = moved(self._office, actor, Act.RENEW_KEY, draft.value, Move.RENEW_KEY)
            form = Application(key=key, school_year=self._checker.current_year)
            refuse_bad(o for o in self._checker.form(draft.value, form) if o.check is Check.KEY_FORM)
            link = replace(self._with_key(link, school, key), checks=())
            draft.value = step(self._office, actor, Act.RENEW_KEY, draft.value, link)
        return link

    async def new_year(self, actor: Actor, school: SchoolId) -> tuple[CheckOutcome, ...]:
        """Check the link for the school year of today (workflow.md §2.7); the year is noted when nothing is wrong."""
        record = self._office.record(actor, Act.RENEW_KEY, school)
        year = self._checker.current_year
        with transition(self._office, actor, Act.RENEW_KEY, school) as draft:
            moved(self._office, actor, Act.RENEW_KEY, draft.value, Move.NEW_YEAR)
        outcomes = await self._checker.run(record, replace(self._checker.kept(record), school_year=year))
        if not not_good(outcomes):
            with transition(self._office, actor, Act.RENEW_KEY, school) as draft:
                link = moved(self._office, actor, Act.RENEW_KEY, draft.value, Move.NEW_YEAR, str(year))
                link = replace(link, school_year=year)
                draft.value = step(self._office, actor, Act.RENEW_KEY, draft.value, link, str(year))
        return outcomes

    def end(self, actor: Actor, school: SchoolId, why: str) -> Link:
        """End the link; its key is destroyed, what was imported and sent stays."""
        return self._move(actor, Act.END_LINK, school, Move.END, why=why)

    def reveal_key(self, actor: Actor, school: SchoolId) -> str:
        """Return the key itself; that it was shown, and to whom, is recorded first."""
        record = self._office.record(actor, Act.REVEAL_KEY, school)
        link = with_key(record)
        self._office.note(actor, Act.REVEAL_KEY, school)
        return self._office.vault.open(school, link.sealed_key)

    def report_call(self, actor: Actor, school: SchoolId, error: KoppeldeskError | None) -> None:
        """Tell how a call to ParnasSys went: a refusal disturbs the link, the next success mends it (§2.6)."""
        with transition(self._office, actor, Act.REVIEW, school) as draft:
            link = draft.value.link
            if link is None:
                return
            after = after_call(link, error, at=self._office.clock.now(), by=actor.name)
            if after is not link:
                draft.value = step(self._office, actor, Act.REVIEW, draft.value, after, after.cause)

    def address(self, record: SchoolRecord) -> LinkAddress:
        """Return what a UWLR call needs to know; RefusedByState when there is no key."""
        kept = self._checker.kept(record)
        return LinkAddress(school=record.school.id, school_year=self._checker.current_year, key=kept.key)

    def _move(self, actor: Actor, act: Act, school: SchoolId, what: Move, *, why: str = "") -> Link:
        with transition(self._office, actor, act, school) as draft:
            link = moved(self._office, actor, act, draft.value, what, why)
            draft.value = step(self._office, actor, act, draft.value, link, why)
        return link

    def _with_key(self, link: Link, school: SchoolId, key: Secret) -> Link:
        clean = Secret(clean_key(key.reveal()))
        return replace(link, sealed_key=self._office.vault.seal(school, clean.reveal()), key_tail=clean.masked)
