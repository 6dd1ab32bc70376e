"""Koppeling aanpassen: search what the test centre has and press `koppel`; straight back where you were."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar

from rich.text import Text
from textual.binding import Binding, BindingType
from textual.widget import Widget
from textual.widgets import Input, Static

from core.importing.decisions import RowKey
from core.importing.rows import Option
from core.importing.session import ReviewSession
from core.language import N_, _
from core.model import Kind
from tui.screens.base import HELP_KEY_WHILE_TYPING, AnsweringScreen
from tui.widgets.columns import Column
from tui.widgets.review_rows import dots, short_day
from tui.widgets.row_detail import total_lines, why
from tui.widgets.row_list import RowList
from tui.widgets.rows import PlainRows

LIMIT = 200


class LinkByHandScreen(AnsweringScreen[str]):
    """Everything a row can be linked to; the answer is the id of the chosen record."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "link", N_("koppel"), priority=True, tooltip=N_("Koppelen aan de gekozen naam")),
        Binding("down", "move(1)", N_("omlaag"), show=False, priority=True),
        Binding("up", "move(-1)", N_("omhoog"), show=False, priority=True),
        Binding("pagedown", "move(10)", N_("verder"), show=False, priority=True),
        Binding("pageup", "move(-10)", N_("terug"), show=False, priority=True),
        HELP_KEY_WHILE_TYPING,
    ]
    HELP: ClassVar[str] = N_(
        "Zoek in het overzicht de corresponderende naam en druk op enter (koppel). U keert vanzelf terug naar het "
        "importoverzicht.\n\nZoeken gaat op elk deel van een naam, een geboortedatum of een nummer. De waarschijnlijkste "
        "staan bovenaan. ! = hier is al een andere rij aan gekoppeld."
    )

    def __init__(self, session: ReviewSession, key: RowKey) -> None:
        super().__init__()
        self.session = session
        self.key = key
        self.options: tuple[Option, ...] = ()

    def heading(self) -> str:
        """What is being linked."""
        return _("Koppeling aanpassen") + " · " + self.session.row(self.key).title

    def body(self) -> Iterable[Widget]:
        """The row, the search box, what was found, and why the first one is likely."""
        row = self.session.row(self.key)
        facts = (row.title, short_day(row.born), row.group, row.email)
        yield Static(" ParnasSys:  " + "  ·  ".join(fact for fact in facts if fact), markup=False, classes="facts")
        yield Input(placeholder=_("Zoek op naam, geboortedatum of nummer"), id="search")
        yield RowList(self._columns())
        yield Static("", id="why", markup=False)

    def on_mount(self) -> None:
        """Show the likeliest first."""
        self.query_one(Input).focus()
        self.search("")

    def on_input_changed(self, event: Input.Changed) -> None:
        """Search as you type."""
        self.search(event.value)

    def search(self, text: str) -> None:
        """Show what fits `text`."""
        self.options = self.session.find_existing(self.key, text, LIMIT)
        rows = [(option.counterpart.id, self._cells(option)) for option in self.options]
        row_list = self.query_one(RowList)
        row_list.show(PlainRows(rows))
        row_list.go_to(0)
        if not rows:
            self.query_one("#why", Static).update(_("Niets gevonden. Wis een deel van de zoektekst."))

    def on_row_list_moved(self, event: RowList.Moved) -> None:
        """Say why this one is likely, or not."""
        option = self.options[event.index]
        lines = [Text(_("Niet in detail vergeleken."))]
        if option.match:
            room = self.query_one("#why").size
            lines = [*why(option.match, room.height - 1, room.width), *total_lines(option.match, None, room.width)]
        if option.not_same:
            lines.insert(0, Text(_("{name} zei: niet dezelfde.").format(name=option.not_same), "bold"))
        self.query_one("#why", Static).update(Text("\n").join(lines))

    def on_row_list_chosen(self) -> None:
        """Link by mouse."""
        self.action_link()

    def action_move(self, step: int) -> None:
        """Move in the list while typing."""
        row_list = self.query_one(RowList)
        row_list.go_to(row_list.cursor + step)

    def action_link(self) -> None:
        """Link to the record under the cursor."""
        if (key := self.query_one(RowList).current_key) is not None:
            self.answer(key)

    def _columns(self) -> tuple[Column, ...]:
        who = Column(title=_("testcentrum"), width=22, share=2)
        mark = Column(title="", width=2)
        sure = Column(title=_("lijkt"), width=7)
        match self.key.kind:
            case Kind.PUPIL:
                born = Column(title=_("geboren"), width=9)
                return mark, who, born, Column(title=_("groep"), width=8, share=1), self._state(), sure
            case Kind.TEACHER:
                return mark, who, Column(title=_("e-mailadres"), width=22, share=1, drop=1), self._state(), sure
            case Kind.GROUP:
                return mark, who, Column(title=_("jaargroep"), width=10), self._state(), sure

    def _state(self) -> Column:
        return Column(title="", width=12, share=1, drop=2)

    def _cells(self, option: Option) -> tuple[str | Text, ...]:
        there = option.counterpart
        taken = [self.session.row(key).title for key in option.taken_by if key != self.key and key in self.session]
        mark = Text("!" if taken else "✗" if option.not_same else " ", "bold")
        state = taken[0] if taken else "" if there.active else _("inactief")
        sure = dots(option.match.probability) if option.match else ""
        match self.key.kind:
            case Kind.PUPIL:
                return mark, there.title, short_day(there.born), there.group, state, sure
            case Kind.TEACHER:
                return mark, there.title, there.email, state, sure
            case Kind.GROUP:
                return mark, there.title, there.year, state, sure
