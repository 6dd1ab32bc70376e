"""Keys that come faster than the screens can follow, as a paste or a slow line brings them."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.events import Key, Paste
from textual.message import Message
from textual.widgets import Input

from core.importing.decisions import Category
from core.linking.link import LinkState
from tests.core.desk.office import SERVICE, Bureau
from tests.core.desk.school_year import SchoolBureau
from tests.core.importing.build import pupil, teacher
from tests.tui.screens.review_school import a_school, go_to, in_review, stored
from tests.tui.screens.terminal import at_the_app


@pytest.fixture
def bureau(tmp_path: Path) -> SchoolBureau:
    return a_school(tmp_path)


async def test_what_is_typed_behind_a_slash_is_searched_for_and_decides_nothing(bureau: SchoolBureau) -> None:
    async with in_review(bureau) as person:
        await go_to(person, pupil("p3"))
        await person.press_at_once("slash", *"xnb smit")
        assert person.place == "ReviewScreen"
        assert person.review.search == "xnb smit"
        row = stored(bureau, pupil("p3"))
        assert (row.category, row.by) == (Category.EXISTING, "")


async def test_what_is_typed_behind_a_key_that_opens_a_dialog_is_typed_in_that_dialog(bureau: SchoolBureau) -> None:
    async with in_review(bureau) as person:
        await go_to(person, teacher("t2"))
        await person.press_at_once("e", *"bo@school.nl", "enter", "3", "k", *"smit", "enter", "2")
        assert person.place == "ReviewScreen"
        assert "Leerkrachten 2/2" in person.screen
        assert stored(bureau, teacher("t2")).email == "bo@school.nl"


async def test_a_wrong_word_and_its_correction_may_come_in_one_go(bureau: SchoolBureau) -> None:
    async with in_review(bureau) as person:
        await go_to(person, teacher("t2"))
        await person.press_at_once("e", *"nep", "enter", *["backspace"] * 3, *"bo@school.nl", "enter")
        assert stored(bureau, teacher("t2")).email == "bo@school.nl"


async def test_a_school_is_looked_for_and_opened_in_one_go(tmp_path: Path) -> None:
    bureau = Bureau(tmp_path)
    bureau.with_school()
    async with at_the_app(bureau, SERVICE) as person:
        await person.press_at_once("slash", *"regenboog", "enter", "enter", "b", "escape", "o")
        assert person.place == "LogScreen"


async def test_a_long_text_that_comes_in_letter_by_letter_is_put_in_at_once(tmp_path: Path) -> None:
    bureau = Bureau(tmp_path)
    bureau.with_school(LinkState.ACTIVE)
    async with at_the_app(bureau, SERVICE) as person:
        await person.press("slash", *"12AB", "enter", "enter", "E")
        field = person.app.screen.query_one(Input)
        seen: list[Message] = []
        field.message_signal.subscribe(person.app, seen.append)
        text = "De school gaat dicht. " * 100
        await person.press_at_once(*text)
        assert field.value == text
        assert sum(isinstance(message, Input.Changed | Key | Paste) for message in seen) < len(text) // 10


async def test_letters_that_a_field_refuses_are_refused_one_by_one(tmp_path: Path) -> None:
    bureau = Bureau(tmp_path)
    bureau.with_school(LinkState.OPENED)
    async with at_the_app(bureau, SERVICE) as person:
        await person.press("slash", *"12AB", "enter", "enter", "k", "shift+tab")
        field = person.app.screen.query_one("#year", Input)
        assert field.has_focus
        await person.press_at_once(*["backspace"] * 9, *"2x0a26-2027")
        assert field.value == "2026-2027"
