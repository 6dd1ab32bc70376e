"""What a screen says about its keys: those that work where somebody is now, and help under F1 where `?` is typed."""

from __future__ import annotations

from pathlib import Path

import pytest

from core.linking.link import LinkState
from tests.core.desk.office import SERVICE, Bureau
from tests.core.desk.school_year import SchoolBureau
from tests.core.importing.build import pupil, teacher
from tests.tui.screens.review_school import a_school, go_to, in_review, settle
from tests.tui.screens.terminal import at_the_app
from tui.screens.dialogs import ChooseDialog
from tui.screens.school import SchoolScreen


@pytest.fixture
def bureau(tmp_path: Path) -> SchoolBureau:
    return a_school(tmp_path)


async def test_while_somebody_searches_the_keys_are_those_of_the_search_box(bureau: SchoolBureau) -> None:
    async with in_review(bureau) as person:
        told = await person.press("slash", *"smit")
        assert told.endswith("  enter naar de lijst  F1 hulp  esc zoektekst wissen")
        assert (await person.press("f1")).count("Hulp ·") == 1
        await person.press("escape", "down")
        assert person.cursor == pupil("p4").incoming
        assert "x niet" in await person.press("escape")
        assert person.review.search == ""


async def test_a_search_box_is_left_by_the_arrow_that_goes_into_the_list(tmp_path: Path) -> None:
    bureau = Bureau(tmp_path)
    bureau.with_school()
    async with at_the_app(bureau) as person:
        assert "esc zoektekst wissen" in await person.press("slash", *"regen", "down")
        await person.press("enter")
        assert person.place == "SchoolScreen"


async def test_help_is_under_f1_on_a_screen_where_a_question_mark_is_typed(bureau: SchoolBureau) -> None:
    async with in_review(bureau) as person:
        assert "F1 hulp" in await person.press("k", "question_mark")
        assert person.place == "LinkByHandScreen"
        assert "Hulp · Koppeling aanpassen" in await person.press("f1")


async def test_the_key_of_an_address_is_told_on_the_tab_where_it_works(bureau: SchoolBureau) -> None:
    async with in_review(bureau) as person:
        assert "e e-mail" not in person.screen
        await person.press("e")
        assert person.place == "ReviewScreen"
        assert "e e-mail" in await go_to(person, teacher("t2"))


async def test_a_dialog_says_which_keys_answer_it(bureau: SchoolBureau) -> None:
    async with in_review(bureau) as person:
        await go_to(person, teacher("t2"))
        assert "enter bevestigen  esc terug" in await person.press("e")


async def test_a_list_that_a_filter_empties_says_how_to_see_rows_again(bureau: SchoolBureau) -> None:
    async with in_review(bureau) as person:
        await person.press("slash", *"bestaatniet")
        assert "Geen rij met deze keuze" in person.screen


async def test_help_says_how_rows_are_marked_where_marks_do_something(bureau: SchoolBureau) -> None:
    async with in_review(bureau, (100, 60)) as person:
        assert "spatie" in await person.press("question_mark")
        await person.press("escape", "p")
        assert "spatie" not in await person.press("question_mark")


async def test_what_takes_long_is_told_for_as_long_as_it_takes(tmp_path: Path) -> None:
    bureau = Bureau(tmp_path)
    bureau.with_school()
    async with at_the_app(bureau) as person:
        await person.press("enter")
        school = person.app.screen
        assert isinstance(school, SchoolScreen)
        with school.meanwhile("Bezig…"):
            await person.press()
            assert [notice.timeout > 60 for notice in person.app._notifications] == [True]
        await person.press()
        assert person.told == ""
        with school.meanwhile("Kort…"):
            pass
        await person.press()
        assert person.told == ""


async def test_what_was_told_before_does_not_lie_over_the_buttons_of_the_summary_but_a_warning_does(
    bureau: SchoolBureau,
) -> None:
    async with in_review(bureau) as person:
        await settle(person)
        await person.press("right")
        assert "i voor de samenvatting" in person.told
        person.app.notify("Deze sessie eindigt zo.", severity="warning")
        await person.press("i")
        assert person.told == "Deze sessie eindigt zo."


@pytest.mark.parametrize(
    ("state", "first"),
    [
        (None, "k volgende stap"),
        (LinkState.OPENED, "k volgende stap"),
        (LinkState.APPROVED, "i gegevens importeren"),
        (LinkState.ACTIVE, "i gegevens importeren"),
    ],
)
async def test_the_first_key_of_a_school_is_that_of_its_next_step(
    tmp_path: Path, state: LinkState | None, first: str
) -> None:
    bureau = Bureau(tmp_path)
    bureau.with_school(state)
    async with at_the_app(bureau, SERVICE) as person:
        screen = await person.press("slash", *"12AB", "enter", "enter")
        assert screen.splitlines()[-1].strip().startswith(first)
        assert screen.endswith("esc")


async def test_a_choice_gives_a_number_only_to_what_one_key_can_choose(tmp_path: Path) -> None:
    bureau = Bureau(tmp_path)
    bureau.with_school()
    answers: list[str | None] = []
    async with at_the_app(bureau) as person:
        options = {f"keuze {n}": f"mogelijkheid {n}" for n in range(1, 12)}
        person.app.push_screen(ChooseDialog("Welke?", options), answers.append)
        screen = await person.press()
        assert "9 mogelijkheid 9 " in screen
        assert "  mogelijkheid 10" in screen
        await person.press_at_once("²", "0", "9")
        assert answers == ["keuze 9"]
