"""The letters: what was sent to whom, what waits, what needs somebody; and each letter in full."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.widget import Widget
from textual.widgets import Static

from core.desk.mail import Item, Post
from core.language import N_, _
from core.model import SchoolId
from tui.screens.base import DeskScreen
from tui.screens.list_screen import ListScreen
from tui.widgets.columns import Column
from tui.widgets.row_list import RowList
from tui.widgets.rows import PlainRows

SIGNS = {Post.WAITING: "·", Post.LEAVING: "→", Post.SENT: "✓", Post.REFUSED: "✗", Post.DOUBT: "?"}


class MailScreen(ListScreen):
    """The letters of all schools, or of one."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "open", N_("lezen"), tooltip=N_("Het bericht lezen")),
        Binding("o", "again", N_("opnieuw verzenden"), tooltip=N_("Een geweigerd bericht nog eens proberen")),
    ]
    SEARCH: ClassVar[str] = N_("Zoek op school, naam of adres")
    WHOLE: ClassVar[bool] = True
    HELP: ClassVar[str] = N_(
        "Alle berichten aan beheerders: ✓ verzonden, · wacht, → vertrekt, ✗ geweigerd, ? niet zeker aangekomen. Een bericht gaat "
        "nooit vanzelf twee keer; o probeert een geweigerd bericht nog eens."
    )

    def __init__(self, school: SchoolId | None) -> None:
        super().__init__()
        self.school = school

    def heading(self) -> str:
        """Whose letters."""
        return _("Berichten") + (f" · {self.school}" if self.school else "")

    def columns(self) -> tuple[Column, ...]:
        """State, when, to whom, about what."""
        return (
            Column(title="", width=2),
            Column(title=_("wanneer"), width=12),
            Column(title=_("school"), width=9),
            Column(title=_("aan"), width=24, share=1),
            Column(title=_("onderwerp"), width=26, share=2),
        )

    def fill(self) -> None:
        """Show the letters that fit."""
        items = self.attempt(lambda: self.desk.mail.show(self.actor, self.school))
        if items is None:
            return
        needle = self.search.casefold()
        rows = [(item.id, self._cells(item)) for item in items]
        rows = [row for row in rows if needle in " ".join(row[1]).casefold()]
        counts = {state: sum(item.state is state for item in items) for state in Post}
        shown = "   ".join(f"{SIGNS[state]} {_(state.value)} {n}" for state, n in counts.items() if n)
        self.facts(f" {shown}" if items else " " + _("Nog geen berichten."))
        self.rows.show(PlainRows(rows), keep=self.rows.current_key)

    def _cells(self, item: Item) -> tuple[str, ...]:
        subject = self.desk.mail.subject(item)
        when = item.changed.strftime("%d-%m %H:%M")
        return SIGNS[item.state], when, str(item.letter.school), item.receiver.email, subject

    def on_row_list_chosen(self, event: RowList.Chosen) -> None:
        """Read a letter."""
        found = self.attempt(lambda: self.desk.mail.read(self.actor, event.key))
        if found is not None:
            self.desk_app.open_screen(LetterScreen(*found))

    def action_again(self) -> None:
        """Try a refused letter again."""
        key = self.rows.current_key
        if key is not None:
            self.attempt(lambda: self.desk.mail.again(self.actor, key))
            self.fill()


class LetterScreen(DeskScreen):
    """One letter in full."""

    HELP: ClassVar[str] = N_("Het bericht zoals de beheerder het kreeg.")

    def __init__(self, item: Item, subject: str, text: str) -> None:
        super().__init__()
        self.item = item
        self.subject = subject
        self.text = text

    def heading(self) -> str:
        """The subject."""
        return self.subject

    def body(self) -> Iterable[Widget]:
        """To whom, how far, and the text."""
        receiver = self.item.receiver
        head = _("aan {name} <{email}> · {state}").format(
            name=receiver.name, email=receiver.email, state=_(self.item.state.value)
        )
        with VerticalScroll():
            yield Static(f" {head}  {self.item.detail}", markup=False, classes="facts")
            yield Static(self.text, markup=False)
