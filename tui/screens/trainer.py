"""The trainer's screen: the story so far, both ends in one picture, and the switches for time and moments."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterable
from typing import ClassVar

from rich.table import Table
from rich.text import Text
from textual import work
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.widget import Widget
from textual.widgets import Static

from core.errors import KoppeldeskError
from core.language import N_, _
from tui.coach import Coach, Ends, Now
from tui.screens.base import DeskScreen
from tui.screens.dialogs import AskDialog, ChooseDialog
from tui.widgets.story_line import headline


class TrainerScreen(DeskScreen):
    """Follow a scenario. Everything here happens on demo data."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("v", "go_on", N_("verder"), tooltip=N_("Naar de volgende stap")),
        Binding("h", "help_out", N_("voordoen"), tooltip=N_("Wat er nog van deze stap over is laten doen")),
        Binding("k", "choose", N_("kies"), tooltip=N_("Een scenario kiezen; de oefenwereld begint dan opnieuw")),
        Binding("n", "night", N_("nacht"), tooltip=N_("Een nacht voorbij laten gaan, met de nachtelijke run")),
        Binding("a", "august", N_("1 aug"), tooltip=N_("De klok op de volgende 1 augustus zetten")),
        Binding("b", "mark", N_("bewaar"), tooltip=N_("Dit moment bewaren, aan beide kanten")),
        Binding("t", "return", N_("terugzetten"), tooltip=N_("Beide kanten terugzetten op een bewaard moment")),
    ]
    HELP: ClassVar[str] = N_(
        "Een scenario vertelt stap voor stap wat er te doen is, in Koppeldesk en in ParnasSys. Doe het zelf: Koppeldesk "
        "merkt dat een stap gedaan is. v gaat verder, h doet de stap voor.\n\n"
        "De tabel laat zien wat beide kanten van de school weten. b bewaart dit moment; t zet beide kanten erop terug. "
        "Niets hier raakt echte gegevens."
    )

    BESIDE_STORY: ClassVar[bool] = False

    def __init__(self, coach: Coach) -> None:
        super().__init__()
        self.coach = coach
        self.telling = False
        """Whether a scenario is being told."""

    def check_action(self, action: str, _parameters: tuple[object, ...]) -> bool | None:
        """Without a scenario there is nothing to follow or to go back to; time passes all the same."""
        return self.telling or action not in ("go_on", "help_out", "mark", "return")

    def heading(self) -> str:
        """The name of the screen."""
        return _("Oefenen") + " · " + _("alleen oefengegevens")

    def body(self) -> Iterable[Widget]:
        """The story and the picture."""
        with VerticalScroll(id="trainer"):
            yield Static("", id="story", markup=False)
            yield Static("", id="ends", markup=False)

    def on_mount(self) -> None:
        """Show where the story is."""
        self.show()

    def show(self) -> None:
        """Draw the story and both ends as they are now."""
        now = self.attempt(self.coach.now)
        story, ends = self.query_one("#story", Static), self.query_one("#ends", Static)
        self.telling = now is not None
        self.refresh_keys()
        if now is None:
            story.update(
                Text(_("Er is nog geen scenario gekozen: k kiest er een. De tijd gaat ook zo verder: n en a."))
            )
            ends.update("")
            return
        where = Text.assemble((now.tale, "bold"), "\n", f"{now.school} · ParnasSys: {now.las}")
        parts = [where, Text(headline(now), "bold"), Text(now.text), Text(advice(now))]
        if now.number == 1:
            parts.insert(1, Text(now.story))
        story.update(Text("\n\n").join(parts))
        picture = self.attempt(self.coach.both_ends)
        if picture is not None:
            ends.update(drawn(picture))

    def busy(self, told: str) -> None:
        """Say that something takes a while."""
        self.query_one("#story", Static).update(Text(told))

    @work(exclusive=True, group="coach", exit_on_error=False)
    async def do(self, what: Callable[[], Awaitable[str | None]], *, home: bool = False) -> None:
        """Do something that takes a while; tell what came of it, or why it was refused."""
        self.app.clear_notifications()
        self.busy(_("Bezig…"))
        try:
            told = await what()
        except KoppeldeskError as error:
            self.explain(error)
            told = None
        if home:
            self.desk_app.session.desk = self.coach.desk
            self.desk_app.look_again()
        if told:
            self.notify(told)
        self.show()

    def action_go_on(self) -> None:
        """Go to the next step."""
        self.do(self.coach.go_on)

    def action_help_out(self) -> None:
        """Let the rest of this step be done."""
        self.do(self.coach.help_out)

    def action_night(self) -> None:
        """Let a night pass."""
        self.do(self.coach.night)

    def action_august(self) -> None:
        """Go to 1 August."""

        async def move() -> str:
            moment = await asyncio.to_thread(self.coach.august)
            return _("Het is nu {when}.").format(when=moment.strftime("%d-%m-%Y %H:%M"))

        self.do(move)

    def action_mark(self) -> None:
        """Keep this moment."""

        async def keep() -> str:
            now = self.coach.now()
            name = _("stap {n}").format(n=now.number) if now else _("begin")
            await asyncio.to_thread(self.coach.mark, name)
            return _("Bewaard als “{name}”.").format(name=name)

        self.do(keep)

    def action_return(self) -> None:
        """Choose a moment and go back to it."""
        moments = {name: name for name in self.coach.moments()}
        if not moments:
            self.notify(_("Er is nog geen moment bewaard: b bewaart dit moment."))
            return

        def chosen(name: str | None) -> None:
            if name is not None:
                self.do(lambda: in_thread(self.coach.back, name), home=True)

        self.app.push_screen(ChooseDialog(_("Terug naar welk moment?"), moments), chosen)

    def action_choose(self) -> None:
        """Choose a scenario."""
        tales = {tale.name: tale for tale in self.coach.tales()}

        def sure(name: str) -> Callable[[bool | None], None]:
            def answered(yes: bool | None) -> None:
                if yes:
                    self.do(lambda: in_thread(self.coach.choose, name), home=True)

            return answered

        def chosen(name: str | None) -> None:
            if name is not None:
                question = _("{title} beginnen? De oefenwereld begint opnieuw.").format(title=tales[name].title)
                self.app.push_screen(AskDialog(question, explanation=tales[name].story), sure(name))

        titles = {name: tale.title for name, tale in tales.items()}
        self.app.push_screen(ChooseDialog(_("Welk scenario?"), titles), chosen)


def advice(now: Now) -> str:
    """Return what the trainee can do on this screen."""
    if now.over:
        return _("Het scenario is uit: k kiest een ander.")
    if now.done:
        return _("Gedaan: v gaat naar de volgende stap.")
    if now.by_hand or now.who in ("trainer", "nacht"):
        return _("h laat dit gebeuren: kijk dan wat ervan komt. v gaat verder.")
    return _("Doe het zelf, of laat het voordoen met h.")


async def in_thread(what: Callable[[str], None], name: str) -> None:
    """Do something that waits for files and for the simulator, without holding up the screen."""
    await asyncio.to_thread(what, name)


def drawn(picture: Iterable[Ends]) -> Table:
    """Return both ends as a table; a sign and not only a colour says what differs."""
    table = Table(box=None, pad_edge=False, padding=(0, 3, 0, 0))
    for title in ("", "ParnasSys", "Koppeldesk", ""):
        table.add_column(title)
    for line in picture:
        table.add_row(line.what, line.las, line.desk, line.sign)
    return table
