"""Leerlingen beheren: who is active, who was deactivated, and whom no import may touch."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual.binding import Binding, BindingType

from core.desk.register import PupilLine
from core.language import N_, _, ngettext
from core.model import PupilId, SchoolId
from tui.screens.list_screen import ListScreen
from tui.widgets.columns import Column
from tui.widgets.review_rows import short_day, short_group
from tui.widgets.rows import PlainRows


class PupilsScreen(ListScreen):
    """The pupils of a school."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("a", "switch(True)", N_("actief maken"), tooltip=N_("Gedeactiveerde leerlingen weer actief maken")),
        Binding("d", "switch(False)", N_("deactiveren"), tooltip=N_("Deactiveren; resultaten blijven")),
        Binding("t", "touch", N_("niet aanraken"), tooltip=N_("Door geen import laten veranderen, of weer wel")),
        Binding("r", "result", N_("resultaat"), tooltip=N_("Eén resultaat van deze leerling toevoegen")),
        Binding("f", "filter", N_("filter"), tooltip=N_("Allen, alleen inactief, alleen actief")),
        Binding(
            "v",
            "additions",
            N_("alleen toevoegen"),
            tooltip=N_("Imports mogen alleen toevoegen, of weer alles"),
        ),
    ]
    MARKS: ClassVar[bool] = True
    SEARCH: ClassVar[str] = N_("Zoek op naam, geboortedatum of nummer")
    HELP: ClassVar[str] = N_(
        "Leerlingen uit een geïmporteerde groep die niet in het importbestand voorkomen zijn gedeactiveerd. U vindt hen "
        "hier terug; hun resultaten zijn gebleven en met a worden ze weer actief.\n\nMet t blijft een leerling "
        "door elke import onaangeraakt. Met v laat u imports van deze school alleen nog toevoegen."
    )

    def __init__(self, school: SchoolId) -> None:
        super().__init__()
        self.school = school
        self.active: bool | None = None

    def heading(self) -> str:
        """The school."""
        return self.about(self.school, _("leerlingen beheren"))

    def columns(self) -> tuple[Column, ...]:
        """Name, birth date, group, number, results."""
        return (
            Column(title="", width=2),
            Column(title=_("leerling"), width=22, share=2),
            Column(title=_("geboren"), width=9),
            Column(title=_("groep"), width=8, share=1),
            Column(title=_("extern nummer"), width=14, share=1, drop=1),
            Column(title=_("bijzonderheden"), width=22, share=1),
        )

    def fill(self) -> None:
        """Show the pupils that are wanted."""
        desk = self.desk.register
        lines = self.attempt(lambda: desk.pupils(self.actor, self.school, search=self.search, active=self.active))
        care = self.attempt(lambda: desk.care(self.actor, self.school))
        if lines is None or care is None:
            return
        which = {None: _("allen"), True: _("actief"), False: _("inactief")}[self.active]
        mode = "   ! " + _("imports mogen hier alleen toevoegen") if care.additions_only else ""
        self.facts(
            " "
            + ngettext("{n} leerling · {which}", "{n} leerlingen · {which}", len(lines)).format(
                n=len(lines), which=which
            )
            + mode
        )
        rows = [(line.pupil.id, cells(line)) for line in lines]
        self.rows.show(PlainRows(rows), keep=self.rows.current_key)

    @property
    def chosen(self) -> Sequence[PupilId]:
        """The marked pupils, or the one under the cursor."""
        return [PupilId(key) for key in self.rows.chosen_keys]

    def action_switch(self, active: bool) -> None:
        """Make the chosen pupils active, or not."""
        chosen = self.chosen
        done = self.attempt(lambda: self.desk.register.set_active(self.actor, self.school, chosen, active=active))
        if done is not None:
            on = ngettext("{n} leerling actief gemaakt.", "{n} leerlingen actief gemaakt.", done)
            off = ngettext("{n} leerling gedeactiveerd.", "{n} leerlingen gedeactiveerd.", done)
            self.notify((on if active else off).format(n=done))
            self.rows.clear_marks()
            self.fill()

    def action_touch(self) -> None:
        """Put the chosen pupils on the list that no import changes, or take them off."""
        chosen = self.chosen
        care = self.attempt(lambda: self.desk.register.care(self.actor, self.school))
        if care is None or not chosen:
            return
        on = not all(pupil in care.never_touch_pupils for pupil in chosen)
        self.attempt(lambda: self.desk.register.never_touch(self.actor, self.school, pupils=chosen, on=on))
        self.rows.clear_marks()
        self.fill()

    def action_additions(self) -> None:
        """Switch the additions-only mode."""
        care = self.attempt(lambda: self.desk.register.care(self.actor, self.school))
        if care is not None:
            on = not care.additions_only
            self.attempt(lambda: self.desk.register.additions_only(self.actor, self.school, on=on))
            self.fill()

    def action_result(self) -> None:
        """Add one result of the pupil under the cursor."""
        from tui.screens.result_form import ResultFormScreen

        here = self.rows.current_key
        lines = self.attempt(lambda: self.desk.register.pupils(self.actor, self.school))
        if pupil := next((line.pupil for line in lines or () if line.pupil.id == here), None):
            self.desk_app.open_screen(ResultFormScreen(self.school, pupil))

    def action_filter(self) -> None:
        """All, inactive only, active only."""
        order = (None, False, True)
        self.active = order[(order.index(self.active) + 1) % len(order)]
        self.fill()


def cells(line: PupilLine) -> tuple[str, ...]:
    """Return the cells of one pupil."""
    notes = [
        "" if line.pupil.active else _("inactief"),
        _("niet aanraken") if line.untouchable else "",
        _("{n} niet verzonden").format(n=line.scores.unsent) if line.scores.unsent else "",
    ]
    sign = "✓" if line.pupil.active else "–"
    detail = " · ".join(note for note in notes if note)
    return (
        sign,
        line.pupil.name.listed,
        short_day(line.pupil.born),
        short_group(line.group),
        line.pupil.external,
        detail,
    )
