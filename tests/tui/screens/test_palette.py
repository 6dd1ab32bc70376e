"""What a screen can do is found by its words; nothing of Textual's own words or doings is within reach."""

from __future__ import annotations

import ast
import inspect
import re
from pathlib import Path

import pytest
from textual.app import App
from textual.command import CommandPalette
from textual.widgets import OptionList

import tui
from tests.core.desk.office import SERVICE
from tests.core.desk.school_year import SchoolBureau
from tests.english import dutch_in, english
from tests.tui.screens.review_school import a_school, in_review, settle
from tests.tui.screens.terminal import Person, at_the_app

DRAW_ENGLISH = {
    "CommandPalette", "DirectoryTree", "Footer", "Header", "HelpPanel", "KeyPanel", "LoadingIndicator", "Welcome",
}  # fmt: skip
"""Widgets of Textual with words of their own."""


@pytest.fixture
def bureau(tmp_path: Path) -> SchoolBureau:
    return a_school(tmp_path / "desk")


def of_textual() -> set[str]:
    """Return every text of Textual's palette and its commands, as its source has them."""
    sources = (inspect.getsource(App.get_system_commands), inspect.getsource(CommandPalette))
    texts = {text for source in sources for text in re.findall(r'"([A-Z][a-z]+[^"\n]*)"', source)}
    assert {"Screenshot", "Search for commands…", "No matches found"} <= texts
    return texts


async def the_palette(person: Person) -> str:
    screen = await person.press("ctrl+p")
    assert person.place == "PaletteScreen"
    return screen


async def test_the_palette_offers_what_this_screen_can_do_and_nothing_of_textual(bureau: SchoolBureau) -> None:
    async with at_the_app(bureau, SERVICE, size=(120, 40)) as person:
        first = await the_palette(person)
        await person.press("escape", "slash", *"12AB", "enter", "enter")
        await person.until("SchoolScreen")
        school = await the_palette(person)
        assert "Terug naar het vorige scherm" in await person.press(*"terug")
    async with in_review(bureau, (120, 40)) as person:
        review = await the_palette(person)
    assert "De laatste nachtelijke runs" in first
    assert "Koppeldesk verlaten" in first
    assert "Terug naar het vorige scherm" not in first
    assert "Leerlingen beheren" in school
    for screen in (first, school, review):
        assert not [text for text in of_textual() if text in screen]


async def test_what_is_typed_narrows_the_palette_and_enter_does_it(bureau: SchoolBureau) -> None:
    async with at_the_app(bureau, SERVICE) as person:
        narrowed = await person.press("ctrl+p", *"wie wat")
        assert "Wie deed wat, wanneer" in narrowed
        assert "De school openen" not in narrowed
        await person.press("enter")
        assert person.place == "LogScreen"


async def test_the_arrows_choose_in_the_palette(bureau: SchoolBureau) -> None:
    async with at_the_app(bureau, SERVICE) as person:
        await person.press("ctrl+p", "down", "down", "up", "enter")
        assert person.place == "NightsScreen"


async def test_the_palette_of_the_summary_offers_every_way_once(bureau: SchoolBureau) -> None:
    async with in_review(bureau, (100, 40)) as person:
        await settle(person)
        await person.press("i")
        screen = await the_palette(person)
        assert screen.count("Terug naar het nakijken; alles blijft bewaard") == 1
        offered = person.app.screen.query_one(OptionList).options
        assert all(str(option.prompt)[8:].strip() for option in offered), "each says what it does"
        await person.press(*"weggooien", "enter")
        assert person.place == "AskDialog"


async def test_nothing_that_fits_is_said_in_our_words_and_does_nothing(bureau: SchoolBureau, tmp_path: Path) -> None:
    async with at_the_app(bureau, SERVICE) as person:
        assert "Niets op dit scherm heet zo." in await person.press("ctrl+p", *"screenshot", "enter")
        assert "Koppeldesk verlaten" in await person.press(*["backspace"] * 10)
        await person.press("escape")
        assert person.place == "WorklistScreen"
    with english(tmp_path / "locale"):
        async with at_the_app(bureau, SERVICE, size=(120, 40)) as person:
            assert not dutch_in(await the_palette(person))


async def test_ctrl_c_leaves_and_no_english_hint_stands_in_its_way(bureau: SchoolBureau) -> None:
    async with at_the_app(bureau, SERVICE) as person:
        await person.press("ctrl+c")
        assert person.app.return_value == 0


def test_no_widget_that_draws_words_of_its_own_is_used() -> None:
    trees = (ast.parse(path.read_text(encoding="utf-8")) for path in Path(tui.__file__).parent.rglob("*.py"))
    imports = (node for tree in trees for node in ast.walk(tree) if isinstance(node, ast.ImportFrom))
    used = {name.name for each in imports if (each.module or "").startswith("textual") for name in each.names}
    assert "Input" in used
    assert not used & DRAW_ENGLISH
