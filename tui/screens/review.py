"""Deciding in a review: every key is stored at once, colleagues' decisions come in, and the summary ends it."""

from __future__ import annotations

from contextlib import ExitStack, suppress
from typing import TYPE_CHECKING, ClassVar

from textual import work
from textual.binding import BindingType

from core.errors import KoppeldeskError
from core.importing.decisions import Category, GiveEmail, Step
from core.importing.session import email_is_fine
from core.language import _
from core.model import Kind, SchoolId
from tui.screens.dialogs import TypeDialog
from tui.screens.review_keys import HELP, KEYS
from tui.screens.review_look import ReviewLook
from tui.screens.saving import save_as_csv
from tui.widgets.review_head import TAB_NAMES
from tui.widgets.review_rows import ReviewRows

if TYPE_CHECKING:
    from tui.screens.summary import SummaryScreen

LOOK_FOR_OTHERS = 1.0
"""Seconds between looks at what colleagues decided."""


def wrong_with_email(text: str) -> str:
    """Say what is wrong with an e-mail address; empty when it is fine."""
    return "" if email_is_fine(text) else _("Dit is geen e-mailadres. Verbeter het.")


class ReviewScreen(ReviewLook):
    """The review of one school."""

    BINDINGS: ClassVar[list[BindingType]] = KEYS
    HELP: ClassVar[str] = HELP

    def __init__(self, school: SchoolId) -> None:
        super().__init__(school)
        self.over = False
        """Whether the review has ended and this screen is on its way out."""
        self.summary: SummaryScreen | None = None
        """The summary while it is on top."""
        self.present = ExitStack()

    def on_mount(self) -> None:
        """Open the review, to be looked at, and keep looking for what colleagues decide."""
        self.session = self.attempt(lambda: self.desk.imports.open(self.actor, self.school))
        if self.session is not None:
            self.attempt(lambda: self.present.enter_context(self.desk.presence.enter(self.actor, self.school)))
            self.set_interval(LOOK_FOR_OTHERS, self.look_for_others)

    def check_action(self, action: str, _parameters: tuple[object, ...]) -> bool | None:
        """Only a teacher needs an address, and only a group takes its pupils along."""
        return {"email": Kind.TEACHER, "skip_group": Kind.GROUP}.get(action, self.kind) is self.kind

    def on_unmount(self) -> None:
        """Be here no longer; the work list learns what is left to do."""
        self.present.close()
        if self.session is not None:
            with suppress(KoppeldeskError):
                self.desk.imports.leave(self.actor, self.session)

    # --- deciding ----------------------------------------------------------------------------------------------------

    def decide(self, *steps: Step) -> None:
        """Store these steps as one act, then show what they changed."""
        session = self.session
        if session is None or not steps:
            return
        decided = self.attempt(lambda: self.desk.imports.decide(self.actor, session, steps))
        if decided is None:
            self.fill()  # why it was refused may have come in along with it
            return
        if decided.overtaken:
            names = ", ".join(decided.by_others)
            self.notify(_("{names} besliste hier intussen; uw keuze staat ernaast.").format(names=names))
        self.rows.clear_marks()
        self.fill()

    def action_place(self, category: str) -> None:
        """Move the chosen rows to a category."""
        if session := self.session:
            self.decide(*(session.steps.moved(key, Category(category)) for key in self.chosen))

    def action_agree(self) -> None:
        """Confirm what is proposed for the chosen rows."""
        if session := self.session:
            self.decide(*session.steps.confirmed(self.chosen))

    def action_not_same(self) -> None:
        """Say that the row and its counterpart are not the same."""
        session, key = self.session, self.here
        if session and key and (existing := session.row(key).existing):
            self.decide(*session.steps.not_same(key, existing.id))

    def action_skip_group(self) -> None:
        """Do not import a group, nor its pupils."""
        if (session := self.session) and self.kind is Kind.GROUP and (key := self.here):
            self.decide(*session.steps.group_switched(key))

    def action_undo(self) -> None:
        """Take back the last act."""
        self._switch(undone=True)

    def action_redo(self) -> None:
        """Do again what was taken back."""
        self._switch(undone=False)

    def _switch(self, *, undone: bool) -> None:
        session = self.session
        if session is None:
            return
        imports = self.desk.imports
        work = imports.undo if undone else imports.redo
        decided = self.attempt(lambda: work(self.actor, session))
        if decided is None:
            return
        if decided.nothing_to_do:
            self.notify(_("Er is niets om terug te nemen.") if undone else _("Er is niets om opnieuw te doen."))
        elif decided.changed and self.here not in decided.changed:
            self.jump(min(decided.changed))
        else:
            self.fill()

    def action_link(self) -> None:
        """Choose by hand what a row is linked to: straight back here afterwards."""
        from tui.screens.link_by_hand import LinkByHandScreen

        session, key = self.session, self.here
        if session is None or key is None:
            return

        def chosen(existing: str | None) -> None:
            if existing is not None:
                self.decide(session.steps.moved(key, Category.EXISTING, existing))

        self.app.push_screen(LinkByHandScreen(session, key), chosen)

    def action_email(self) -> None:
        """Fill in the e-mail address of a teacher."""
        session, key = self.session, self.here
        if session is None or key is None or key.kind is not Kind.TEACHER:
            return
        row = session.row(key)

        def typed(email: str | None) -> None:
            if email is not None:
                self.decide(GiveEmail(incoming=key.incoming, email=email))

        question = _("E-mailadres van {name}").format(name=row.title)
        self.app.push_screen(TypeDialog(question, value=row.email, wrong_with=wrong_with_email), typed)

    # --- colleagues --------------------------------------------------------------------------------------------------

    def look_for_others(self) -> None:
        """Take in what colleagues decided meanwhile."""
        session, summary = self.session, self.summary
        in_sight = self.app.screen is (summary or self) and not (summary and summary.busy)
        if session is None or self.over or not in_sight:
            return
        news = self.attempt(lambda: self.desk.imports.news(self.actor, session))
        if news is None:
            return
        if summary and (news.ended or news.refreshed or news.changed):
            summary.dismiss(None)  # what it sums up no longer holds
        if news.ended is not None:
            self.notify(_("Deze import is {how} door {name}.").format(how=_(news.ended.value), name=news.ended_by))
            if news.late:
                late = _("Uw laatste keuzes ({n}) kwamen te laat en zijn niet meegenomen.")
                self.notify(late.format(n=news.late), severity="warning")
            self.leave()
            return
        if news.refreshed:
            self.notify(_("Nieuwere gegevens uit ParnasSys; keuzes die nog gelden zijn gebleven."))
            self.fill()
        elif news.changed:
            if summary:
                told = _("{names} besliste hier intussen iets; bekijk de samenvatting opnieuw.")
                self.notify(told.format(names=", ".join(news.by)))
            self.fill()
        self.meet_others()

    def meet_others(self) -> None:
        """Show who else came in or left."""
        others = self.attempt(lambda: self.desk.presence.others(self.actor, self.school))
        if others is not None and others != self.others:
            self.others = others
            self.draw_head()

    def leave(self) -> None:
        """Leave once: summary and log may both tell of the end, and the school below must stay."""
        if not self.over and self.is_attached:
            self.over = True
            self.dismiss(None)

    # --- on to the summary -------------------------------------------------------------------------------------------

    def action_summary(self) -> None:
        """Go to the summary Gegevens overnemen; while something blocks, show what."""
        from tui.screens.summary import Outcome, SummaryScreen

        summary = self.attempt(lambda: self.desk.imports.summary(self.actor, self.school))
        if summary is None:
            return
        if not summary.ready:
            self.action_problems()
            return

        def left(outcome: Outcome | None) -> None:
            self.summary = None
            match outcome:
                case Outcome.COMMITTED:
                    self.app.notify(_("De gegevens staan in het testcentrum. De resultaten gaan voortaan elke nacht."))
                    self.leave()
                case Outcome.DISCARDED:
                    self.app.notify(_("De import is afgebroken; er is niets overgenomen."))
                    self.leave()
                case None:
                    self.look_for_others()

        self.summary = SummaryScreen(self.school, summary)
        self.app.push_screen(self.summary, left)

    @work(exclusive=True)
    async def action_refresh_data(self) -> None:
        """Fetch from ParnasSys again; decisions that still apply are kept."""
        from core.desk.pulling import Empty, Unchanged

        try:
            with self.meanwhile(_("Bezig met ophalen uit ParnasSys…")):
                outcome = await self.desk.imports.pull(self.actor, self.school)
        except KoppeldeskError as error:
            self.explain(error)
        else:
            if isinstance(outcome, Unchanged | Empty):
                self.notify(_("ParnasSys heeft niets nieuws."))
            self.look_for_others()
            self.refresh_frame()

    def action_save(self) -> None:
        """Save the list as it is shown to a CSV file."""
        if isinstance(rows := self.rows.rows, ReviewRows):
            save_as_csv(self, self.school, rows, name=_(TAB_NAMES[self.kind]).lower())
