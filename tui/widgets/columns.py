"""The columns of a list: how wide each is, and how the cells of one row are drawn on one line of the screen."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from rich.cells import cell_len, set_cell_size
from rich.console import Console
from rich.segment import Segment
from rich.style import Style
from rich.text import Text
from textual.strip import Strip

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


class Columns:
    """Columns beside each other; how they share a width is worked out once for each width."""

    def __init__(self, columns: Sequence[Column]) -> None:
        self._columns = tuple(columns)
        self._width = -1
        self._rooms: tuple[int, ...] = ()

    @property
    def titles(self) -> list[str]:
        """What stands above them."""
        return [column.title for column in self._columns]

    def written(self, cells: Sequence[str | Text]) -> str:
        """Write a row out: everything its cells say, a number with the title of its column."""
        said = [(column, str(cell).strip()) for column, cell in zip(self._columns, cells, strict=True)]
        return " · ".join(f"{column.title} {text}" if column.right else text for column, text in said if text)

    def line(self, cells: Sequence[str | Text], *, margin: str, style: Style, width: int, console: Console) -> Strip:
        """Draw one row in `width` cells, `margin` first."""
        line = [Segment(margin, style)]
        used = len(margin)
        for cell, column, room in zip(cells, self._columns, self._divided(width - used), strict=True):
            if room:
                line.extend(_drawn(cell, style, room - 1, right=column.right, console=console))
                line.append(Segment(" ", style))
                used += room
        line.append(Segment(" " * max(0, width - used), style))
        # Fewer pieces are fewer bytes on the line: every piece brings its colours along.
        return Strip(Segment.simplify(line)).crop(0, width)

    def _divided(self, width: int) -> tuple[int, ...]:
        if width != self._width:
            self._width, self._rooms = width, divide(self._columns, width)
        return self._rooms


def _drawn(cell: str | Text, style: Style, room: int, *, right: bool, console: Console) -> Iterable[Segment]:
    if isinstance(cell, str):
        return (Segment(fitted(cell, room, right=right), style),)
    text = cell.copy()
    text.end = ""
    text.truncate(room, overflow="ellipsis")
    text.align("right" if right else "left", room)
    pieces = text.render(console)
    return (Segment(piece.text, style + piece.style if piece.style else style) for piece in pieces)


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
