"""A nightly import that met a guard: what it would have done, and approve or discard."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar

from rich.text import Text
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.widget import Widget
from textual.widgets import Static

from core.errors import KoppeldeskError
from core.language import N_, _
from core.model import SchoolId
from tui.screens.base import DeskScreen
from tui.screens.dialogs import AskDialog, TypeDialog
from tui.screens.summary import leaving_line


class HeldScreen(DeskScreen):
    """What was held back."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("g", "approve", N_("goedkeuren"), tooltip=N_("Toch overnemen; vraagt om de BRIN")),
        Binding("x", "discard", N_("verwerpen"), tooltip=N_("Niets overnemen")),
        Binding("n", "review", N_("nakijken"), tooltip=N_("De import zelf nakijken")),
    ]
    HELP: ClassVar[str] = N_(
        "De nachtelijke run hield de import van deze school tegen en sloeg er niets van op. Goedkeuren neemt hem toch over "
        "en geldt alleen voor deze keer; het wordt vastgelegd. Verwerpen laat alles zoals het was."
    )

    def __init__(self, school: SchoolId) -> None:
        super().__init__()
        self.school = school

    def heading(self) -> str:
        """The school."""
        return self.about(self.school, _("import vastgehouden"))

    def body(self) -> Iterable[Widget]:
        """What it would do."""
        with VerticalScroll():
            yield Static("", id="held", markup=False)

    def on_mount(self) -> None:
        """Show it."""
        preview = self.attempt(lambda: self.desk.night_imports.held(self.actor, self.school))
        if preview is None:
            return
        lines = [Text(_("Vastgehouden op {when}:").format(when=preview.held.at.strftime("%d-%m-%Y %H:%M")), "bold")]
        lines.extend(Text(f"  ! {reason}") for reason in preview.held.reasons)
        if preview.plan.leaving:
            lines += [Text(), Text(_("Gedeactiveerd zouden worden:"), "bold")]
            lines.extend(leaving_line(pupil) for pupil in preview.plan.leaving)
        self.query_one("#held", Static).update(Text("\n").join(lines))

    def done(self, told: str) -> None:
        """Say so, and leave."""
        self.app.notify(told)
        self.dismiss(None)

    def action_approve(self) -> None:
        """Take it over after all, once the BRIN was typed."""

        def typed(brin: str | None) -> None:
            if brin is None:
                return
            try:
                self.desk.night_imports.approve(self.actor, self.school, confirm=brin)
            except KoppeldeskError as error:
                self.explain(error)
            else:
                self.done(_("De vastgehouden import is overgenomen."))

        question = _("Typ de BRIN om de import toch over te nemen")
        self.app.push_screen(TypeDialog(question, must_be=self.school.brin), typed)

    def action_discard(self) -> None:
        """Leave everything as it was."""

        def answered(yes: bool | None) -> None:
            if not yes:
                return
            try:
                self.desk.night_imports.discard(self.actor, self.school)
            except KoppeldeskError as error:
                self.explain(error)
            else:
                self.done(_("De vastgehouden import is verworpen; er is niets veranderd."))

        self.app.push_screen(AskDialog(_("Vastgehouden import verwerpen?")), answered)

    def action_review(self) -> None:
        """Review it by hand instead."""
        from tui.screens.review import ReviewScreen

        self.desk_app.open_screen(ReviewScreen(self.school))
