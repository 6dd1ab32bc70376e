"""The work list on screen."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.core.desk.office import SERVICE, Bureau
from tests.tui.screens.terminal import at_the_app


@pytest.mark.parametrize("schools", [0, 1])
async def test_a_search_that_finds_nothing_says_so_and_every_key_still_works(tmp_path: Path, schools: int) -> None:
    bureau = Bureau(tmp_path)
    if schools:
        bureau.with_school()
    async with at_the_app(bureau, SERVICE) as person:
        await person.press("slash")
        assert "0 scholen gevonden" in await person.type("bestaatniet")
        await person.press("enter", "down", "end", "home", "pageup", "space", "enter")
        assert person.place == "WorklistScreen"
        assert "WACHT OP ONS" in await person.press("escape")
