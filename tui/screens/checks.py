"""The checks that customer service sees before it decides, each with its outcome and what to do about it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable
from typing import ClassVar

from rich.table import Table
from textual import work
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.widget import Widget
from textual.widgets import Static

from core.errors import KoppeldeskError
from core.language import N_, _
from core.linking.checks import CheckOutcome, Outcome
from core.model import SchoolId
from tui.screens.base import DeskScreen
from tui.screens.dialogs import TypeDialog

SIGNS = {Outcome.GOOD: "✓", Outcome.BAD: "✗", Outcome.UNKNOWN: "?"}


class ChecksScreen(DeskScreen):
    """An application, or the check of a new school year."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("g", "approve", N_("goedkeuren"), tooltip=N_("De aanvraag goedkeuren")),
        Binding("a", "reject", N_("afwijzen"), tooltip=N_("Afwijzen, met een reden die de school leest")),
        Binding("c", "check", N_("opnieuw controleren"), tooltip=N_("Alle controles opnieuw, met proefverbinding")),
    ]
    HELP: ClassVar[str] = N_(
        "Als alle velden correct zijn ingevuld wordt de aanvraag goedgekeurd. De koppeling is dan definitief gelegd: maar "
        "de school moet nog wel de groeps-, medewerker- en leerlinggegevens importeren.\n\nAfwijzen vraagt om een reden; "
        "de school leest die in haar mail, kan verbeteren en opnieuw indienen."
    )

    def __init__(self, school: SchoolId, *, new_year: bool = False) -> None:
        super().__init__()
        self.school = school
        self.new_year = new_year

    def heading(self) -> str:
        """What is checked."""
        what = _("schooljaar controleren") if self.new_year else _("aanvraag beoordelen")
        return f"{self.school} {self.desk_app.name_of(self.school)} · {what}"

    def body(self) -> Iterable[Widget]:
        """The outcomes."""
        with VerticalScroll():
            yield Static("", id="outcomes", markup=False)

    def on_mount(self) -> None:
        """Check at once."""
        self.action_check()

    def check_action(self, action: str, _parameters: tuple[object, ...]) -> bool | None:
        """A new school year asks for a check, not for a decision."""
        return not (self.new_year and action in ("approve", "reject"))

    @work(exclusive=True)
    async def action_check(self) -> None:
        """Run every check."""
        links = self.desk.links
        run: Callable[..., Awaitable[tuple[CheckOutcome, ...]]] = links.new_year if self.new_year else links.check
        self.query_one("#outcomes", Static).update(_("Bezig met controleren…"))
        try:
            outcomes = await run(self.actor, self.school)
        except KoppeldeskError as error:
            self.explain(error)
        else:
            self.query_one("#outcomes", Static).update(drawn(outcomes))

    def action_approve(self) -> None:
        """Approve; a check that could not be done asks for a reason."""
        self.approve("")

    @work(exclusive=True)
    async def approve(self, why: str) -> None:
        """Approve the application."""
        try:
            await self.desk.links.approve(self.actor, self.school, why)
        except KoppeldeskError as error:
            self.explain(error)
        else:
            self.app.notify(_("De aanvraag is goedgekeurd; de beheerders krijgen bericht."))
            self.dismiss(None)

    def action_reject(self) -> None:
        """Reject with a reason."""

        def typed(why: str | None) -> None:
            if why and self.attempt(lambda: self.desk.links.reject(self.actor, self.school, why)):
                self.app.notify(_("De aanvraag is afgewezen; de school leest de reden in haar mail."))
                self.dismiss(None)

        self.app.push_screen(TypeDialog(_("Waarom wordt de aanvraag afgewezen?")), typed)


def drawn(outcomes: Iterable[CheckOutcome]) -> Table:
    """Draw each check: sign, name, what was found, and what to do; what is too long goes on below its place."""
    table = Table.grid(padding=(0, 1, 0, 0))
    for width in (2, 22, 1):
        table.add_column(width=width)
    table.add_column()
    for outcome in outcomes:
        style = "" if outcome.outcome is Outcome.GOOD else "bold"
        table.add_row(f" {SIGNS[outcome.outcome]}", _(outcome.check.value), "", outcome.finding, style=style)
        if outcome.remedy:
            table.add_row("", "", "→", outcome.remedy)
    return table
