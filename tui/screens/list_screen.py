"""A screen that is mostly one list: facts above it, the list, and a search box that appears with `/`."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar

from rich.text import Text
from textual.binding import Binding, BindingType
from textual.widget import Widget
from textual.widgets import Static

from core.language import N_
from tui.screens.searching import SearchingScreen
from tui.widgets.columns import Column
from tui.widgets.row_list import RowList


class ListScreen(SearchingScreen):
    """A list with a search box."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("slash", "search", N_("zoek"), tooltip=N_("Zoeken terwijl u typt; esc wist")),
    ]
    HEADING: ClassVar[str] = ""
    """With what the keys of headings between the rows begin; empty = there are none."""
    WHOLE: ClassVar[bool] = False
    """Whether the row under the cursor is written out below the list: for columns that hold sentences."""

    def columns(self) -> tuple[Column, ...]:
        """Return the columns of the list."""
        return ()

    def body(self) -> Iterable[Widget]:
        """Facts, list, search box."""
        yield Static("", id="facts", markup=False, classes="facts")
        yield RowList(self.columns(), heading=self.HEADING, id="rows")
        if self.WHOLE:
            yield Static("", id="whole", markup=False)
        yield self.search_box()

    def on_screen_resume(self) -> None:
        """Show the list as it is now: at the start, and when another screen was on top."""
        if self.comes_back():
            self.fill()

    def on_row_list_moved(self) -> None:
        """Write the row under the cursor out."""
        if self.WHOLE:
            self.query_one("#whole", Static).update(self.rows.whole_row)

    def action_open(self) -> None:
        """Open the row under the cursor, as enter does."""
        self.rows.action_choose()

    def facts(self, text: Text | str) -> None:
        """Show something above the list."""
        self.query_one("#facts", Static).update(text)
