"""Results of a school: the state of each, why, and what to do."""

from __future__ import annotations

from typing import ClassVar

from textual.binding import Binding, BindingType

from core.desk.elsewhere import told_elsewhere
from core.desk.result_rows import ResultRow, Wanted
from core.language import N_, _, ngettext
from core.model import SchoolId, SchoolYear
from core.scores.ledger import State
from tui.screens.causes import CausesScreen, ShownCause
from tui.screens.dialogs import TypeDialog
from tui.screens.result import SIGNS
from tui.screens.result_list import ResultListScreen
from tui.widgets.columns import Column
from tui.widgets.review_rows import short_group
from tui.widgets.rows import PlainRows


class ResultsScreen(ResultListScreen):
    """Every result of a school with its state."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "open", N_("geschiedenis"), tooltip=N_("Alles wat er met dit resultaat gebeurde")),
        Binding("f", "filter", N_("filter"), tooltip=N_("Alleen resultaten met één bepaalde status")),
        Binding("c", "causes", N_("oorzaken"), tooltip=N_("Afgekeurd en ingehouden, gegroepeerd, met wat te doen")),
        Binding("n", "levels", N_("niveaus"), tooltip=N_("Niveaus per groep als plaatje")),
        Binding("a", "year", N_("eerdere jaren"), tooltip=N_("De resultaten van een eerder schooljaar")),
        Binding("o", "again", N_("opnieuw aanbieden"), tooltip=N_("Afgekeurde resultaten opnieuw verzenden")),
        Binding(
            "e", "elsewhere", N_("ander kind"), tooltip=N_("Scores die in ParnasSys misschien bij een ander kind staan")
        ),
        Binding(
            "y", "resend", N_("vorig schooljaar"), tooltip=N_("Resultaten van het vorige schooljaar alsnog verzenden")
        ),
    ]
    MARKS: ClassVar[bool] = True
    HELP: ClassVar[str] = N_(
        "Na het scoren en normeren komen de genormeerde scores elke nacht vanzelf in ParnasSys. Hier staat van elk "
        "resultaat hoe ver het is.\n\n· wacht   ‖ ingehouden   → onderweg   ? onbekend   ✓ bevestigd   ✗ afgekeurd   "
        "↻ gecorrigeerd   – vervallen\n\nDe koppeling werkt niet met terugwerkende kracht. Op verzoek verzendt de "
        "klantenservice de resultaten van het vorige schooljaar alsnog (y). Wat van een eerder schooljaar klaar is, is "
        "opgeborgen; met a ziet u het terug.\n\nWas een leerling verkeerd gekoppeld toen zijn "
        "score verzonden werd, dan staat die in ParnasSys misschien bij een ander kind. Met e ziet u welke, en wat te doen."
    )

    def __init__(self, school: SchoolId) -> None:
        super().__init__(school)
        self.state: State | None = None
        self.year: SchoolYear | None = None
        self.years: tuple[SchoolYear, ...] = ()

    def heading(self) -> str:
        """The school."""
        return self.about(self.school, _("resultaten"))

    def columns(self) -> tuple[Column, ...]:
        """Pupil, test, date, score, state and reason."""
        return (
            Column(title="", width=2),
            Column(title=_("leerling"), width=18, share=2),
            Column(title=_("groep"), width=6),
            Column(title=_("toets"), width=16, share=2),
            Column(title=_("datum"), width=9),
            Column(title=_("ruw"), width=5, right=True),
            Column(title=_("niveau"), width=7, drop=2),
            Column(title=_("status"), width=13),
            Column(title=_("reden"), width=10, share=2, drop=1),
        )

    def fill(self) -> None:
        """Show the results that are wanted."""
        wanted = Wanted(text=self.search, states=frozenset({self.state}) if self.state else frozenset(), year=self.year)
        status = self.attempt(lambda: self.desk.scores.status(self.actor, self.school, wanted))
        if status is None:
            return
        self.years = status.put_away
        counts = [f"{SIGNS[state]} {_(state.value)} {n}" for state, n in status.counts.items() if n]
        shown = "   ".join(counts) or _("Nog geen resultaten.")
        warning = f"\n ! {told_elsewhere(status.elsewhere)} → e" if status.elsewhere else ""
        narrowed = "".join(f"   [{what}]" for what in (_(self.state.value) if self.state else "", self.year) if what)
        self.facts(f" {shown}{narrowed}{warning}")
        self.rows.show(PlainRows([(row.key, cells(row)) for row in status.rows]), keep=self.rows.current_key)

    def action_filter(self) -> None:
        """Go through the states."""
        order: tuple[State | None, ...] = (None, *State)
        self.state = order[(order.index(self.state) + 1) % len(order)]
        self.fill()

    def action_year(self) -> None:
        """Go through the school years that are over, the last one first."""
        if not self.years:
            self.notify(_("Er zijn geen resultaten van eerdere schooljaren opgeborgen."))
            return
        order: tuple[SchoolYear | None, ...] = (None, *reversed(self.years))
        self.year = order[(order.index(self.year) + 1) % len(order)]
        self.fill()

    def action_levels(self) -> None:
        """Show the levels."""
        from tui.screens.levels import LevelsScreen

        levels = self.attempt(lambda: self.desk.scores.levels(self.actor, self.school))
        if levels is not None:
            names = {test.code: test.name for test in self.desk.scores.catalogue}
            self.desk_app.open_screen(LevelsScreen(levels, names))

    def action_causes(self) -> None:
        """Show rejected and held results by cause."""
        status = self.attempt(lambda: self.desk.scores.status(self.actor, self.school))
        if status is None:
            return
        causes = [
            ShownCause(
                results=len(cause.keys),
                where=" · ".join((_(cause.state.value), *cause.details)),
                explanation=cause.explanation,
            )
            for cause in status.causes
        ]
        self.desk_app.open_screen(CausesScreen(_("Oorzaken") + f" · {self.school.short}", causes))

    def action_again(self) -> None:
        """Offer the chosen rejected results again."""
        keys = self.chosen
        count = self.attempt(lambda: self.desk.scores.try_again(self.actor, self.school, keys))
        if count == 0:
            self.notify(_("Alleen afgekeurde resultaten kunnen opnieuw worden aangeboden."))
        elif count is not None:
            self.notify(
                ngettext(
                    "{n} resultaat wordt vannacht opnieuw aangeboden.",
                    "{n} resultaten worden vannacht opnieuw aangeboden.",
                    count,
                ).format(n=count)
            )
            self.rows.clear_marks()
            self.fill()

    def action_elsewhere(self) -> None:
        """Show what may stand with another child."""
        from tui.screens.elsewhere import ElsewhereScreen

        self.desk_app.open_screen(ElsewhereScreen(self.school))

    def action_resend(self) -> None:
        """Send the previous school year, once the BRIN was typed."""
        year = SchoolYear.of(self.desk.office.clock.now().date()).previous
        plan = self.attempt(lambda: self.desk.scores.resend_plan(self.actor, self.school, year))
        if plan is None:
            return
        if not plan.results:
            self.notify(_("Er zijn geen resultaten van {year} om te verzenden.").format(year=year))
            return

        def typed(brin: str | None) -> None:
            if brin is None:
                return
            if self.attempt(lambda: self.desk.scores.resend(self.actor, self.school, year, confirm=brin)):
                self.notify(_("De resultaten van {year} gaan vannacht mee.").format(year=year))
                self.fill()

        explanation = _("{results} resultaten van {pupils} leerlingen uit {year} gaan dan naar ParnasSys.").format(
            results=plan.results, pupils=plan.pupils, year=year
        )
        question = _("Typ de BRIN om het vorige schooljaar te verzenden")
        self.app.push_screen(TypeDialog(question, explanation=explanation, must_be=self.school.brin), typed)


def cells(row: ResultRow) -> tuple[str, ...]:
    """Return the cells of one result."""
    raw = "" if row.raw is None else str(row.raw)
    day = row.taken.strftime("%d-%m-%y")
    level = row.normed.fifth or row.normed.letter or ""
    facts = SIGNS[row.state], row.name, short_group(row.group), row.test_name, day, raw, level
    return *facts, _(row.state.value), row.explanation.what
