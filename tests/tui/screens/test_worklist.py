"""The work list on screen."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from core.importing.decisions import RowKey
from core.linking.link import LinkState
from core.model import IncomingRef, Kind
from tests.core.desk.office import NIGHT, SCHOOL, SERVICE, Bureau
from tests.tui.screens.review_school import a_school, go_to
from tests.tui.screens.terminal import at_the_app
from tui.screens.nights import NightsScreen


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


async def test_who_has_one_school_finds_it_without_searching_also_when_nothing_waits(tmp_path: Path) -> None:
    bureau = Bureau(tmp_path)
    bureau.with_school(LinkState.ACTIVE)
    async with at_the_app(bureau) as person:
        assert "ER WACHT NIETS  1" in person.screen
        await person.press("enter")
        assert person.place == "SchoolScreen"


async def test_an_error_is_told_once_and_its_screen_can_be_left(tmp_path: Path) -> None:
    """Reading anew behind the error would tell it again, for ever."""
    bureau = Bureau(tmp_path)
    bureau.with_school()
    async with at_the_app(bureau) as person:
        person.app.push_screen(NightsScreen())
        assert "Een beheerder mag dit niet" in await person.until("ErrorDialog")
        await person.press("escape")
        assert person.place == "NightsScreen"
        await person.press("escape")
        assert person.place == "WorklistScreen"


async def test_the_nights_are_offered_to_who_may_see_them(tmp_path: Path) -> None:
    bureau = Bureau(tmp_path)
    bureau.with_school()
    async with at_the_app(bureau) as person:
        assert "n nacht" not in person.screen
        await person.press("n")
        assert person.place == "WorklistScreen"
    async with at_the_app(bureau, SERVICE) as person:
        assert "n nacht" in person.screen


async def test_how_the_last_nights_went_stands_above_the_list(tmp_path: Path) -> None:
    bureau = Bureau(tmp_path)
    await bureau.desk.nights.run(NIGHT)
    async with at_the_app(bureau, SERVICE) as person:
        assert "▁ nacht van 23-11: 0 bevestigd, 0 afgekeurd" in person.screen


async def test_new_and_doubtful_of_an_ordinary_school_fit_in_80_columns(tmp_path: Path) -> None:
    bureau = a_school(tmp_path / "desk")
    await bureau.desk.imports.pull(SERVICE, SCHOOL)
    bureau.store.annotate(SCHOOL, lambda line: replace(line, rest="126 nieuw, 17 twijfel"))
    async with at_the_app(bureau, SERVICE) as person:
        assert "126 nieuw · 17 twijfel" in person.screen


async def test_a_school_whose_file_is_damaged_says_so_once_and_offers_no_application(tmp_path: Path) -> None:
    bureau = Bureau(tmp_path)
    bureau.with_school()
    async with at_the_app(bureau) as person:
        record = next(tmp_path.rglob("record.json"))
        record.write_text("{kapot")
        await person.press("enter")
        assert "is beschadigd" in await person.until("ErrorDialog")
        screen = await person.press("escape")
        assert "nu niet te lezen" in screen
        assert "geen koppeling" not in screen
        for key in ("k", "i"):
            await person.press(key)
            await person.until("ErrorDialog")
            await person.press("escape")
            assert person.place == "SchoolScreen"
