"""A school: its whole course at a glance, the one next step, who must take it, and what can be done here."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import ClassVar

from textual import work
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.widget import Widget
from textual.widgets import Static

from core.errors import KoppeldeskError
from core.language import N_, _
from core.linking.course import Course
from core.linking.link import IMPORTING
from core.model import SchoolId
from tui.screens.dialogs import AskDialog, TellDialog, TypeDialog
from tui.screens.link_steps import StepScreen, next_step
from tui.screens.school_page import drawn, figures


class SchoolScreen(StepScreen):
    """The course of one school, and the way to everything else about it."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("i", "import", N_("gegevens importeren"), tooltip=N_("Ophalen uit ParnasSys en nakijken")),
        Binding("k", "link", N_("koppeling"), tooltip=N_("De volgende stap van de koppeling zetten")),
        Binding("r", "results", N_("resultaten"), tooltip=N_("Resultaten en hun status")),
        Binding("l", "pupils", N_("leerlingen"), tooltip=N_("Leerlingen beheren")),
        Binding("b", "mail", N_("berichten"), tooltip=N_("Berichten aan deze school")),
        Binding("g", "history", N_("geschiedenis"), tooltip=N_("Eerdere imports, en terugdraaien")),
        Binding("o", "log", N_("logboek"), tooltip=N_("Wie deed wat bij deze school")),
        Binding("u", "messages", N_("UWLR-berichten"), tooltip=N_("Wat er het laatst over de lijn ging")),
        Binding("w", "clear", N_("externe nummers"), tooltip=N_("Externe nummers wissen of terugzetten")),
        Binding("s", "reveal", N_("sleutel tonen"), tooltip=N_("De autorisatiesleutel tonen; wordt vastgelegd")),
        Binding("E", "end", N_("beëindigen"), tooltip=N_("De koppeling beëindigen")),
    ]
    HELP: ClassVar[str] = N_(
        "De loop van de koppeling: wat gedaan is, door wie en wanneer, en wat de volgende stap is.\n\n"
        "Om de koppeling te activeren, moet u zowel in ParnasSys als in Boom testcentrum de koppeling aanzetten. "
        "Met k zet u de volgende stap; wat de klantenservice voor een school doet, wordt zo vastgelegd.\n\n"
        "Er zijn geen kosten aan de koppeling verbonden, en zij werkt niet met terugwerkende kracht."
    )

    def __init__(self, school: SchoolId) -> None:
        super().__init__(school)
        self.course: Course | None = None

    def heading(self) -> str:
        """BRIN, name and place."""
        if self.page is None:
            return str(self.school)
        place = f", {self.page.school.place}" if self.page.school.place else ""
        return f"{self.school} {self.page.school.name}{place}"

    def aside(self) -> str:
        """The state of the link."""
        if self.page is None:
            return ""
        return _(self.page.link.state.value) if self.page.link else _("geen koppeling")

    def keys(self) -> Sequence[Binding]:
        """What can be done; as long as nothing can be imported, the next step of the link is what somebody came for."""
        shown = list(super().keys())
        if self.page is None or (self.page.link and self.page.link.state in IMPORTING):
            return shown
        step = next(key for key in shown if key.action == "link")
        return [replace(step, description=N_("volgende stap")), *(key for key in shown if key is not step)]

    def body(self) -> Iterable[Widget]:
        """The checklist, then figures."""
        with VerticalScroll(id="school"):
            yield Static("", id="course", markup=False)
            yield Static("", id="page", markup=False)

    def on_screen_resume(self) -> None:
        """Show the school as it is now: at the start, and when another screen was on top."""
        if self.comes_back():
            self.fill()

    def fill(self) -> None:
        """Show the school as it is now."""
        self.page = self.attempt(lambda: self.desk.schools.show(self.actor, self.school))
        if self.page is None:
            self.query_one("#page", Static).update(" " + _("De gegevens van deze school zijn nu niet te lezen."))
            return
        self.course = self.attempt(lambda: self.desk.links.course(self.actor, self.school))
        if self.course:
            self.query_one("#course", Static).update(drawn(self.course))
        self.query_one("#page", Static).update(figures(self.page))
        self.refresh_frame()

    # --- acts --------------------------------------------------------------------------------------------------------

    def action_import(self) -> None:
        """Open the review that is there, or fetch one."""
        from tui.screens.review import ReviewScreen

        if self.page is None:
            self.fill()
        elif self.page.held:
            from tui.screens.held import HeldScreen

            self.desk_app.open_screen(HeldScreen(self.school))
        elif self.page.open_review:
            self.desk_app.open_screen(ReviewScreen(self.school))
        else:
            self.pull()

    @work(exclusive=True)
    async def pull(self) -> None:
        """Fetch from ParnasSys, then open the review."""
        from core.desk.pulling import Empty, ReviewMade, ReviewRefreshed, Unchanged
        from tui.screens.review import ReviewScreen

        try:
            with self.meanwhile(_("Bezig met ophalen uit ParnasSys…")):
                outcome = await self.desk.imports.pull(self.actor, self.school)
        except KoppeldeskError as error:
            self.fill()
            if self.page is not None:  # else the same was told already
                self.explain(error)
            return
        match outcome:
            case ReviewMade() | ReviewRefreshed():
                self.desk_app.open_screen(ReviewScreen(self.school))
            case Unchanged() | Empty():
                self.notify(_("ParnasSys heeft niets nieuws."))
                self.fill()

    def action_link(self) -> None:
        """Take the next step of the course."""
        if self.page is None:
            self.fill()
        else:
            next_step(self)

    def action_results(self) -> None:
        """Show the results."""
        from tui.screens.results import ResultsScreen

        self.desk_app.open_screen(ResultsScreen(self.school))

    def action_pupils(self) -> None:
        """Show Leerlingen beheren."""
        from tui.screens.pupils import PupilsScreen

        self.desk_app.open_screen(PupilsScreen(self.school))

    def action_mail(self) -> None:
        """Show the letters to this school."""
        from tui.screens.mail import MailScreen

        self.desk_app.open_screen(MailScreen(self.school))

    def action_history(self) -> None:
        """Show earlier imports."""
        from tui.screens.history import HistoryScreen

        self.desk_app.open_screen(HistoryScreen(self.school))

    def action_log(self) -> None:
        """Show the log of this school."""
        from tui.screens.log import LogScreen

        self.desk_app.open_screen(LogScreen(self.school))

    def action_messages(self) -> None:
        """Show what went over the line last."""
        from tui.screens.messages import MessagesScreen

        self.desk_app.open_screen(MessagesScreen(self.school))

    def action_reveal(self) -> None:
        """Show the key, after asking: it is recorded."""

        def answered(yes: bool | None) -> None:
            if yes and (key := self.attempt(lambda: self.desk.links.reveal_key(self.actor, self.school))):
                self.app.push_screen(TellDialog(_("Autorisatiesleutel"), key))

        explanation = _("Dat u de sleutel bekeek, met naam en tijd, komt in het logboek.")
        self.app.push_screen(AskDialog(_("Sleutel tonen?"), explanation=explanation), answered)

    def action_end(self) -> None:
        """End the link, with a reason."""

        def typed(why: str | None) -> None:
            if why:
                self.done(lambda: self.desk.links.end(self.actor, self.school, why), _("De koppeling is beëindigd."))

        explanation = _("De sleutel wordt vernietigd; leerlingen en resultaten blijven. De school leest deze reden.")
        self.app.push_screen(TypeDialog(_("Waarom wordt de koppeling beëindigd?"), explanation=explanation), typed)

    def action_clear(self) -> None:
        """Clear the external numbers, or put them back."""
        from tui.screens.clearing import clear_numbers

        clear_numbers(self, self.school)
