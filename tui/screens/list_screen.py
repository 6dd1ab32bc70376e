"""A screen that is mostly one list: facts above it, the list, and a search box that appears with `/`."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar

from rich.text import Text
from textual.binding import Binding, BindingType
from textual.widget import Widget
from textual.widgets import Input, Static

from core.language import N_, _
from tui.screens.base import DeskScreen
from tui.widgets.columns import Column
from tui.widgets.row_list import RowList


class ListScreen(DeskScreen):
    """A list with a search box."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("slash", "search", N_("zoek"), tooltip=N_("Zoeken terwijl je typt; esc wist")),
    ]
    SEARCH: ClassVar[str] = N_("Zoek…")
    HEADING: ClassVar[str] = ""
    """With what the keys of headings between the rows begin; empty = there are none."""
    WHOLE: ClassVar[bool] = False
    """Whether the row under the cursor is written out below the list: for columns that hold sentences."""

    def __init__(self) -> None:
        super().__init__()
        self.search = ""

    def columns(self) -> tuple[Column, ...]:
        """Return the columns of the list."""
        return ()

    def fill(self) -> None:
        """Show what there is now, narrowed to `self.search`."""

    def body(self) -> Iterable[Widget]:
        """Facts, list, search box."""
        yield Static("", id="facts", markup=False, classes="facts")
        yield RowList(self.columns(), heading=self.HEADING, id="rows")
        if self.WHOLE:
            yield Static("", id="whole", markup=False)
        yield Input(placeholder=_(self.SEARCH), id="search")

    def on_mount(self) -> None:
        """Start in the list; the search box comes when it is asked for."""
        self.query_one("#search", Input).display = False
        self.rows.focus()

    def on_screen_resume(self) -> None:
        """Show the list as it is now: at the start, and when another screen was on top."""
        self.fill()

    def on_row_list_moved(self) -> None:
        """Write the row under the cursor out."""
        if self.WHOLE:
            self.query_one("#whole", Static).update(self.rows.whole_row)

    @property
    def rows(self) -> RowList:
        """The list."""
        return self.query_one("#rows", RowList)

    def facts(self, text: Text | str) -> None:
        """Show something above the list."""
        self.query_one("#facts", Static).update(text)

    def action_search(self) -> None:
        """Open the search box."""
        box = self.query_one("#search", Input)
        box.display = True
        box.focus()

    def on_input_changed(self, event: Input.Changed) -> None:
        """Narrow as you type."""
        if event.input.id == "search" and event.value != self.search:
            self.search = event.value
            self.fill()

    def on_input_submitted(self) -> None:
        """Back to the list, narrowed."""
        self.query_one("#search", Input).display = False
        self.rows.focus()

    def action_back(self) -> None:
        """Let go of the search first, then leave."""
        box = self.query_one("#search", Input)
        if box.display or self.search:
            box.display = False
            box.value = ""
            self.search = ""
            self.rows.focus()
            self.fill()
        else:
            super().action_back()
