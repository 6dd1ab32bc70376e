"""One result typed in by hand: which test, when, how many right; normed and kept as a result from a file is."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.containers import Horizontal, VerticalScroll
from textual.widget import Widget
from textual.widgets import Button, Input, Label, Select, Static

from core.language import N_, _
from core.model import Pupil, SchoolId
from core.scores.definition import Test
from tui.screens.base import HELP_KEY_WHILE_TYPING, DeskScreen


class ResultFormScreen(DeskScreen):
    """The form for one pupil."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+s", "save", N_("bewaren"), priority=True, tooltip=N_("Het resultaat bewaren")),
        HELP_KEY_WHILE_TYPING,
    ]
    HELP: ClassVar[str] = N_(
        "Vul de toets, de afnamedatum en het aantal goed in. Het resultaat wordt genormeerd met de tabel van de toets en gaat "
        "vannacht naar ParnasSys. Bestaat het resultaat al, dan wordt het gecorrigeerd onder hetzelfde kenmerk."
    )

    def __init__(self, school: SchoolId, pupil: Pupil) -> None:
        super().__init__()
        self.school = school
        self.pupil = pupil
        self.tests: tuple[Test, ...] = ()

    def heading(self) -> str:
        """Whose result."""
        return _("Resultaat toevoegen") + " · " + self.pupil.name.listed

    def body(self) -> Iterable[Widget]:
        """Test, date, score."""
        year = self.pupil.year_group
        fitting = self.attempt(lambda: tuple(t for t in self.desk.scores.catalogue if year in t.year_groups))
        self.tests = fitting or ()
        today = self.desk.office.clock.now().strftime("%d-%m-%Y")
        with VerticalScroll(id="form"):
            if not self.tests:
                yield Static(_("Voor jaargroep {year} is er geen toets.").format(year=year or "?"), markup=False)
                return
            options = [(f"{test.name} ({test.code} {test.version})", n) for n, test in enumerate(self.tests)]
            yield from _field(_("Toets"), Select(options, value=0, allow_blank=False, id="test"))
            yield from _field(_("Afnamedatum"), Input(today, id="date", restrict="[0-9-]*", max_length=10))
            yield from _field(_("Aantal goed"), Input(id="score", restrict="[0-9]*", max_length=4))
            with Horizontal(classes="form--buttons"):
                yield Button(_("Bewaren (^s)"), id="save", variant="primary")

    def on_mount(self) -> None:
        """Start at the score."""
        if self.tests:
            self.query_one("#score", Input).focus()

    def on_button_pressed(self) -> None:
        """Save."""
        self.action_save()

    def on_input_submitted(self) -> None:
        """Save by enter."""
        self.action_save()

    def action_save(self) -> None:
        """Keep the result; what is wrong with a field is told and nothing is stored."""
        if not self.tests:
            return
        test = self.tests[int(str(self.query_one("#test", Select).value))]
        form = {
            "leerling": self.pupil.id,
            "toets": test.code,
            "versie": test.version,
            "afnamedatum": self.query_one("#date", Input).value,
            "score": self.query_one("#score", Input).value,
        }
        row = self.attempt(lambda: self.desk.scores.add(self.actor, self.school, form))
        if row is not None:
            told = _("Bewaard: {test}, {state}.").format(test=row.test_name, state=_(row.state.value))
            self.app.notify(told)
            self.dismiss(None)


def _field(label: str, widget: Widget) -> Iterable[Widget]:
    with Horizontal(classes="form--field"):
        yield Label(label, classes="form--label", markup=False)
        yield widget
