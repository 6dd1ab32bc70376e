"""A screen that is mostly one list."""

from __future__ import annotations

from pathlib import Path

from tests.core.desk.office import Bureau
from tests.tui.screens.terminal import at_the_app
from tui.screens.help import HelpScreen
from tui.screens.list_screen import ListScreen


class Counting(ListScreen):
    """Counts how often the list is read."""

    def __init__(self) -> None:
        super().__init__()
        self.reads = 0

    def fill(self) -> None:
        self.reads += 1


async def test_a_list_is_read_once_when_it_opens_and_once_more_when_it_comes_back(tmp_path: Path) -> None:
    async with at_the_app(Bureau(tmp_path)) as person:
        screen = Counting()
        person.app.push_screen(screen)
        await person.until("Counting")
        assert screen.reads == 1
        person.app.push_screen(HelpScreen("", "", []))
        await person.until("HelpScreen")
        await person.press("escape")
        assert screen.reads == 2
