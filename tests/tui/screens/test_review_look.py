"""Looking at the review on screen, point by point of workflow.md §3: `s` is what the manual says, `plus` is ours."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from tests.core.desk.school_year import SchoolBureau
from tests.core.importing.build import pupil, teacher
from tests.tui.screens.review_school import a_school, an_answer, go_to, in_review
from tui.widgets.row_detail import RowDetail


@pytest.fixture
def bureau(tmp_path: Path) -> SchoolBureau:
    return a_school(tmp_path)


async def test_s_three_tabs_with_three_categories_and_plus_their_counts_in_sight(bureau: SchoolBureau) -> None:
    async with in_review(bureau) as person:
        for text in (
            "Groepen 2/2",
            "Leerkrachten 1/2",
            "Leerlingen 9/10",
            "Nieuw 1",
            "Bestaand 9",
            "Niet importeren 0",
        ):
            assert text in person.screen
        assert "Groep 5" in await person.press("1")
        assert "a.wit@school.nl" in await person.press("2")


async def test_plus_each_proposal_says_how_sure_and_why_with_the_runner_up(bureau: SchoolBureau) -> None:
    async with in_review(bureau) as person:
        screen = await go_to(person, pupil("p3"))
        for text in ("●●●●● vanzelf", "achternaam gelijk", "geboortedatum gelijk", "samen +", "kans", "volgende: "):
            assert text in screen


async def test_plus_differences_are_shown_before_and_after(tmp_path: Path) -> None:
    bureau = a_school(tmp_path)
    answer = an_answer()
    moved = [replace(one, year_group="6") if one.key == "p3" else one for one in answer.pupils]
    bureau.las.roster = replace(answer, pupils=tuple(moved))
    async with in_review(bureau) as person:
        assert "jaargroep 5 → 6" in await go_to(person, pupil("p3"))


async def test_plus_the_list_is_narrowed_to_doubt_and_to_one_group(bureau: SchoolBureau) -> None:
    async with in_review(bureau) as person:
        screen = await person.press("f")
        assert "filter: twijfel" in screen
        assert "Quak, Zoë" in screen
        assert "Smit, Daan" not in screen
        await person.press("f", "f", "f")
        await go_to(person, pupil("k1"))
        screen = await person.press("g")
        assert "groep Groep 1" in screen
        assert "Smit, Daan" not in screen


async def test_plus_search_narrows_as_you_type_and_escape_lets_go(bureau: SchoolBureau) -> None:
    async with in_review(bureau) as person:
        await person.press("slash")
        screen = await person.type("quak")
        assert "Quak, Zoë" in screen
        assert "Smit, Daan" not in screen
        assert "Smit, Daan" in await person.press("escape")
        assert person.place == "ReviewScreen"


async def test_plus_the_list_of_problems_jumps_to_the_row(bureau: SchoolBureau) -> None:
    async with in_review(bureau) as person:
        await person.press("p")
        assert person.place == "ProblemsScreen"
        await person.press("enter")
        assert person.place == "ReviewScreen"
        assert person.cursor == teacher("t2").incoming


async def test_plus_next_undecided_goes_over_all_tabs(bureau: SchoolBureau) -> None:
    async with in_review(bureau) as person:
        await person.press("1", "home", "right")
        assert "[2 Leerkrachten" in person.screen
        await person.press("right")
        assert "[3 Leerlingen" in person.screen
        assert person.cursor == pupil("n1").incoming


async def test_plus_help_speaks_the_manuals_words(bureau: SchoolBureau) -> None:
    async with in_review(bureau) as person:
        assert "drie tabbladen: Groepen, Leerkrachten en Leerlingen" in await person.press("question_mark")


async def test_a_name_with_brackets_and_markup_is_shown_as_it_is(tmp_path: Path) -> None:
    bureau = a_school(tmp_path)
    answer = an_answer()
    first = answer.pupils[0]
    odd = replace(first, name=replace(first.name, call_name="[b]Fien[/b]"))
    bureau.las.roster = replace(answer, pupils=(odd, *answer.pupils[1:]))
    async with in_review(bureau) as person:
        assert "[b]Fien[/b]" in await go_to(person, pupil("p0"))


async def test_the_detail_waits_until_the_cursor_rests(bureau: SchoolBureau) -> None:
    """Held down, a key sends the rows it passes and not their details."""
    async with in_review(bureau) as person:
        await person.press("home")
        shown = person.review.query_one(RowDetail)
        before = shown.detail
        for _key in range(4):
            await person.pilot.press("down")
            assert shown.detail == before
        screen = await person.press()
        assert shown.detail is not None
        assert shown.detail.row.key.incoming == person.cursor
        assert "Waarom:" in screen


async def test_plus_what_must_be_put_right_can_be_read_to_its_end_on_80_columns(bureau: SchoolBureau) -> None:
    async with in_review(bureau) as person:
        assert person.review.session
        problem = person.review.session.problems()[0]
        words = " ".join((await person.press("p")).split())
        assert len(problem.sentence) > 40
        assert problem.sentence in words
