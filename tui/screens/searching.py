"""A screen with a search box: `/` opens it, the list narrows while somebody types, escape lets go of it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.widgets import Input

from core.language import N_, _
from tui.screens.base import HELP_KEY_WHILE_TYPING, DeskScreen
from tui.widgets.row_list import RowList


class SearchBox(Input):
    """The box; the arrow that goes down leaves it for the list."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("down", "screen.to_list", show=False)]


class SearchingScreen(DeskScreen):
    """A list that can be narrowed to what is typed."""

    SEARCH: ClassVar[str] = N_("Zoek…")
    """What the box asks for while it is empty."""

    def __init__(self) -> None:
        super().__init__()
        self.search = ""

    def search_box(self) -> Input:
        """Return the box, to be put in the body."""
        return SearchBox(placeholder=_(self.SEARCH), id="search")

    def fill(self) -> None:
        """Show what there is now, narrowed to `self.search`."""

    @property
    def rows(self) -> RowList:
        """The list."""
        return self.query_one("#rows", RowList)

    def on_mount(self) -> None:
        """Start in the list; the search box comes when it is asked for."""
        self._box.display = False
        self.rows.focus()

    def keys(self) -> Sequence[Binding]:
        """What can be done in the search box while somebody types there; else what the screen can do."""
        back = Binding("escape", "back", N_("zoektekst wissen"))
        if self._box.has_focus:
            return Binding("enter,down", "to_list", N_("naar de lijst")), HELP_KEY_WHILE_TYPING, back
        shown = super().keys()
        return [*(key for key in shown if key.id not in ("back", "leave")), back] if self.search else shown

    def on_descendant_focus(self) -> None:
        """Show the keys that work where the focus is now."""
        self.refresh_keys()

    def action_search(self) -> None:
        """Open the search box."""
        self._box.display = True
        self._box.value = self.search
        self._box.focus()

    def on_input_changed(self, event: Input.Changed) -> None:
        """Narrow as you type."""
        if event.input is self._box and event.value != self.search:
            self.search = event.value
            self.fill()

    def on_input_submitted(self) -> None:
        """Back to the list, narrowed."""
        self.action_to_list()

    def action_to_list(self) -> None:
        """Leave the search box for the list, which stays narrowed."""
        self._box.display = False
        self.rows.focus()

    def action_back(self) -> None:
        """Let go of the search first, then leave."""
        if self._box.display or self.search:
            self._box.display = False
            self._box.value = ""
            self.search = ""
            self.rows.focus()
            self.refresh_keys()
            self.fill()
        else:
            super().action_back()

    @property
    def _box(self) -> Input:
        return self.query_one("#search", Input)
