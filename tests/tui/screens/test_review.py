"""The review on screen, point by point of workflow.md §3: `s` is what the manual says, `plus` is ours."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from textual.widgets import Input

from core.importing.decisions import Category, Choose, RowKey
from core.model import Kind
from tests.core.desk.office import ADMINISTRATOR, SCHOOL, SERVICE
from tests.core.desk.school_year import SchoolBureau
from tests.core.importing.build import group, place, pupil, teacher
from tests.tui.screens.review_school import a_school, an_answer, go_to, in_review, settle, stored
from tests.tui.screens.terminal import at_the_app


@pytest.fixture
def bureau(tmp_path: Path) -> SchoolBureau:
    return a_school(tmp_path)


@pytest.mark.parametrize("key", [group("g5"), teacher("t1"), pupil("p3")], ids=["groep", "leerkracht", "leerling"])
async def test_s_any_row_can_be_moved_to_any_category(bureau: SchoolBureau, key: RowKey) -> None:
    async with in_review(bureau) as person:
        await go_to(person, key)
        for typed, expected in (("x", Category.SKIP), ("n", Category.NEW), ("b", Category.EXISTING)):
            await person.press(typed)
            assert stored(bureau, key).category is expected


async def test_s_a_new_teacher_needs_an_email_address_that_is_filled_in_on_the_row(bureau: SchoolBureau) -> None:
    async with in_review(bureau) as person:
        screen = await go_to(person, teacher("t2"))
        assert "Een nieuwe leerkracht heeft een e-mailadres nodig" in screen
        await person.press("e")
        await person.type("nep")
        assert "Dit is geen e-mailadres" in await person.press("enter")
        await person.press("backspace", "backspace", "backspace")
        await person.type("bo@school.nl")
        assert "bo@school.nl" in await person.press("enter")
        assert not stored(bureau, teacher("t2")).problems


async def test_s_koppeling_aanpassen_searches_and_links_and_returns_to_the_same_row(bureau: SchoolBureau) -> None:
    async with in_review(bureau) as person:
        await go_to(person, pupil("n1"))
        await person.press("k")
        assert person.place == "LinkByHandScreen"
        await person.type("smit")
        assert "Smit, Daan" in person.screen
        assert "Huisman" not in person.screen
        await person.press("enter")
        assert person.place == "ReviewScreen"
        assert person.cursor == pupil("n1").incoming
        existing = stored(bureau, pupil("n1")).existing
        assert existing is not None
        assert existing.id == "P4"


@pytest.mark.parametrize("text", ["yil", "17-12-2016", "P5"])
async def test_s_koppeling_aanpassen_finds_by_any_part_of_name_birth_date_or_number(
    bureau: SchoolBureau, text: str
) -> None:
    async with in_review(bureau) as person:
        await go_to(person, pupil("n1"))
        await person.press("k")
        assert "Yilmaz, Ela" in await person.type(text)


async def test_plus_a_group_and_its_pupils_are_left_out_as_one_action(bureau: SchoolBureau) -> None:
    async with in_review(bureau) as person:
        await go_to(person, group("g1"))
        await person.press("X")
        assert stored(bureau, pupil("k1")).category is Category.SKIP
        await person.press("u")
        assert stored(bureau, group("g1")).category is Category.NEW
        assert stored(bureau, pupil("k1")).category is Category.NEW


async def test_plus_a_group_left_out_while_its_pupils_are_not_is_a_problem_that_names_the_rows(
    bureau: SchoolBureau,
) -> None:
    async with in_review(bureau) as person:
        await settle(person)
        await go_to(person, group("g1"))
        await person.press("x")
        screen = await person.press("i")
        assert person.place == "ProblemsScreen"
        assert "Kleuter, Pim" in screen


async def test_plus_marked_rows_move_together_and_come_back_together(bureau: SchoolBureau) -> None:
    async with in_review(bureau) as person:
        await person.press("3", "home", "shift+down", "shift+down", "x")
        session = bureau.desk.imports.open(ADMINISTRATOR, SCHOOL)
        assert session.counts(Kind.PUPIL).in_category[Category.SKIP] == 3
        await person.press("u")
        assert bureau.desk.imports.open(ADMINISTRATOR, SCHOOL).counts(Kind.PUPIL).in_category[Category.SKIP] == 0
        await person.press("ctrl+r")
        assert bureau.desk.imports.open(ADMINISTRATOR, SCHOOL).counts(Kind.PUPIL).in_category[Category.SKIP] == 3


async def test_plus_the_cursor_stays_put_after_a_decision(bureau: SchoolBureau) -> None:
    async with in_review(bureau) as person:
        await go_to(person, pupil("p3"))
        await person.press("x")
        assert person.cursor == pupil("p3").incoming


async def test_plus_a_review_reopens_where_it_was_with_every_decision(bureau: SchoolBureau) -> None:
    async with in_review(bureau) as person:
        await go_to(person, teacher("t1"))
        await person.press("x")
    async with at_the_app(bureau, review=SCHOOL) as person:
        await person.until("ReviewScreen")
        assert "[2 Leerkrachten" in person.screen
        assert person.cursor == teacher("t1").incoming


async def test_plus_two_people_see_each_others_work_with_a_name_on_it(bureau: SchoolBureau) -> None:
    async with in_review(bureau) as person:
        await go_to(person, pupil("p3"))
        other = bureau.desk.imports.open(SERVICE, SCHOOL)
        bureau.desk.imports.decide(SERVICE, other, [place(pupil("p3"), Category.SKIP)])
        person.review.look_for_others()
        screen = await person.press()
        assert "(Huisman, Lotte)" in screen
        assert "niet · door Anne" in screen
        assert "ook hier: Anne de Wit" in screen


async def test_plus_a_decision_taken_unseen_by_two_is_not_overwritten_but_shown(bureau: SchoolBureau) -> None:
    async with in_review(bureau) as person:
        await go_to(person, pupil("p3"))
        ahead = bureau.desk.imports.open(SERVICE, SCHOOL)
        session = person.review.session
        assert session is not None
        bureau.desk.imports.decide(SERVICE, ahead, [place(pupil("p3"), Category.SKIP)])
        log = bureau.store.decisions(SCHOOL, session.review.id)
        step = place(pupil("p3"), Category.NEW)
        late = replace(next(iter(log.read())), id="laat", by=ADMINISTRATOR.name, seen=0, what=Choose(steps=(step,)))
        log.append(late)
        person.review.look_for_others()
        assert "kozen hier tegelijk; kies opnieuw" in await person.press()
        assert stored(bureau, pupil("p3")).category is Category.SKIP


async def test_plus_newer_data_keeps_what_still_applies(bureau: SchoolBureau) -> None:
    async with in_review(bureau) as person:
        await go_to(person, pupil("p3"))
        await person.press("x")
        answer = an_answer()
        bureau.las.roster = replace(answer, pupils=answer.pupils[1:])
        await person.press("v")
        await person.pilot.pause(0.2)
        screen = await person.press()
        assert "ALLES 9" in screen
        assert stored(bureau, pupil("p3")).category is Category.SKIP


async def test_plus_not_the_same_person_is_remembered(bureau: SchoolBureau) -> None:
    async with in_review(bureau) as person:
        await go_to(person, pupil("n1"))
        await person.press("z")
        assert stored(bureau, pupil("n1")).category is Category.NEW
        await person.press("k")
        await person.type("veld")
        assert "J. Bos zei: niet dezelfde" in person.screen


async def test_plus_the_list_is_saved_as_csv_as_it_is_shown(bureau: SchoolBureau, tmp_path: Path) -> None:
    async with in_review(bureau) as person:
        await person.press("f", "s")
        person.app.screen.query_one("#answer", Input).value = str(tmp_path / "uit.csv")
        await person.press("enter")
    written = (tmp_path / "uit.csv").read_text(encoding="utf-8")
    assert written.startswith("\ufeff")
    assert "Quak" in written
    assert "Smit" not in written


async def test_over_ssh_no_file_is_written_on_the_server(bureau: SchoolBureau) -> None:
    await bureau.desk.imports.pull(ADMINISTRATOR, SCHOOL)
    guest = replace(ADMINISTRATOR, fingerprint="SHA256:x")
    async with at_the_app(bureau, guest, review=SCHOOL) as person:
        await person.until("ReviewScreen")
        assert "Over SSH kan hier geen bestand worden opgeslagen" in await person.press("s")
        assert "export 12AB" in person.screen
