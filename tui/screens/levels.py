"""Levels per group as a picture: one bar per test, the best level first."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from typing import ClassVar

from rich.text import Text
from textual import events
from textual.containers import VerticalScroll
from textual.widget import Widget
from textual.widgets import Static

from core.desk.levels import GroupLevels
from core.language import N_, _
from core.scores.results import TestCode
from tui.screens.base import DeskScreen

SHADES = "█▓▒░·"
"""From the best level to the lowest: told apart without colour."""
NAME = 27
COUNTS = 36
SHORTEST = 10


class LevelsScreen(DeskScreen):
    """How each group did on each test this school year."""

    HELP: ClassVar[str] = N_(
        "Per groep en toets hoe de leerlingen over de niveaus verdeeld zijn: het beste niveau links en het donkerst. "
        "De balken zijn even lang; de aantallen staan erachter."
    )

    def __init__(self, levels: Sequence[GroupLevels], names: Mapping[TestCode, str]) -> None:
        super().__init__()
        self.levels = levels
        self.names = names

    def heading(self) -> str:
        """What is drawn."""
        return _("Niveaus per groep")

    def body(self) -> Iterable[Widget]:
        """The picture, drawn once the width is known."""
        with VerticalScroll():
            yield Static("", id="levels", markup=False)

    def on_resize(self, event: events.Resize) -> None:
        """Draw for this width."""
        self.query_one("#levels", Static).update(Text("\n").join(self._lines(event.size.width)))

    def _lines(self, width: int) -> Iterator[Text]:
        if not self.levels:
            yield Text(" " + _("Nog geen resultaten dit schooljaar."))
        for group, tests in groupby(self.levels, key=lambda one: one.group):
            yield Text(f" {group}", "bold")
            for one in tests:
                yield picture(one, self.names.get(one.test, one.test), width)


def picture(levels: GroupLevels, name: str, width: int) -> Text:
    """Draw one group on one test: its name, a bar divided over the levels, and the counts."""
    line = Text(f"   {name}")
    line.truncate(NAME, overflow="ellipsis", pad=True)
    pupils = sum(levels.counts.values())
    room = max(SHORTEST, width - NAME - COUNTS - 4)
    line.append(" ").append(bar(levels.counts.values(), room) if pupils else " " * room)
    counts = "  ".join(f"{level} {count}" for level, count in levels.counts.items() if count)
    line.append("  " + counts)
    if levels.without:
        line.append("  " + _("zonder niveau {n}").format(n=levels.without))
    return line


def bar(counts: Iterable[int], room: int) -> str:
    """Divide `room` cells over the levels by their share; what is rounded off goes to the level that lost most."""
    numbers = list(counts)
    total = sum(numbers)
    cells = [number * room // total for number in numbers]
    lost = sorted(range(len(numbers)), key=lambda place: -(numbers[place] * room % total))
    for place in lost[: room - sum(cells)]:
        cells[place] += 1
    return "".join(shade * count for shade, count in zip(SHADES, cells, strict=False))
