"""`Gegevens overnemen` and what comes after it, point by point of workflow.md §3."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from core.importing.decisions import Category
from core.linking.link import LinkState
from tests.core.desk.office import NIGHT, SCHOOL, SERVICE
from tests.core.desk.school_year import SchoolBureau, a_bureau
from tests.core.importing.build import (
    a_group,
    a_pupil,
    a_roster,
    an_incoming_group,
    incoming_people,
    people,
    place,
    pupil,
)
from tests.tui.screens.review_school import a_register, a_school, an_answer, in_review, settle
from tests.tui.screens.terminal import Person, at_the_app
from tui.screens.review import ReviewScreen
from tui.screens.summary import Outcome, SummaryScreen


@pytest.fixture
def bureau(tmp_path: Path) -> SchoolBureau:
    return a_school(tmp_path)


async def to_summary(person: Person) -> str:
    """Settle what is open and go to the summary."""
    await settle(person)
    screen = await person.press("i")
    assert person.place == "SummaryScreen", screen
    return screen


async def test_s_the_summary_has_the_manuals_table_and_three_buttons(bureau: SchoolBureau) -> None:
    async with in_review(bureau) as person:
        screen = await to_summary(person)
        for text in (
            "Gegevens overnemen",
            "Nieuw",
            "Te wijzigen",
            "Wijzigen",
            "Gegevens importeren",
            "Import afbreken",
        ):
            assert text in screen


async def test_s_only_gegevens_importeren_on_the_summary_stores_anything(bureau: SchoolBureau) -> None:
    async with in_review(bureau) as person:
        await to_summary(person)
        before = bureau.record().register
        await person.press("enter")
        assert person.place == "ReviewScreen"
        assert bureau.record().register == before
        await person.press("i", "ctrl+s")
        await person.until("SchoolScreen")
    assert bureau.record().register != before
    link = bureau.record().link
    assert link is not None
    assert link.state is LinkState.ACTIVE


async def test_s_pupils_of_an_imported_group_who_are_not_in_the_import_are_named_with_the_ground(
    bureau: SchoolBureau,
) -> None:
    async with in_review(bureau) as person:
        screen = await to_summary(person)
        assert "Veld, Joris" in screen
        assert "niet in de volledige lijst van 23-11-2026" in screen
        assert "Leerlingen beheren" in screen


async def test_s_wijzigen_goes_back_with_everything_kept_and_import_afbreken_asks_first(bureau: SchoolBureau) -> None:
    async with in_review(bureau) as person:
        await to_summary(person)
        await person.press("escape", "i", "ctrl+x")
        assert "Import afbreken?" in person.screen
        await person.press("n")
        assert bureau.record().open_review
        await person.press("ctrl+x", "j")
        await person.until("SchoolScreen")
    assert not bureau.record().open_review
    assert bureau.record().register == a_register()


async def test_plus_an_answer_that_is_not_whole_deactivates_nobody_and_says_so(tmp_path: Path) -> None:
    bureau = a_school(tmp_path)
    answer = an_answer()
    bureau.las.roster = replace(
        answer, completeness=replace(answer.completeness, whole=False, doubts=("het antwoord was afgebroken",))
    )
    async with in_review(bureau) as person:
        screen = await to_summary(person)
        assert "Er wordt niemand gedeactiveerd" in screen
        assert "het antwoord was afgebroken" in screen


async def test_plus_a_guard_asks_for_the_brin_and_nothing_else_will_do(tmp_path: Path) -> None:
    register = replace(a_register(), groups=(a_group("G5", "Groep 5"),), teachers=(), pupils=people(8))
    answer = a_roster([an_incoming_group("g5", "Groep 5")], (), incoming_people(4))
    bureau = a_bureau(tmp_path, answer, register)
    async with in_review(bureau) as person:
        screen = await person.press("i")
        assert "4 van de 8 actieve leerlingen worden gedeactiveerd" in screen
        await person.press("ctrl+s")
        await person.type("99ZZ")
        assert "Typ precies 12AB" in await person.press("enter")
        assert bureau.record().register == register
        for _letter in "99ZZ":
            await person.press("backspace")
        await person.type("12ab")
        await person.press("enter")
        await person.until("SchoolScreen")
    assert bureau.record().imports[-1].override


async def imported(bureau: SchoolBureau, person: Person) -> None:
    """Bring the import to its end."""
    await to_summary(person)
    await person.press("ctrl+s")
    await person.until("SchoolScreen")


async def test_s_deactivated_pupils_are_found_and_reactivated_in_leerlingen_beheren(bureau: SchoolBureau) -> None:
    async with in_review(bureau) as person:
        await imported(bureau, person)
        await person.press("l", "f")
        assert "Veld, Joris" in person.screen
        await person.press("a")
    joris = next(one for one in bureau.record().register.pupils if one.id == "P90")
    assert joris.active


async def test_plus_the_last_import_is_taken_back_after_a_preview(bureau: SchoolBureau) -> None:
    async with in_review(bureau) as person:
        await imported(bureau, person)
        await person.press("g", "t")
        assert "krijgen terug wat ze hadden" in person.screen
        await person.type("12AB")
        await person.press("enter")
        assert "teruggedraaid" in person.screen
    assert bureau.record().register == a_register()


async def test_plus_never_touch_and_additions_only_are_set_where_pupils_are_managed(bureau: SchoolBureau) -> None:
    async with at_the_app(bureau) as person:
        await person.press("slash")
        await person.type("12AB")
        await person.press("enter", "enter", "l", "home", "t", "v")
        assert "imports mogen hier alleen toevoegen" in person.screen
    care = bureau.record().care
    assert care.additions_only
    assert care.never_touch_pupils


async def test_plus_clearing_external_numbers_says_first_who_can_be_recognised_and_can_be_undone(
    tmp_path: Path,
) -> None:
    numbered = tuple(replace(one, external=f"oud{n}") for n, one in enumerate(people(8)))
    register = replace(a_register(), pupils=(*numbered, a_pupil("P91", "Fien", "Bakker")))
    bureau = a_bureau(tmp_path, an_answer(), register, LinkState.OPENED)
    async with at_the_app(bureau) as person:
        await person.press("slash")
        await person.type("12AB")
        await person.press("enter", "enter", "w")
        assert "alleen aan naam en geboortedatum: 7" in person.screen
        assert "niet zeker te herkennen: 1" in person.screen
        assert "geen toetsgegevens verwijderd" in person.screen
        await person.type("12AB")
        await person.press("enter")
        assert not any(one.external for one in bureau.record().register.pupils)
        await person.press("w", "j")
    assert bureau.record().register == register


async def test_plus_a_held_night_is_approved_with_the_brin_or_discarded(tmp_path: Path) -> None:
    linked = people(8, linked=True)
    register = replace(a_register(), groups=(a_group("G5", "Groep 5", linked="g5"),), teachers=(), pupils=linked)
    answer = a_roster([an_incoming_group("g5", "Groep 5")], (), incoming_people(4))
    bureau = a_bureau(tmp_path, answer, register, LinkState.ACTIVE)
    await bureau.desk.night_imports.run(NIGHT, SCHOOL)
    assert bureau.record().held is not None
    async with at_the_app(bureau) as person:
        await person.press("slash")
        await person.type("12AB")
        await person.press("enter", "enter", "i")
        assert person.place == "HeldScreen"
        assert "4 van de 8 actieve leerlingen" in person.screen
        await person.press("g")
        await person.type("12AB")
        await person.press("enter")
        await person.until("SchoolScreen")
    assert bureau.record().held is None
    assert sum(not one.active for one in bureau.record().register.pupils) == 4


async def test_plus_a_summary_that_no_longer_holds_makes_way_for_what_a_colleague_did(bureau: SchoolBureau) -> None:
    async with in_review(bureau) as person:
        await to_summary(person)
        review = person.app.screen_stack[-2]
        assert isinstance(review, ReviewScreen)
        other = bureau.desk.imports.open(SERVICE, SCHOOL)
        bureau.desk.imports.decide(SERVICE, other, [place(pupil("p3"), Category.SKIP)])
        review.look_for_others()
        await person.until("ReviewScreen")
        assert "Niet importeren 1" in await person.press("3")
        assert "bekijk de samenvatting opnieuw" in person.told
        await person.press("i")
        bureau.desk.imports.commit(SERVICE, SCHOOL)
        review.look_for_others()
        await person.until("SchoolScreen")
        assert "overgenomen door Anne de Wit" in person.told


async def test_gegevens_importeren_pressed_twice_imports_once(bureau: SchoolBureau) -> None:
    async with in_review(bureau) as person:
        await to_summary(person)
        await person.press_at_once("ctrl+s", "ctrl+s", "ctrl+s")
        await person.until("SchoolScreen")
        assert len(bureau.record().imports) == 1


async def test_an_import_that_is_stored_when_the_program_has_ended_leaves_no_screen(bureau: SchoolBureau) -> None:
    async with in_review(bureau) as person:
        await to_summary(person)
        summary = person.app.screen
        assert isinstance(summary, SummaryScreen)
        review = summary.app.screen_stack[-2]
        assert isinstance(review, ReviewScreen)
        await person.press("escape")
        person.app.exit(0)
        await person.pilot.pause(0.5)
        summary.answer(Outcome.COMMITTED)
        review.leave()
        assert person.app.return_code == 0
