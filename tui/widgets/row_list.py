"""A list of rows with a cursor and marks; only what is in sight is drawn: 20,000 rows cost no more per key than twenty."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain
from typing import ClassVar

from rich.text import Text
from textual import events
from textual.binding import Binding, BindingType
from textual.geometry import Region, Size
from textual.message import Message
from textual.reactive import reactive
from textual.scroll_view import ScrollView
from textual.strip import Strip

from core.language import N_
from tui.widgets.columns import Column, Columns
from tui.widgets.rows import PlainRows, Rows

HEADING_LINES = 1


MARK_KEYS = (
    Binding(
        "space", "mark", N_("markeer"), show=False, tooltip=N_("Rij markeren: wat u doet geldt voor alle gemarkeerde")
    ),
    Binding("shift+down", "mark_move(1)", N_("markeer verder"), show=False, tooltip=N_("Een reeks rijen markeren")),
)


class RowList(ScrollView, can_focus=True, inherit_bindings=False):
    """Rows under a heading, with a cursor and marks."""

    DEFAULT_CSS: ClassVar[str] = """
    RowList { height: 1fr; overflow-x: hidden; overflow-y: auto; scrollbar-size-vertical: 1; }
    """
    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "row-list--heading",
        "row-list--cursor",
        "row-list--cursor-blurred",
        "row-list--marked",
        "row-list--row",
    }
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "move(-1)", N_("vorige rij"), show=False),
        Binding("down", "move(1)", N_("volgende rij"), show=False),
        Binding("pageup", "page(-1)", N_("bladzijde terug"), show=False),
        Binding("pagedown", "page(1)", N_("bladzijde verder"), show=False),
        Binding("home", "edge(0)", N_("eerste rij"), show=False),
        Binding("end", "edge(-1)", N_("laatste rij"), show=False),
        *MARK_KEYS,
        Binding("shift+up", "mark_move(-1)", N_("markeer terug"), show=False),
        Binding("enter", "choose", N_("openen"), show=False),
    ]

    cursor: reactive[int] = reactive(0, repaint=False)

    class Moved(Message):
        """The cursor stands on another row."""

        def __init__(self, index: int, key: str) -> None:
            super().__init__()
            self.index = index
            self.key = key

    class Chosen(Moved):
        """Enter was pressed, or the row under the cursor was clicked."""

    def __init__(
        self, columns: Sequence[Column], *, heading: str = "", id: str | None = None, classes: str | None = None
    ) -> None:
        super().__init__(id=id, classes=classes)
        self._columns = Columns(columns)
        self.heading = heading
        """With what the keys of headings between the rows begin, over which the cursor passes; empty = there are none."""
        self.rows: Rows = PlainRows(())
        self.marked: set[str] = set()

    # --- what is shown ---------------------------------------------------------------------------------------------

    def show(self, rows: Rows, *, keep: str | None = None) -> None:
        """Show other rows; the cursor stays on the row with key `keep` when it is there, else where it was."""
        self.rows = rows
        self.virtual_size = Size(self.size.width, len(rows) + HEADING_LINES)
        place = self.cursor
        if keep is not None:
            place = next((i for i in range(len(rows)) if rows.key(i) == keep), place)
        self.set_reactive(RowList.cursor, self._stop(max(0, min(place, len(rows) - 1))))
        self._reveal(amid=True)
        # How far can be scrolled is known only once the new size is laid out.
        self.call_after_refresh(self._reveal, amid=True)
        self.refresh()
        self._tell()

    def set_columns(self, columns: Sequence[Column]) -> None:
        """Use other columns from now on."""
        self._columns = Columns(columns)
        self.refresh()

    @property
    def current_key(self) -> str | None:
        """The key of the row under the cursor; None when there are no rows."""
        return self.rows.key(self.cursor) if len(self.rows) else None

    @property
    def whole_row(self) -> str:
        """Everything that the row under the cursor says, whether or not it fits in its columns."""
        return self._columns.written(self.rows.cells(self.cursor)) if len(self.rows) else ""

    @property
    def chosen_keys(self) -> list[str]:
        """The marked rows in order, or the one under the cursor when none is marked."""
        if self.marked:
            return [key for key in (self.rows.key(i) for i in range(len(self.rows))) if key in self.marked]
        return [self.current_key] if self.current_key is not None else []

    def clear_marks(self) -> None:
        """Take all marks away."""
        if self.marked:
            self.marked = set()
            self.refresh()

    def go_to(self, index: int) -> None:
        """Put the cursor on row `index`, or on the next one when that is a heading."""
        if len(self.rows):
            self.cursor = self._stop(max(0, min(index, len(self.rows) - 1)))

    def _stop(self, index: int) -> int:
        onward, back = range(index, len(self.rows)), range(index, -1, -1)
        ways = (onward, back) if index >= self.cursor else (back, onward)
        return next((place for place in chain(*ways) if not self._is_heading(place)), index)

    def _is_heading(self, index: int) -> bool:
        return bool(self.heading) and index < len(self.rows) and self.rows.key(index).startswith(self.heading)

    # --- moving ----------------------------------------------------------------------------------------------------

    def watch_cursor(self, before: int, now: int) -> None:
        """Repaint only the two lines that changed, or everything when the list had to scroll."""
        if before == now or not len(self.rows):
            return
        top = self.scroll_offset.y
        self._reveal()
        if self.scroll_offset.y == top:
            for index in (before, now):
                self.refresh(Region(0, index - top + HEADING_LINES, self.size.width, 1))
        else:
            self.refresh()
        self._tell()

    def _reveal(self, *, amid: bool = False) -> None:
        """Scroll to the cursor when it is out of sight: to its edge, or `amid` its neighbours after a jump."""
        height = max(1, self.scrollable_content_region.height - HEADING_LINES)
        top = self.scroll_offset.y
        first = self.cursor
        while first > 0 and self._is_heading(first - 1):
            first -= 1
        if first >= top and self.cursor < top + height:
            return
        at = first if first < top else self.cursor - height + 1
        if amid:
            at = max(0, self.cursor - height // 2)
        self.scroll_to(y=at, animate=False, force=True, immediate=True)

    def _tell(self) -> None:
        if (key := self.current_key) is not None:
            self.post_message(self.Moved(self.cursor, key))

    def action_move(self, step: int) -> None:
        """Move the cursor by rows."""
        self.go_to(self.cursor + step)

    def action_page(self, step: int) -> None:
        """Move the cursor by screens."""
        self.go_to(self.cursor + step * max(1, self.size.height - HEADING_LINES - 1))

    def action_edge(self, end: int) -> None:
        """Go to the first or last row."""
        self.go_to(len(self.rows) - 1 if end else 0)

    def action_choose(self) -> None:
        """Choose the row under the cursor."""
        if (key := self.current_key) is not None:
            self.post_message(self.Chosen(self.cursor, key))

    def action_mark(self) -> None:
        """Mark or unmark the row and go on to the next."""
        if (key := self.current_key) is not None:
            self.marked ^= {key}
            self.refresh(Region(0, self.cursor - self.scroll_offset.y + HEADING_LINES, self.size.width, 1))
        self.action_move(1)

    def action_mark_move(self, step: int) -> None:
        """Mark the row and move: a range is marked by holding shift."""
        if (key := self.current_key) is not None:
            self.marked.add(key)
            self.action_move(step)
            if (other := self.current_key) is not None:
                self.marked.add(other)
            self.refresh()

    def on_click(self, event: events.Click) -> None:
        """Put the cursor where the mouse is; a second click there chooses."""
        line = event.y - HEADING_LINES
        if line < 0:
            return
        index = line + self.scroll_offset.y
        if index < len(self.rows):
            if index == self.cursor and event.chain > 1:
                self.action_choose()
            else:
                self.go_to(index)

    # --- drawing ---------------------------------------------------------------------------------------------------

    def on_resize(self, event: events.Resize) -> None:
        """Keep the cursor in sight."""
        self.virtual_size = Size(event.size.width, len(self.rows) + HEADING_LINES)
        self._reveal()

    def render_line(self, y: int) -> Strip:
        """Draw one line: the heading, a row, or nothing."""
        if y < HEADING_LINES:
            return self._line(self._columns.titles, "row-list--heading", "  ")
        index = y - HEADING_LINES + self.scroll_offset.y
        if index >= len(self.rows):
            return Strip.blank(self.size.width, self.rich_style)
        marked = self.rows.key(index) in self.marked
        here = index == self.cursor
        part = (
            ("row-list--cursor" if self.has_focus else "row-list--cursor-blurred")
            if here
            else ("row-list--marked" if marked else "row-list--row")
        )
        return self._line(self.rows.cells(index), part, ("▌" if here else " ") + ("•" if marked else " "))

    def _line(self, cells: Sequence[str | Text], part: str, margin: str) -> Strip:
        style = self.get_component_rich_style(part)
        return self._columns.line(cells, margin=margin, style=style, width=self.size.width, console=self.app.console)

    def on_focus(self) -> None:
        """Show the cursor as the one that listens."""
        self.refresh()

    def on_blur(self) -> None:
        """Show the cursor as one that waits."""
        self.refresh()
