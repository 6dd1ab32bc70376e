"""A key that has nothing to do says so, instead of asking somebody to type a BRIN for it."""

from __future__ import annotations

from pathlib import Path

import pytest

from core.linking.link import LinkState
from tests.core.desk.office import SERVICE, Bureau
from tests.tui.screens.review_school import a_school, in_review
from tests.tui.screens.terminal import at_the_app


@pytest.mark.parametrize(
    ("state", "keys", "told"),
    [
        (LinkState.OPENED, ("w",), "Alle externe nummers zijn al leeg."),
        (LinkState.ACTIVE, ("r", "y"), "Er zijn geen resultaten van 2025-2026"),
    ],
)
async def test_nothing_is_asked_where_nothing_would_happen(
    tmp_path: Path, state: LinkState, keys: tuple[str, ...], told: str
) -> None:
    bureau = Bureau(tmp_path)
    bureau.with_school(state)
    async with at_the_app(bureau, SERVICE, size=(120, 30)) as person:
        await person.press("slash", *"12AB", "enter", "enter", *keys)
        assert told in person.told
        assert person.place != "TypeDialog"


async def test_parnassys_that_has_nothing_newer_for_a_review_is_told(tmp_path: Path) -> None:
    async with in_review(a_school(tmp_path)) as person:
        await person.press("v")
        await person.pilot.pause(0.2)
        assert "ParnasSys heeft niets nieuws." in person.told


async def test_the_key_is_shown_in_a_dialog_that_asks_nothing_more(tmp_path: Path) -> None:
    bureau = Bureau(tmp_path)
    bureau.with_school(LinkState.SUBMITTED)
    async with at_the_app(bureau, SERVICE) as person:
        screen = await person.press("down", "enter", "s", "j")
        assert "Autorisatiesleutel" in screen
        assert "Nee" not in screen
        await person.press("enter")
        assert person.place == "SchoolScreen"


async def test_a_finding_that_is_too_long_goes_on_below_its_place(tmp_path: Path) -> None:
    bureau = Bureau(tmp_path)
    bureau.with_school(LinkState.SUBMITTED)
    async with at_the_app(bureau, SERVICE) as person:
        screen = await person.press("down", "enter", "k")
        lines = screen.split("verbinding", 1)[1].splitlines()[1:5]
        assert all(line.startswith(" " * 25) or not line for line in lines), screen
