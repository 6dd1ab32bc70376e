"""A key pressed on what stood there before a colleague, or newer data, changed it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from core.importing.decisions import Category
from tests.core.desk.office import SCHOOL, SERVICE
from tests.core.desk.school_year import SchoolBureau
from tests.core.importing.build import NOW, an_incoming_pupil, place, pupil
from tests.tui.screens.review_school import a_school, an_answer, go_to, in_review, stored
from tui.screens.review import ReviewScreen


@pytest.fixture
def bureau(tmp_path: Path) -> SchoolBureau:
    return a_school(tmp_path)


async def test_another_child_under_the_key_is_drawn_and_not_decided_about(bureau: SchoolBureau) -> None:
    async with in_review(bureau) as person:
        await go_to(person, pupil("p3"))
        others = tuple(one for one in an_answer().pupils if one.key != "p3")
        zara = an_incoming_pupil("p3", "Zara", "Zwart", born=date(2018, 2, 2))
        bureau.las.roster = replace(an_answer(), pupils=(*others, zara), created=NOW + timedelta(days=1))
        await bureau.desk.imports.pull(SERVICE, SCHOOL)
        person.review.decide(place(pupil("p3"), Category.EXISTING, "P3"))
        assert "Bekijk de rij opnieuw" in await person.press()
        assert "Zwart, Zara" in await person.press("escape")
        assert stored(bureau, pupil("p3")).by == ""


async def test_a_colleagues_choice_that_was_not_on_the_screen_yet_stays_and_both_are_told(bureau: SchoolBureau) -> None:
    async with in_review(bureau) as person:
        await go_to(person, pupil("p3"))
        ahead = bureau.desk.imports.open(SERVICE, SCHOOL)
        bureau.desk.imports.decide(SERVICE, ahead, [place(pupil("p3"), Category.SKIP)])
        person.review.decide(place(pupil("p3"), Category.NEW))
        assert "kozen hier tegelijk; kies opnieuw" in await person.press()
        assert SERVICE.name in person.told
        assert stored(bureau, pupil("p3")).category is Category.SKIP


async def test_a_key_pressed_when_the_import_is_over_leaves_the_review_once_that_was_read(bureau: SchoolBureau) -> None:
    async with in_review(bureau) as person:
        await go_to(person, pupil("p3"))
        review = person.review
        bureau.desk.imports.discard(SERVICE, SCHOOL)
        review.decide(place(pupil("p3"), Category.NEW))
        assert "afgebroken door" in await person.press()
        await person.press("escape")
        review.look_for_others()
        await person.press()
        assert not isinstance(person.app.screen, ReviewScreen)
