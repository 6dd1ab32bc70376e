"""A screen with a search box: `/` opens it, the list narrows while somebody types, escape lets go of it."""

from __future__ import annotations

from typing import ClassVar

from textual.widgets import Input

from core.language import N_, _
from tui.screens.base import DeskScreen
from tui.widgets.row_list import RowList


class SearchingScreen(DeskScreen):
    """A list that can be narrowed to what is typed."""

    SEARCH: ClassVar[str] = N_("Zoek…")
    """What the box asks for while it is empty."""

    def __init__(self) -> None:
        super().__init__()
        self.search = ""

    def search_box(self) -> Input:
        """Return the box, to be put in the body."""
        return Input(placeholder=_(self.SEARCH), id="search")

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
        self._box.display = False
        self.rows.focus()

    def action_back(self) -> None:
        """Let go of the search first, then leave."""
        if self._box.display or self.search:
            self._box.display = False
            self._box.value = ""
            self.search = ""
            self.rows.focus()
            self.fill()
        else:
            super().action_back()

    @property
    def _box(self) -> Input:
        return self.query_one("#search", Input)
