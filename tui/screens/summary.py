"""Gegevens overnemen: what will be stored, who is deactivated and why; only here something is stored."""

from __future__ import annotations

from collections.abc import Iterable
from enum import Enum
from typing import ClassVar

from rich.text import Text
from textual import work
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, VerticalScroll
from textual.widget import Widget
from textual.widgets import Button, Static

from core.desk.import_summary import Summary
from core.errors import KoppeldeskError
from core.importing.plan import Leaving, Plan
from core.language import N_, _, ngettext
from core.model import Kind, SchoolId
from tui.screens.base import AnsweringScreen
from tui.screens.dialogs import AskDialog, TypeDialog
from tui.widgets.review_head import TAB_NAMES
from tui.widgets.review_rows import short_group


class Outcome(Enum):
    """How the summary was left."""

    COMMITTED = "overgenomen"
    DISCARDED = "afgebroken"


class SummaryScreen(AnsweringScreen[Outcome]):
    """The summary with its three buttons."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "escape", "back", N_("wijzigen"), id="back", tooltip=N_("Terug naar het nakijken; alles blijft bewaard")
        ),
        Binding("ctrl+s", "commit", N_("gegevens importeren"), tooltip=N_("Nu overnemen in het testcentrum")),
        Binding(
            "ctrl+x", "discard", N_("import afbreken"), tooltip=N_("Deze import weggooien; er wordt niets overgenomen")
        ),
        Binding("w", "back", N_("wijzigen"), show=False),
        Binding("left,up", "app.focus_previous", show=False),
        Binding("right,down", "app.focus_next", show=False),
    ]
    HELP: ClassVar[str] = N_(
        "Dit is de samenvatting. Pas als u hier op Gegevens importeren drukt, wordt de import echt verwerkt.\n\n"
        "Als u een groep importeert die al bestaat in het testcentrum, worden leerlingen uit die groep die niet in het "
        "importbestand voorkomen gedeactiveerd. U vindt hen terug onder Leerlingen beheren; hun resultaten blijven.\n\n"
        "Wijzigen brengt u terug naar het nakijken. Import afbreken gooit deze import weg."
    )

    def __init__(self, school: SchoolId, summary: Summary) -> None:
        super().__init__()
        self.school = school
        self.summary = summary
        self.plan: Plan = summary.plan
        self.busy = False
        """Whether the import is being stored now."""

    def heading(self) -> str:
        """The title of the manual, and the school."""
        return _("Gegevens overnemen") + f" · Boom testcentrum · {self.desk_app.name_of(self.school)}"

    def body(self) -> Iterable[Widget]:
        """The table, who leaves, the guards, and three buttons; the safe one has the focus."""
        with VerticalScroll(id="summary"):
            yield Static(self._table(), markup=False)
            yield Static(self._leaving(), markup=False)
            if self.plan.unlinked:
                yield Static(self._unlinked(), markup=False)
            if self.plan.tripped:
                yield Static(self._guards(), markup=False, classes="guard")
        with Horizontal(id="summary-buttons"):
            yield Button(_("Wijzigen"), id="back")
            yield Button(_("Gegevens importeren"), id="commit", classes="red")
            yield Button(_("Import afbreken"), id="discard")

    def on_mount(self) -> None:
        """Put the focus on the button that stores nothing."""
        self.desk_app.hush()
        self.query_one("#back", Button).focus()

    def _table(self) -> Text:
        titles = f"{'':<14}{_('Nieuw'):>8}{_('Te wijzigen'):>14}{_('(echt anders)'):>16}{_('Niet'):>8}"
        lines = [Text(_("De volgende gegevens worden overgenomen uit het LAS:")), Text(titles, "bold")]
        for kind in Kind:
            tally = self.plan.tallies[kind]
            name = _(TAB_NAMES[kind])
            numbers = f"{tally.new:>8}{tally.to_change:>14}{tally.really:>16}{tally.skipped:>8}"
            lines.append(Text(f"  {name:<12}{numbers}"))
        return Text("\n").join([*lines, Text()])

    def _leaving(self) -> Text:
        leaving = self.plan.leaving
        if self.plan.not_whole:
            first = _("Er wordt niemand gedeactiveerd, want het antwoord van ParnasSys is niet volledig:")
            return Text("\n".join([first, *(f"  {why}" for why in self.plan.not_whole)]))
        if not leaving:
            return Text("\n".join([_("Er wordt niemand gedeactiveerd."), *self.plan.spared]))
        grounds = sorted({pupil.ground for pupil in leaving})
        head = ngettext(
            "Gedeactiveerd wordt {n} leerling ({why}):", "Gedeactiveerd worden {n} leerlingen ({why}):", len(leaving)
        ).format(n=len(leaving), why="; ".join(grounds))
        lines = [Text(head, "bold"), *(leaving_line(pupil) for pupil in leaving)]
        lines.extend(map(Text, self.plan.spared))
        return Text("\n").join([*lines, Text(_("U vindt hen terug onder Leerlingen beheren."))])

    def _unlinked(self) -> Text:
        head = Text(_("Niet meer gekoppeld, want hun sleutel van ParnasSys hoort nu bij een ander:"), "bold")
        return Text("\n").join([head, *(Text(f"  {pupil.name.listed}") for pupil in self.plan.unlinked)])

    def _guards(self) -> Text:
        lines = [Text("! " + _("Let op: dit vraagt om een bevestiging."), "bold")]
        return Text("\n").join([*lines, *(Text(f"  {tripped.sentence}") for tripped in self.plan.tripped)])

    def on_button_pressed(self, event: Button.Pressed) -> None:
        """Do what the button says."""
        match event.button.id:
            case "commit":
                self.action_commit()
            case "discard":
                self.action_discard()
            case _other:
                self.action_back()

    def action_commit(self) -> None:
        """Store everything, once the BRIN was typed when a guard asks for it."""
        if self.busy:
            return
        if not self.plan.tripped:
            self.start("")
            return

        def typed(brin: str | None) -> None:
            if brin is not None:
                self.start(brin)

        explanation = "\n".join(tripped.sentence for tripped in self.plan.tripped)
        question = _("Typ de BRIN om dit toch te doen")
        self.app.push_screen(
            TypeDialog(question, explanation=explanation, must_be=self.summary.asks_confirmation), typed
        )

    def start(self, confirmed: str) -> None:
        """Begin storing, once."""
        self.busy = True
        self.query_one("#commit", Button).label = _("Bezig…")
        self.commit(confirmed)

    def stop(self, error: KoppeldeskError) -> None:
        """Say why nothing was stored."""
        self.busy = False
        self.query_one("#commit", Button).label = _("Gegevens importeren")
        self.explain(error)

    @work(thread=True)
    def commit(self, confirmed: str) -> None:
        """Store everything, or nothing."""
        try:
            self.desk.imports.commit(self.actor, self.school, confirm=confirmed, seen=self.summary.seen)
        except KoppeldeskError as error:
            self.app.call_from_thread(self.stop, error)
        else:
            self.app.call_from_thread(self.answer, Outcome.COMMITTED)

    def discard(self) -> None:
        """Throw this import away."""
        try:
            self.desk.imports.discard(self.actor, self.school)
        except KoppeldeskError as error:
            self.explain(error)
        else:
            self.answer(Outcome.DISCARDED)

    def action_discard(self) -> None:
        """Throw this import away, after asking."""

        def answered(yes: bool | None) -> None:
            if yes:
                self.discard()

        self.app.push_screen(
            AskDialog(
                _("Import afbreken?"),
                explanation=_("De keuzes van deze import vervallen. In het testcentrum verandert niets."),
                do=_("Afbreken (j)"),
                leave=_("Doorgaan (n)"),
            ),
            answered,
        )


def leaving_line(pupil: Leaving) -> Text:
    """Draw one pupil that is deactivated, with a warning about its results."""
    warnings = []
    if pupil.scores.unsent:
        warnings.append(
            ngettext("{n} score nog niet verzonden", "{n} scores nog niet verzonden", pupil.scores.unsent).format(
                n=pupil.scores.unsent
            )
        )
    if pupil.scores.this_year:
        warnings.append(_("toets gemaakt dit schooljaar"))
    warning = "! " + " · ".join(warnings) if warnings else ""
    who = _("groep {group}").format(group=short_group(pupil.group))
    return Text.assemble(f"  {pupil.before.name.listed:<26} {who:<12} ", (warning, "bold"))
