"""The work list on screen."""

from __future__ import annotations

from pathlib import Path

import pytest

from core.importing.decisions import RowKey
from core.model import IncomingRef, Kind
from tests.core.desk.office import SCHOOL, SERVICE, Bureau
from tests.tui.screens.review_school import a_school, go_to
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


async def test_what_is_left_of_a_review_stands_on_the_list_also_after_somebody_worked_in_it(tmp_path: Path) -> None:
    bureau = a_school(tmp_path / "desk")
    await bureau.desk.imports.pull(SERVICE, SCHOOL)
    async with at_the_app(bureau, SERVICE, size=(120, 30)) as person:
        left = bureau.store.lines()[0].rest.replace(", ", " · ")
        assert "nieuw" in left
        assert left in person.screen
        await person.press("slash", *"12AB", "enter", "enter")
        await person.until("SchoolScreen")
        await person.press("i")
        await person.until("ReviewScreen")
        await go_to(person, RowKey(Kind.PUPIL, IncomingRef("las:n1")))
        await person.press("x", "escape")
        await person.until("SchoolScreen")
        await person.press("escape", "escape")
        after = bureau.store.lines()[0].rest.replace(", ", " · ")
        assert after != left
        assert after in person.screen
