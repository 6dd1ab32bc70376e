"""A list of rows that draws only what is in sight: 20,000 rows cost no more per key than twenty."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import ClassVar, Protocol

from rich.cells import cell_len, set_cell_size
from rich.segment import Segment
from rich.style import Style
from rich.text import Text
from textual import events
from textual.binding import Binding, BindingType
from textual.geometry import Region, Size
from textual.message import Message
from textual.reactive import reactive
from textual.scroll_view import ScrollView
from textual.strip import Strip

from core.language import N_

HEADING_LINES = 1
UNSEEN = dict.fromkeys((*range(0x20), *range(0x7F, 0xA0)), " ")
"""Control characters: data, like everything in a name, and never an order to the terminal."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """One column: `width` in cells; `share` > 0 divides what is left over; `drop` > 0 goes first when it is narrow."""

    title: str
    width: int
    share: int = 0
    drop: int = 0
    right: bool = False


class Rows(Protocol):
    """What a list shows: asked only for the rows in sight."""

    def __len__(self) -> int: ...

    def cells(self, index: int) -> Sequence[str | Text]:
        """Return the cells of one row, as many as there are columns."""
        ...

    def key(self, index: int) -> str:
        """Return what identifies the row, whatever its place."""
        ...


@dataclass(frozen=True, slots=True)
class PlainRows:
    """Rows that are known already: pairs of key and cells."""

    rows: Sequence[tuple[str, Sequence[str | Text]]]

    def __len__(self) -> int:
        return len(self.rows)

    def cells(self, index: int) -> Sequence[str | Text]:
        """Return the cells of one row."""
        return self.rows[index][1]

    def key(self, index: int) -> str:
        """Return the key of one row."""
        return self.rows[index][0]


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
        Binding("space", "mark", N_("markeer"), show=False),
        Binding("shift+down", "mark_move(1)", N_("markeer verder"), show=False),
        Binding("shift+up", "mark_move(-1)", N_("markeer terug"), show=False),
        Binding("enter", "choose", N_("openen"), show=False),
    ]

    cursor: reactive[int] = reactive(0, repaint=False)

    class Moved(Message):
        """The cursor stands on another row."""

        def __init__(self, row_list: RowList, index: int, key: str) -> None:
            super().__init__()
            self.row_list = row_list
            self.index = index
            self.key = key

        @property
        def control(self) -> RowList:
            """The list it happened in."""
            return self.row_list

    class Chosen(Moved):
        """Enter was pressed, or the row under the cursor was clicked."""

    class Marked(Message):
        """The marks changed."""

        def __init__(self, row_list: RowList) -> None:
            super().__init__()
            self.row_list = row_list

        @property
        def control(self) -> RowList:
            """The list it happened in."""
            return self.row_list

    def __init__(
        self, columns: Sequence[Column], *, heading: str = "", id: str | None = None, classes: str | None = None
    ) -> None:
        super().__init__(id=id, classes=classes)
        self.columns = tuple(columns)
        self.heading = heading
        """With what the keys of headings between the rows begin, over which the cursor passes; empty = there are none."""
        self.rows: Rows = PlainRows(())
        self.marked: set[str] = set()
        self._widths: tuple[int, ...] = ()

    # --- what is shown ---------------------------------------------------------------------------------------------

    def show(self, rows: Rows, *, keep: str | None = None) -> None:
        """Show other rows; the cursor stays on the row with key `keep` when it is there, else where it was."""
        self.rows = rows
        self.virtual_size = Size(self.size.width, len(rows) + HEADING_LINES)
        place = self.cursor
        if keep is not None:
            place = next((i for i in range(len(rows)) if rows.key(i) == keep), place)
        self.set_reactive(RowList.cursor, self._stop(max(0, min(place, len(rows) - 1))))
        self._reveal()
        # How far can be scrolled is known only once the new size is laid out.
        self.call_after_refresh(self._reveal)
        self.refresh()
        self._tell()

    def set_columns(self, columns: Sequence[Column]) -> None:
        """Use other columns from now on."""
        self.columns = tuple(columns)
        self._widths = ()
        self.refresh()

    @property
    def current_key(self) -> str | None:
        """The key of the row under the cursor; None when there are no rows."""
        return self.rows.key(self.cursor) if len(self.rows) else None

    @property
    def whole_row(self) -> str:
        """Everything that the row under the cursor says, whether or not it fits in its columns."""
        cells = self.rows.cells(self.cursor) if len(self.rows) else ()
        return " · ".join(filter(None, (str(cell).strip() for cell in cells)))

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
            self.post_message(self.Marked(self))

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

    def _reveal(self) -> None:
        height = max(1, self.scrollable_content_region.height - HEADING_LINES)
        top = self.scroll_offset.y
        first = self.cursor
        while first > 0 and self._is_heading(first - 1):
            first -= 1
        if first < top:
            self.scroll_to(y=first, animate=False, force=True, immediate=True)
        elif self.cursor >= top + height:
            self.scroll_to(y=self.cursor - height + 1, animate=False, force=True, immediate=True)

    def _tell(self) -> None:
        if (key := self.current_key) is not None:
            self.post_message(self.Moved(self, self.cursor, key))

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
            self.post_message(self.Chosen(self, self.cursor, key))

    def action_mark(self) -> None:
        """Mark or unmark the row and go on to the next."""
        self._toggle()
        self.action_move(1)

    def action_mark_move(self, step: int) -> None:
        """Mark the row and move: a range is marked by holding shift."""
        if (key := self.current_key) is not None:
            self.marked.add(key)
            self.action_move(step)
            if (other := self.current_key) is not None:
                self.marked.add(other)
            self.refresh()
            self.post_message(self.Marked(self))

    def _toggle(self) -> None:
        if (key := self.current_key) is not None:
            self.marked ^= {key}
            self.refresh(Region(0, self.cursor - self.scroll_offset.y + HEADING_LINES, self.size.width, 1))
            self.post_message(self.Marked(self))

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
        """Divide the width anew."""
        self._widths = ()
        self.virtual_size = Size(event.size.width, len(self.rows) + HEADING_LINES)
        self._reveal()

    def _divide(self, width: int) -> tuple[int, ...]:
        if not self._widths:
            self._widths = divide(self.columns, width)
        return self._widths

    def render_line(self, y: int) -> Strip:
        """Draw one line: the heading, a row, or nothing."""
        width = self.size.width
        if y < HEADING_LINES:
            style = self.get_component_rich_style("row-list--heading")
            return self._draw([column.title for column in self.columns], style, width, "  ")
        index = y - HEADING_LINES + self.scroll_offset.y
        if index >= len(self.rows):
            return Strip.blank(width, self.rich_style)
        marked = self.rows.key(index) in self.marked
        here = index == self.cursor
        part = (
            ("row-list--cursor" if self.has_focus else "row-list--cursor-blurred")
            if here
            else ("row-list--marked" if marked else "row-list--row")
        )
        margin = ("▌" if here else " ") + ("•" if marked else " ")
        return self._draw(self.rows.cells(index), self.get_component_rich_style(part), width, margin)

    def _draw(self, cells: Sequence[str | Text], style: Style, width: int, margin: str) -> Strip:
        line = [Segment(margin, style)]
        used = len(margin)
        for cell, column, room in zip(cells, self.columns, self._divide(width - len(margin)), strict=True):
            if room:
                line.extend(self._cell(cell, style, room - 1, right=column.right))
                line.append(Segment(" ", style))
                used += room
        line.append(Segment(" " * max(0, width - used), style))
        # Fewer pieces are fewer bytes on the line: every piece brings its colours along.
        return Strip(Segment.simplify(line)).crop(0, width)

    def _cell(self, cell: str | Text, style: Style, room: int, *, right: bool) -> Iterable[Segment]:
        if isinstance(cell, str):
            return (Segment(fitted(cell, room, right=right), style),)
        text = cell.copy()
        text.end = ""
        text.truncate(room, overflow="ellipsis")
        text.align("right" if right else "left", room)
        pieces = text.render(self.app.console)
        return (Segment(piece.text, style + piece.style if piece.style else style) for piece in pieces)

    def on_focus(self) -> None:
        """Show the cursor as the one that listens."""
        self.refresh()

    def on_blur(self) -> None:
        """Show the cursor as one that waits."""
        self.refresh()


def fitted(text: str, room: int, *, right: bool = False) -> str:
    """Return `text` in exactly `room` cells; what would move the cursor of a terminal is left out of it."""
    text = text.translate(UNSEEN)
    over = cell_len(text) - room
    if over > 0:
        return set_cell_size(text, room - 1) + "…" if room else ""
    return " " * -over + text if right else text + " " * -over


def divide(columns: Sequence[Column], width: int) -> tuple[int, ...]:
    """Divide `width` cells over the columns; the ones with the highest `drop` go (0 cells) until the rest fits."""
    kept = list(columns)
    while sum(column.width for column in kept) > width and any(column.drop for column in kept):
        kept.remove(max(kept, key=lambda column: column.drop))
    left = max(0, width - sum(column.width for column in kept))
    shares = sum(column.share for column in kept)
    widths: list[int] = []
    for column in columns:
        if column not in kept:
            widths.append(0)
            continue
        extra = left * column.share // shares if shares else 0
        widths.append(column.width + extra)
    return tuple(widths)
