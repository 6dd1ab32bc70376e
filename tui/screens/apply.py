"""Koppelen met LAS: the application form with the manual's fields, each with what is right or wrong about it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar

from textual import work
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, VerticalScroll
from textual.widget import Widget
from textual.widgets import Button, Input, Label, Static

from core.desk.checking import KIND, Application
from core.errors import KoppeldeskError
from core.language import N_, _
from core.linking.checks import CheckOutcome
from core.model import SchoolId, SchoolYear, Secret
from tui.screens.base import HELP_KEY_WHILE_TYPING, DeskScreen
from tui.screens.checks import drawn
from tui.screens.clearing import clear_numbers


class ApplyScreen(DeskScreen):
    """The form of one school."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+t", "check", N_("controleren"), priority=True, tooltip=N_("Alle controles, met proefverbinding")),
        Binding("ctrl+s", "apply", N_("aanvragen"), priority=True, tooltip=N_("De koppeling aanvragen")),
        Binding(
            "ctrl+w", "clear", N_("externe nummers wissen"), priority=True, tooltip=N_("Oude externe nummers leegmaken")
        ),
        HELP_KEY_WHILE_TYPING,
    ]
    HELP: ClassVar[str] = N_(
        "Controleer of de BRIN en het huidige schooljaar kloppen. Plak de net uit ParnasSys gekopieerde "
        "autorisatiesleutel bij autorisatiesleutel. SchoolKey blijft leeg!\n\nBelangrijk is dat bij het aanvragen van "
        "een nieuwe koppeling alle oude externe nummers van leerlingen en groepen leeg zijn. U kunt op de aangewezen "
        "knop drukken om dit voor u te doen. Hiermee worden geen toetsgegevens verwijderd!\n\nNadat u de koppeling hebt "
        "aangevraagd moet de klantenservice de aanvraag goedkeuren."
    )

    def __init__(self, school: SchoolId) -> None:
        super().__init__()
        self.school = school

    def heading(self) -> str:
        """What is filled in, and for whom."""
        return f"{self.school} {self.desk_app.name_of(self.school)} · " + _("koppelen met LAS")

    @property
    def year(self) -> SchoolYear:
        """The school year of today."""
        return SchoolYear.of(self.desk.office.clock.now().date())

    def body(self) -> Iterable[Widget]:
        """Fields, checks, buttons."""
        with VerticalScroll(id="form"):
            yield from self._field(_("Type koppeling"), Static(KIND, markup=False))
            yield from self._field("BRIN", Static(str(self.school), markup=False))
            yield from self._field(_("Schooljaar"), Input(str(self.year), id="year", restrict="[0-9-]*", max_length=9))
            key = Input(id="key", password=True, placeholder=_("plak hier de sleutel uit ParnasSys"))
            yield from self._field(_("Autorisatiesleutel"), key)
            empty = Static(_("blijft leeg: een school heet naar BRIN óf schoolkey"), classes="muted", markup=False)
            yield from self._field("SchoolKey", empty)
            with Horizontal(classes="form--buttons"):
                yield Button(_("Controleren (^t)"), id="check")
                yield Button(_("Koppeling aanvragen (^s)"), id="apply", variant="primary")
            yield Static("", id="outcomes", markup=False)

    def _field(self, label: str, widget: Widget) -> Iterable[Widget]:
        with Horizontal(classes="form--field"):
            yield Label(label, classes="form--label", markup=False)
            yield widget

    def on_mount(self) -> None:
        """Start where something has to be filled in."""
        self.desk_app.hush()
        self.query_one("#key", Input).focus()

    @property
    def application(self) -> Application:
        """The form as it is filled in now; a school year that cannot be read counts as none of today's."""
        try:
            year = SchoolYear.parse(self.query_one("#year", Input).value)
        except ValueError:
            year = SchoolYear(1)
        return Application(key=Secret(self.query_one("#key", Input).value), school_year=year)

    def on_button_pressed(self, event: Button.Pressed) -> None:
        """Do what the button says."""
        if event.button.id == "check":
            self.action_check()
        else:
            self.action_apply()

    def on_input_submitted(self) -> None:
        """Enter checks; it never applies by itself."""
        self.action_check()

    @work(exclusive=True)
    async def action_check(self) -> None:
        """Run every check, the live connection included."""
        self.tell(_("Bezig met controleren…"))
        try:
            outcomes = await self.desk.links.preview(self.actor, self.school, self.application)
        except KoppeldeskError as error:
            self.explain(error)
        else:
            self.show(outcomes)

    def action_apply(self) -> None:
        """Submit the application."""
        if self.attempt(lambda: self.desk.links.apply(self.actor, self.school, self.application)):
            self.app.notify(
                _("De aanvraag is ingediend. De klantenservice keurt haar goed of schrijft wat er niet klopt.")
            )
            self.dismiss(None)

    def action_clear(self) -> None:
        """Clear the old external numbers."""
        clear_numbers(self, self.school)

    def show(self, outcomes: Iterable[CheckOutcome]) -> None:
        """Show the outcome of every check."""
        self.query_one("#outcomes", Static).update(drawn(outcomes))

    def tell(self, text: str) -> None:
        """Show what is going on."""
        self.query_one("#outcomes", Static).update(text)
