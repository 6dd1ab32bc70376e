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
"""Cells for the name of a test, when there is no room for all of it."""
SHORTEST, LONGEST = 10, 60


class LevelsScreen(DeskScreen):
    """How each group did on each test this school year."""

    HELP: ClassVar[str] = N_(
        "Per groep en toets hoe de leerlingen over de niveaus verdeeld zijn: het beste niveau links en het donkerst. "
        "De balken zijn even lang; de aantallen staan erachter, onder hun niveau."
    )

    def __init__(self, levels: Sequence[GroupLevels], names: Mapping[TestCode, str]) -> None:
        super().__init__()
        self.levels = levels
        self.names = names

    def heading(self) -> str:
        """What is drawn."""
        return _("Niveaus per groep")

    def body(self) -> Iterable[Widget]:
        """The picture."""
        with VerticalScroll():
            yield LevelsPicture(self.levels, self.names)


class LevelsPicture(Static):
    """Drawn for the width there is."""

    def __init__(self, levels: Sequence[GroupLevels], names: Mapping[TestCode, str]) -> None:
        super().__init__(markup=False)
        self._levels = levels
        self._names = names

    def on_resize(self, event: events.Resize) -> None:
        """Draw for this width."""
        self.update(Text("\n").join(lines_of(self._levels, self._names, event.size.width)))


def lines_of(levels: Sequence[GroupLevels], names: Mapping[TestCode, str], width: int) -> Iterator[Text]:
    """Draw every group under its name, below a heading that says what the shades are."""
    if not levels:
        yield Text(" " + _("Nog geen resultaten dit schooljaar."))
        return
    longest = max(len(names.get(one.test, one.test)) for one in levels) + 4
    name = max(NAME, min(longest, width // 3))
    steps = zip(*(one.counts for one in levels), strict=True)
    labels = ["/".join(dict.fromkeys(step)) for step in steps]
    step = max(map(len, labels)) + 2
    room = max(SHORTEST, min(LONGEST, width - name - step * len(labels) - 2))
    shades = "".join(f"{shade}{label}".rjust(step) for shade, label in zip(SHADES, labels, strict=False))
    yield Text(" " * (name + room + 1) + shades, "bold")
    for group, tests in groupby(levels, key=lambda one: one.group):
        yield Text(f" {group}", "bold")
        for one in tests:
            yield picture(one, names.get(one.test, one.test), name, room, step)


def picture(levels: GroupLevels, title: str, name: int, room: int, step: int) -> Text:
    """Draw one group on one test: its name, a bar divided over the levels, and how many pupils are at each."""
    line = Text(f"   {title}")
    line.truncate(name, overflow="ellipsis", pad=True)
    pupils = sum(levels.counts.values())
    line.append(" ").append(bar(levels.counts.values(), room) if pupils else " " * room)
    line.append("".join(str(count or "–").rjust(step) for count in levels.counts.values()))
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
