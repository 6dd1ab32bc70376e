"""Gegevens importeren: three tabs, three categories, every row with its counterpart and how sure that is."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import ExitStack
from pathlib import Path
from typing import ClassVar

from textual import events, work
from textual.binding import BindingType
from textual.containers import Container
from textual.timer import Timer
from textual.widget import Widget
from textual.widgets import Input

from core.errors import KoppeldeskError
from core.importing.decisions import Category, GiveEmail, RowKey, Step
from core.importing.rows import Selection, Show
from core.importing.session import ReviewSession, email_is_fine
from core.language import _
from core.model import IncomingRef, Kind, LasKey, SchoolId
from tui.screens.base import DeskScreen
from tui.screens.dialogs import TypeDialog
from tui.screens.review_keys import HELP, KEYS
from tui.screens.saving import not_over_ssh, saved
from tui.widgets.review_head import TAB_NAMES, HeadFacts, ReviewHead
from tui.widgets.review_rows import ReviewRows, columns_of, group_of
from tui.widgets.row_detail import RowDetail
from tui.widgets.row_list import RowList

WIDE = 120
"""Columns from which the detail stands beside the list."""
REST = 0.1
"""Seconds after a key until the cursor is taken to rest."""
LOOK_FOR_OTHERS = 1.0
"""Seconds between looks at what colleagues decided."""


def wrong_with_email(text: str) -> str:
    """Say what is wrong with an e-mail address; empty when it is fine."""
    return "" if email_is_fine(text) else _("Dit is geen e-mailadres. Verbeter het.")


class ReviewScreen(DeskScreen):
    """The review of one school."""

    BINDINGS: ClassVar[list[BindingType]] = KEYS
    HELP: ClassVar[str] = HELP

    def __init__(self, school: SchoolId) -> None:
        super().__init__()
        self.school = school
        self.kind = Kind.PUPIL
        self.category: Category | None = None
        self.filter = Show.ALL
        self.group: LasKey | None = None
        self.search = ""
        self.session: ReviewSession | None = None
        self.left_at: dict[Kind, RowKey | None] = {}
        """Per tab the row where the cursor was."""
        self.over = False
        """Whether the review has ended and this screen is on its way out."""
        self.others: frozenset[str] = frozenset()
        """Who else is in this review."""
        self.present = ExitStack()
        self.rest: Timer | None = None
        """Runs while the detail waits for the cursor to rest."""

    # --- the frame ---------------------------------------------------------------------------------------------------

    def heading(self) -> str:
        """The school and what is done here."""
        return f"{self.school.brin} {self.desk_app.name_of(self.school)} · " + _("gegevens importeren")

    def aside(self) -> str:
        """When the data came in, and whether it is whole."""
        if self.session is None:
            return ""
        roster = self.session.review.roster
        whole = _("volledig") if roster.completeness.whole else _("niet volledig")
        when = roster.received.strftime("%d-%m %H:%M")
        return _("opgehaald {when}, {whole}").format(when=when, whole=whole)

    def body(self) -> Iterable[Widget]:
        """Tabs and categories, the list, and the detail of the row under the cursor."""
        yield ReviewHead()
        with Container(id="review"):
            yield RowList(columns_of(self.kind), id="rows")
            yield RowDetail(id="detail")
        yield Input(placeholder=_("Zoek op naam, geboortedatum of nummer; esc wist"), id="search")

    def on_mount(self) -> None:
        """Open the review where this person was, and keep looking for what colleagues decide."""
        self.query_one("#search", Input).display = False
        self.session = self.attempt(lambda: self.desk.imports.open(self.actor, self.school))
        if self.session is None:
            return
        self.attempt(lambda: self.present.enter_context(self.desk.presence.enter(self.actor, self.school)))
        here = self.session.place_of(self.actor.name)
        if here is not None:
            self.kind = here.kind
        self.refresh_frame()
        self.query_one(RowList).set_columns(columns_of(self.kind))
        self.query_one(RowList).focus()
        self.draw(keep=here)
        self.set_interval(LOOK_FOR_OTHERS, self.look_for_others)

    def on_resize(self, event: events.Resize) -> None:
        """Put the detail beside the list where there is room."""
        self.query_one("#review").set_class(event.size.width >= WIDE, "wide")

    def on_unmount(self) -> None:
        """Be here no longer."""
        self.present.close()

    def draw(self, *, keep: RowKey | None = None) -> None:
        """Show the list as it is now; the cursor stays on its row, or where it was."""
        if self.session is None:
            return
        keys = self.session.keys(
            Selection(kind=self.kind, category=self.category, show=self.filter, group=self.group, search=self.search)
        )
        row_list = self.query_one(RowList)
        keep_key = keep.incoming if keep else row_list.current_key
        row_list.show(ReviewRows(self.kind, keys, self.session.row), keep=keep_key)
        self.draw_detail()
        self.draw_head()

    def draw_head(self) -> None:
        """Show the counts as they are now."""
        session = self.session
        if session is None:
            return
        names = dict(session.groups())
        others = self.others | session.company(self.actor.name, self.desk.office.clock.now()).keys()
        self.query_one(ReviewHead).say(
            HeadFacts(
                counts={kind: session.counts(kind) for kind in Kind},
                kind=self.kind,
                category=self.category,
                show=self.filter,
                search=self.search,
                group=names.get(self.group, "") if self.group else "",
                company=_("ook hier: {names}").format(names=", ".join(sorted(others))) if others else "",
            )
        )

    def on_row_list_moved(self) -> None:
        """Let the detail follow when the cursor rests: a key held down must not send every row's over a slow line."""
        if self.rest is not None:
            self.rest.stop()
        self.rest = self.set_timer(REST, self.draw_detail)

    def draw_detail(self) -> None:
        """Show the detail of the row under the cursor."""
        if self.rest is not None:
            self.rest.stop()
            self.rest = None
        if self.session:
            here = self.here
            self.query_one(RowDetail).show(self.session.detail(here) if here and here in self.session else None)

    def key_of(self, incoming: str) -> RowKey:
        """Return the identity of a row of this tab."""
        return RowKey(self.kind, IncomingRef(incoming))

    @property
    def here(self) -> RowKey | None:
        """The row under the cursor."""
        key = self.query_one(RowList).current_key
        return None if key is None else self.key_of(key)

    @property
    def chosen(self) -> list[RowKey]:
        """The marked rows, or the one under the cursor."""
        return [self.key_of(key) for key in self.query_one(RowList).chosen_keys]

    # --- deciding ----------------------------------------------------------------------------------------------------

    def decide(self, *steps: Step) -> None:
        """Store these steps as one act, then show what they changed."""
        session = self.session
        if session is None or not steps:
            return
        decided = self.attempt(lambda: self.desk.imports.decide(self.actor, session, steps))
        if decided is None:
            return
        if decided.overtaken:
            names = ", ".join(decided.by_others)
            self.notify(_("{names} besliste hier intussen; jouw keuze staat ernaast.").format(names=names))
        self.query_one(RowList).clear_marks()
        self.draw()

    def action_place(self, category: str) -> None:
        """Move the chosen rows to a category."""
        if session := self.session:
            self.decide(*(session.moved(key, Category(category)) for key in self.chosen))

    def action_agree(self) -> None:
        """Confirm what is proposed for the chosen rows."""
        if session := self.session:
            self.decide(*session.proposal_steps(self.chosen))

    def action_not_same(self) -> None:
        """Say that the row and its counterpart are not the same."""
        session, key = self.session, self.here
        if session and key and (existing := session.row(key).existing):
            self.decide(*session.not_same(key, existing.id))

    def action_skip_group(self) -> None:
        """Do not import a group, nor its pupils."""
        if (session := self.session) and self.kind is Kind.GROUP and (key := self.here):
            self.decide(*session.group_switched(key))

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
            self.draw()

    def action_link(self) -> None:
        """Choose by hand what a row is linked to: straight back here afterwards."""
        from tui.screens.link_by_hand import LinkByHandScreen

        session, key = self.session, self.here
        if session is None or key is None:
            return

        def chosen(existing: str | None) -> None:
            if existing is not None:
                self.decide(session.moved(key, Category.EXISTING, existing))

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

    # --- looking -----------------------------------------------------------------------------------------------------

    def look_for_others(self) -> None:
        """Take in what colleagues decided meanwhile."""
        session = self.session
        if session is None or self.over or self.app.screen is not self:
            return
        news = self.attempt(lambda: self.desk.imports.news(self.actor, session))
        if news is None:
            return
        if news.ended is not None:
            self.notify(_("Deze import is {how} door {name}.").format(how=_(news.ended.value), name=news.ended_by))
            if news.late:
                late = _("Uw laatste keuzes ({n}) kwamen te laat en zijn niet meegenomen.")
                self.notify(late.format(n=news.late), severity="warning")
            self.leave()
            return
        if news.refreshed:
            self.notify(_("Nieuwere gegevens uit ParnasSys; keuzes die nog gelden zijn gebleven."))
            self.draw()
        elif news.changed:
            self.draw()
        self.meet_others()

    def meet_others(self) -> None:
        """Show who else came in or left."""
        others = self.attempt(lambda: self.desk.presence.others(self.actor, self.school))
        if others is not None and others != self.others:
            self.others = others
            self.draw_head()

    def action_tab(self, kind: str) -> None:
        """Go to a tab."""
        self.left_at[self.kind] = self.here
        self.kind, self.group, self.category = Kind(kind), None, None
        row_list = self.query_one(RowList)
        row_list.clear_marks()
        row_list.set_columns(columns_of(self.kind))
        row_list.go_to(0)
        self.draw(keep=self.left_at.get(self.kind))

    def action_category(self, category: str) -> None:
        """Show one category, or all."""
        self.category = Category(category) if category else None
        self.draw()

    def action_next_category(self, step: int) -> None:
        """Go through the categories."""
        order = (None, Category.NEW, Category.EXISTING, Category.SKIP)
        self.category = order[(order.index(self.category) + step) % len(order)]
        self.draw()

    def action_filter(self) -> None:
        """Go through the filters."""
        order = (Show.ALL, Show.DOUBT, Show.CHANGED, Show.PROBLEM)
        self.filter = order[(order.index(self.filter) + 1) % len(order)]
        self.draw()

    def action_one_group(self) -> None:
        """Show only the group of this row, or everything again."""
        if self.group is not None or self.session is None:
            self.group = None
        elif key := self.here:
            self.group = group_of(self.session, key)
        self.draw()

    def action_next_doubt(self, step: int) -> None:
        """Go to the next row that a person must look at, over all tabs."""
        session = self.session
        if session is None:
            return
        order = [key for kind in Kind for key in session.keys(Selection(kind=kind))]
        waiting = [key for key in order if session.standing(key).doubt or session.standing(key).problem]
        if not waiting:
            self.notify(_("Geen twijfel en geen problemen meer: i voor de samenvatting."))
            return
        place = {key: number for number, key in enumerate(order)}
        now = place.get(self.here, -1) if self.here else -1
        ahead = [key for key in waiting if (place[key] - now) * step > 0]
        self.jump((ahead[0] if step > 0 else ahead[-1]) if ahead else (waiting[0] if step > 0 else waiting[-1]))

    def jump(self, key: RowKey) -> None:
        """Show a row wherever it is; what would hide it is let go."""
        if key.kind is not self.kind:
            self.action_tab(key.kind.value)
        if self.session and key in self.session:
            row = self.session.row(key)
            if self.category not in (None, row.category):
                self.category = None
            if not self._in_sight(key):
                self.filter, self.group, self.search = Show.ALL, None, ""
        self.draw(keep=key)

    def _in_sight(self, key: RowKey) -> bool:
        return self.session is not None and key in self.session.keys(
            Selection(kind=self.kind, category=self.category, show=self.filter, group=self.group, search=self.search)
        )

    def action_search(self) -> None:
        """Search as you type."""
        box = self.query_one("#search", Input)
        box.display = True
        box.value = self.search
        box.focus()

    def on_input_changed(self, event: Input.Changed) -> None:
        """Narrow the list to what was typed."""
        if event.input.id == "search" and event.value != self.search:
            self.search = event.value
            self.draw()

    def on_input_submitted(self) -> None:
        """Back to the list, narrowed."""
        self.query_one("#search", Input).display = False
        self.query_one(RowList).focus()

    def action_back(self) -> None:
        """Let go of the search first; then leave: every decision is kept."""
        box = self.query_one("#search", Input)
        if box.display or self.search:
            box.display = False
            self.search = ""
            self.query_one(RowList).focus()
            self.draw()
        else:
            super().action_back()

    # --- on to the summary -------------------------------------------------------------------------------------------

    def leave(self) -> None:
        """Leave once: summary and log may both tell of the end, and the school below must stay."""
        if not self.over:
            self.over = True
            self.dismiss(None)

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
            match outcome:
                case Outcome.COMMITTED:
                    self.app.notify(_("De gegevens staan in het testcentrum. De resultaten gaan voortaan elke nacht."))
                    self.leave()
                case Outcome.DISCARDED:
                    self.app.notify(_("De import is afgebroken; er is niets overgenomen."))
                    self.leave()
                case None:
                    self.look_for_others()

        self.app.push_screen(SummaryScreen(self.school, summary), left)

    def action_problems(self) -> None:
        """List what must be put right or looked at first; choosing one goes to its row."""
        from tui.screens.problems import ProblemsScreen

        if self.session is None:
            return

        def chosen(key: RowKey | None) -> None:
            if key is not None:
                self.jump(key)

        self.app.push_screen(ProblemsScreen(self.session), chosen)

    @work(exclusive=True)
    async def action_refresh_data(self) -> None:
        """Fetch from ParnasSys again; decisions that still apply are kept."""
        self.notify(_("Bezig met ophalen uit ParnasSys…"))
        try:
            await self.desk.imports.pull(self.actor, self.school)
        except KoppeldeskError as error:
            self.explain(error)
        else:
            self.look_for_others()
            self.refresh_frame()

    def action_save(self) -> None:
        """Save the list as it is shown to a CSV file; over SSH there is nowhere to put it."""
        rows = self.query_one(RowList).rows
        if self.session is None or not isinstance(rows, ReviewRows):
            return
        if self.actor.fingerprint:
            self.explain(not_over_ssh(self.school))
            return

        def typed(path: str | None) -> None:
            if path is not None and (told := self.attempt(lambda: saved(rows, Path(path).expanduser()))):
                self.notify(told)

        name = f"{self.school.brin}-{_(TAB_NAMES[self.kind]).lower()}.csv"
        explanation = _("Met de kolommen en het filter van het scherm; opent in Excel.")
        self.app.push_screen(TypeDialog(_("Opslaan als CSV"), explanation=explanation, value=name), typed)
