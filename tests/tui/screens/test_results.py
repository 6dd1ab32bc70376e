"""Results on screen: one typed in by hand, its history, what was held back by cause (workflow.md §4)."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest

from core.clock import AMSTERDAM
from core.linking.link import LinkState, Move, Step
from core.model import LasKey, LinkedAs
from core.scores.ledger import State
from tests.core.desk.office import NIGHT, SCHOOL, SERVICE
from tests.core.desk.school_year import SchoolBureau, a_bureau
from tests.core.importing.build import people
from tests.tui.screens.review_school import a_register, an_answer
from tests.tui.screens.terminal import Person, at_the_app


@pytest.fixture
def bureau(tmp_path: Path) -> SchoolBureau:
    register = replace(a_register(), pupils=people(8, linked=True))
    return a_bureau(tmp_path, an_answer(), register, LinkState.ACTIVE)


async def to_school(person: Person) -> None:
    """Open the school from the work list."""
    await person.press("slash")
    await person.type("12AB")
    await person.press("enter", "enter")
    await person.until("SchoolScreen")


def kept(bureau: SchoolBureau) -> list[int | None]:
    """The raw scores in the ledger."""
    return [entry.result.raw for entry in bureau.store.ledger(SCHOOL).read()]


async def test_one_result_is_typed_in_normed_and_kept(bureau: SchoolBureau) -> None:
    async with at_the_app(bureau, SERVICE) as person:
        await to_school(person)
        await person.press("l", "home", "r")
        assert person.place == "ResultFormScreen"
        await person.type("12")
        await person.press("enter")
        assert person.place == "PupilsScreen"
        assert kept(bureau) == [12]
        await person.press("escape", "r")
        assert "wacht 1" in person.screen
        await person.press("enter")
        assert "vaardigheidsscore" in person.screen


async def test_a_score_that_cannot_be_is_told_and_nothing_is_kept(bureau: SchoolBureau) -> None:
    async with at_the_app(bureau, SERVICE) as person:
        await to_school(person)
        await person.press("l", "home", "r")
        await person.type("9999")
        screen = await person.press("enter")
        assert "Dat ging niet" in screen
        assert kept(bureau) == []


async def test_what_is_held_back_stands_by_cause_with_why(bureau: SchoolBureau) -> None:
    async with at_the_app(bureau, SERVICE) as person:
        await to_school(person)
        await person.press("l", "home", "r")
        await person.type("12")
        await person.press("enter", "escape")
        await bureau.desk.nights.run(NIGHT, schools=[SCHOOL])
        assert [entry.state for entry in bureau.store.ledger(SCHOOL).read()] == [State.HELD]
        await person.press("r", "c")
        assert person.place == "CausesScreen"
        assert "1 resultaat" in person.screen
        assert "terugwerkende kracht" in person.screen


def linked(bureau: SchoolBureau, first: str, second: str) -> None:
    """Link the first two pupils to these keys; empty = to none."""
    with bureau.store.record(SCHOOL).edit() as draft:
        assert draft.value is not None and draft.value.link is not None
        one, two, *rest = draft.value.register.pupils
        pupils = (
            replace(one, linked=LinkedAs(key=LasKey(first))),
            replace(two, linked=LinkedAs(key=LasKey(second)) if second else None),
            *rest,
        )
        step = Step(
            at=datetime(2026, 9, 1, 9, tzinfo=AMSTERDAM),
            move=Move.APPROVE,
            came_from=LinkState.SUBMITTED,
            to=LinkState.APPROVED,
            by="Anne",
        )
        draft.value = replace(
            draft.value,
            register=replace(draft.value.register, pupils=pupils),
            link=replace(draft.value.link, steps=(step,)),
        )


async def test_what_may_stand_with_another_child_is_told_shown_and_said_to_be_removed(bureau: SchoolBureau) -> None:
    linked(bureau, "las-other", "")
    async with at_the_app(bureau, SERVICE) as person:
        await to_school(person)
        await person.press("l", "home", "r")
        await person.type("12")
        await person.press("enter", "escape")
        key = next(iter(bureau.store.ledger(SCHOOL).read().entries))
        await bureau.desk.nights.run(NIGHT, schools=[SCHOOL])
        linked(bureau, "las-own", "las-other")
        await bureau.desk.nights.run(NIGHT, schools=[SCHOOL])
        screen = await person.press("r")
        assert "! 1 score staat in ParnasSys misschien bij een ander kind. → e" in screen
        screen = await person.press("e")
        assert person.place == "ElsewhereScreen"
        assert "tabblad Toetsen" in screen
        other = bureau.record().register.pupils[1]
        assert f"{other.name.listed} (" in screen
        screen = await person.press("v")
        assert "Is 1 score in ParnasSys verwijderd?" in screen
        await person.press("enter")
        assert bureau.store.ledger(SCHOOL).read().entries[key].state is State.HELD
        screen = await person.press("v", "j")
        assert "niets bij een ander kind" in screen
        assert bureau.store.ledger(SCHOOL).read().entries[key].state is State.WAITING
        screen = await person.press("escape", "enter")
        assert "verwijderd" in screen and SERVICE.name in screen


async def test_results_of_an_earlier_school_year_are_put_away_and_seen_again(bureau: SchoolBureau) -> None:
    linked(bureau, "las-own", "")
    async with at_the_app(bureau, SERVICE) as person:
        await to_school(person)
        await person.press("l", "home", "r")
        await person.type("12")
        await person.press("enter", "escape")
        await bureau.desk.nights.run(NIGHT, schools=[SCHOOL])
        bureau.clock.at = datetime(2027, 9, 6, 2, 0, tzinfo=AMSTERDAM)
        await bureau.desk.nights.run(NIGHT, schools=[SCHOOL])
        name = bureau.record().register.pupils[0].name.listed
        assert name not in await person.press("r")
        screen = await person.press("a")
        assert "[2026-2027]" in screen and name in screen
        assert "bevestigd" in await person.press("enter")
        assert name not in await person.press("escape", "a")
