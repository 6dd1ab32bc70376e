"""What went over the line to ParnasSys last: the exchanges of a school, and each line by line."""

from __future__ import annotations

from typing import ClassVar

from textual.binding import Binding, BindingType

from core.desk.messages import Exchange
from core.language import N_, _
from core.model import SchoolId
from tui.screens.list_screen import ListScreen
from tui.widgets.columns import Column
from tui.widgets.row_list import RowList
from tui.widgets.rows import PlainRows


class MessagesScreen(ListScreen):
    """The last exchange of each operation of one school."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "open", N_("bekijken"), tooltip=N_("Verzoek en antwoord bekijken")),
    ]
    HELP: ClassVar[str] = N_(
        "Van elke soort bericht het laatste verzoek aan ParnasSys en het antwoord daarop, om te laten zien wat er gebeurd "
        "is. Sleutels en velden die niet verzonden mogen worden, worden nooit bewaard; namen zijn verborgen tot u erom vraagt."
    )

    def __init__(self, school: SchoolId) -> None:
        super().__init__()
        self.school = school

    def heading(self) -> str:
        """Whose messages."""
        return _("UWLR-berichten") + f" · {self.school}"

    def columns(self) -> tuple[Column, ...]:
        """When, what, and what it came to."""
        return (
            Column(title=_("wanneer"), width=12),
            Column(title=_("bericht"), width=21),
            Column(title=_("HTTP"), width=5),
            Column(title=_("uitkomst"), width=30, share=1),
        )

    def fill(self) -> None:
        """Show the exchanges that are kept."""
        kept = self.attempt(lambda: self.desk.messages.show(self.actor, self.school))
        if kept is None:
            return
        needle = self.search.casefold()
        rows = [(exchange.operation, self._cells(exchange)) for exchange in kept]
        self.facts("" if rows else " " + _("Er is geen bericht bewaard."))
        shown = [row for row in rows if needle in " ".join(row[1]).casefold()]
        self.rows.show(PlainRows(shown), keep=self.rows.current_key)

    def _cells(self, exchange: Exchange) -> tuple[str, ...]:
        status = str(exchange.status or "")
        return exchange.at.strftime("%d-%m %H:%M"), exchange.operation, status, exchange.outcome

    def on_row_list_chosen(self, event: RowList.Chosen) -> None:
        """Look into an exchange."""
        self.desk_app.open_screen(ExchangeScreen(self.school, event.key))


class ExchangeScreen(ListScreen):
    """One exchange, line by line: a list draws only what is in sight, however long the answer."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("n", "names", N_("namen"), tooltip=N_("Namen tonen of verbergen; tonen komt in het logboek")),
    ]
    SEARCH: ClassVar[str] = N_("Zoek een regel")
    HELP: ClassVar[str] = N_(
        "Het verzoek en het antwoord zoals ze over de lijn gingen, met de sleutels gemaskeerd. Met n toont of verbergt u "
        "namen en geboortedatums; dat u ze bekeek, komt in het logboek."
    )

    def __init__(self, school: SchoolId, operation: str) -> None:
        super().__init__()
        self.school = school
        self.operation = operation
        self.names = False

    def heading(self) -> str:
        """Which exchange."""
        return f"{self.operation} · {self.school}"

    def columns(self) -> tuple[Column, ...]:
        """The lines as they are."""
        return (Column(title=_("verzoek en antwoord"), width=40, share=1),)

    def on_mount(self) -> None:
        """Read the exchange once; asking again would note it again."""
        self.exchange = self._read()

    def _read(self) -> Exchange | None:
        kept = self.attempt(lambda: self.desk.messages.show(self.actor, self.school, names=self.names))
        return next((exchange for exchange in kept or () if exchange.operation == self.operation), None)

    def fill(self) -> None:
        """Show the lines, or those that hold what is searched for."""
        if self.exchange is None:
            return
        lines = [
            *(_("Verzoek"), *self.exchange.request.splitlines(), ""),
            *(_("Antwoord"), *(self.exchange.answer or _("(geen)")).splitlines()),
        ]
        needle = self.search.casefold()
        rows = [(str(place), (line,)) for place, line in enumerate(lines) if needle in line.casefold()]
        self.facts(
            f" {self.exchange.at:%d-%m-%Y %H:%M:%S}  UWLR {self.exchange.version}  {self.exchange.status or ''}  "
            f"{self.exchange.outcome}"
        )
        self.rows.show(PlainRows(rows), keep=self.rows.current_key)

    def action_names(self) -> None:
        """Show names, or hide them again."""
        self.names = not self.names
        self.exchange = self._read()
        self.fill()
