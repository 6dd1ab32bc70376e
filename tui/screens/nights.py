"""The last nights at a glance: what was sent, what was rejected, how long it took; and one night in full."""

from __future__ import annotations

from typing import ClassVar

from textual.binding import Binding, BindingType

from core.desk.elsewhere import told_elsewhere
from core.desk.nights import NightPage
from core.language import N_, _, spoken
from core.model import SchoolId
from core.night import NEEDS_SOMEBODY, Ending, Night, SchoolNight
from tui.screens.causes import CausesScreen, ShownCause
from tui.screens.dialogs import AskDialog
from tui.screens.list_screen import ListScreen
from tui.widgets.charts import lying, spark
from tui.widgets.columns import Column
from tui.widgets.row_list import RowList
from tui.widgets.rows import PlainRows

NIGHTS = 60


class NightsScreen(ListScreen):
    """The nights there were, the newest first."""

    WHOLE: ClassVar[bool] = True
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "open", N_("openen"), tooltip=N_("Deze nacht per school")),
    ]
    HELP: ClassVar[str] = N_(
        "Elke nacht gaan de resultaten van alle actieve koppelingen naar ParnasSys. De balkjes laten zien hoeveel er "
        "bevestigd zijn en hoe lang het duurde. Enter opent een nacht per school: wat aandacht nodig heeft staat bovenaan."
    )

    def heading(self) -> str:
        """The name of the screen."""
        return _("Nachtelijke runs")

    def columns(self) -> tuple[Column, ...]:
        """When, schools, results, and bars."""
        return (
            Column(title=_("nacht"), width=16),
            Column(title=_("scholen"), width=10, right=True),
            Column(title=_("in orde"), width=8, right=True),
            Column(title=_("bevestigd"), width=10, right=True),
            Column(title=_("afgekeurd"), width=10, right=True),
            Column(title=_("duur"), width=7, right=True),
            Column(title="", width=6, share=1),
        )

    def fill(self) -> None:
        """Show the nights."""
        nights = self.attempt(lambda: self.desk.nights.last(self.actor, NIGHTS))
        if nights is None:
            return
        most = max((night.confirmed + night.rejected for night in nights), default=0)
        self.facts(
            f" {spark(nights)}  " + _("resultaten per nacht: █ bevestigd  ░ afgekeurd")
            if nights
            else " " + _("Er is nog geen nachtelijke run geweest.")
        )
        self.rows.show(PlainRows([(night.id, cells(night, most)) for night in nights]), keep=self.rows.current_key)

    def on_row_list_chosen(self, event: RowList.Chosen) -> None:
        """Open one night."""
        page = self.attempt(lambda: self.desk.nights.page(self.actor, event.key))
        if page is not None:
            self.desk_app.open_screen(NightScreen(page))


class NightScreen(ListScreen):
    """One night, school by school; what needs somebody first."""

    WHOLE: ClassVar[bool] = True
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "open", N_("lezen"), tooltip=N_("Lezen wat er bij de school onder de cursor was")),
        Binding("c", "causes", N_("oorzaken"), tooltip=N_("Wat is afgekeurd, gegroepeerd, met wat te doen")),
    ]
    SEARCH: ClassVar[str] = N_("Zoek op BRIN of uitkomst")
    HELP: ClassVar[str] = N_("Per school wat er die nacht verzonden en bevestigd is, en wat iemand moet doen.")

    def __init__(self, page: NightPage) -> None:
        super().__init__()
        self.page = page
        self.names: dict[SchoolId, str] = {}
        """What the schools are called."""

    def heading(self) -> str:
        """Which night."""
        return _("Nacht van {when}").format(when=self.page.night.started.strftime("%d-%m-%Y %H:%M"))

    def columns(self) -> tuple[Column, ...]:
        """School, how it ended, counts, and what to do."""
        return (
            Column(title=_("school"), width=18, share=1),
            Column(title=_("uitkomst"), width=21),
            Column(title=_("bevestigd"), width=10, right=True),
            Column(title=_("afgekeurd"), width=10, right=True),
            Column(title=_("wat te doen"), width=18, share=2),
        )

    def fill(self) -> None:
        """Show the schools."""
        needle = self.search.casefold()
        order = {ending: place for place, ending in enumerate((*NEEDS_SOMEBODY, Ending.STOPPED, Ending.DONE))}
        rows = [
            (str(visit.school), school_cells(visit, self.names.get(visit.school, "")))
            for visit in sorted(self.page.schools, key=lambda one: (order[one.ending], one.school))
        ]
        rows = [row for row in rows if needle in " ".join(row[1]).casefold()]
        counts = "   ".join(
            f"{_(ending.value)} {n}"
            for ending, n in sorted(self.page.night.endings.items(), key=lambda one: order[one[0]])
        )
        self.facts(f" {counts}")
        self.rows.show(PlainRows(rows))

    def on_mount(self) -> None:
        """Look up what the schools are called."""
        lines = self.attempt(lambda: self.desk.worklist.lines(self.actor))
        self.names = {line.id: line.name for line in lines or ()}

    def on_row_list_chosen(self, event: RowList.Chosen) -> None:
        """Show in full what was with a school; the list has no room for it."""
        from tui.screens.school import SchoolScreen

        visit = next(one for one in self.page.schools if str(one.school) == event.key)

        def answered(yes: bool | None) -> None:
            if yes:
                self.desk_app.open_screen(SchoolScreen(visit.school))

        title = f"{self.desk_app.name_of(visit.school)} · {_(visit.ending.value)}"
        buttons = {"do": _("Naar de school (j)"), "leave": _("Sluiten (n)")}
        counts = _("{confirmed} bevestigd, {rejected} afgekeurd.").format(
            confirmed=visit.confirmed, rejected=visit.rejected
        )
        self.app.push_screen(AskDialog(title, explanation=f"{counts}\n\n{told(visit)}".strip(), **buttons), answered)

    def action_causes(self) -> None:
        """Show what was rejected by cause."""
        found = self.attempt(lambda: self.desk.nights.causes(self.actor, self.page.night.id))
        if found is not None:
            causes = [
                ShownCause(results=one.results, where=", ".join(map(str, one.schools)), explanation=one.explanation)
                for one in found
            ]
            self.desk_app.open_screen(CausesScreen(_("Oorzaken") + " · " + self.heading(), causes))


def cells(night: Night, most: int) -> tuple[str, ...]:
    """Return the cells of one night."""
    duration = "" if night.seconds is None else f"{int(night.seconds // 60)}:{int(night.seconds % 60):02d}"
    state = _("loopt of afgebroken") if night.finished is None else _(night.stopped)
    return (
        night.started.strftime("%d-%m-%y %H:%M"),
        f"{night.done}/{night.planned}",
        str(night.in_order),
        str(night.confirmed),
        str(night.rejected),
        duration,
        state or lying(night.confirmed, night.rejected, most),
    )


def school_cells(visit: SchoolNight, name: str) -> tuple[str, ...]:
    """Return the cells of one school in a night."""
    return (
        f"{visit.school.short} {name}",
        _(visit.ending.value),
        str(visit.confirmed),
        str(visit.rejected),
        told(visit),
    )


def told(visit: SchoolNight) -> str:
    """Return what went wrong at a school, what to do about it, and what was taken over."""
    elsewhere = told_elsewhere(visit.elsewhere) if visit.elsewhere else ""
    return " ".join(part for part in (elsewhere, _(visit.problem), _(visit.todo), spoken(visit.imported)) if part)
