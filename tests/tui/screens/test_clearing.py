"""External numbers on screen: cleared from the school and from the form of the application, and put back."""

from __future__ import annotations

from pathlib import Path

import pytest

from core.linking.link import LinkState
from core.model import PersonName, Pupil, PupilId, Register
from tests.core.desk.office import ADMINISTRATOR, SCHOOL, Bureau
from tests.tui.screens.terminal import Person, at_the_app
from tui.screens.school import SchoolScreen

NUMBERED = Register(pupils=(Pupil(id=PupilId("p"), name=PersonName(surname="Smit"), external="4"),))


@pytest.fixture
def bureau(tmp_path: Path) -> Bureau:
    """A school that may apply for its link, with a number of an older one."""
    bureau = Bureau(tmp_path)
    bureau.with_school(LinkState.OPENED)
    bureau.with_register(NUMBERED)
    return bureau


async def at_the_school(person: Person) -> None:
    person.app.push_screen(SchoolScreen(SCHOOL))
    await person.until("SchoolScreen")


@pytest.mark.parametrize("keys", [("w",), ("k", "ctrl+w")], ids=["school", "form"])
async def test_the_numbers_are_cleared_once_the_brin_is_typed(bureau: Bureau, keys: tuple[str, ...]) -> None:
    async with at_the_app(bureau, ADMINISTRATOR) as person:
        await at_the_school(person)
        for key in keys:
            screen = await person.press(key)
        assert "niet zeker te herkennen: 1" in screen
        await person.type("12AB")
        assert bureau.record().register == NUMBERED
        await person.press("enter")
        assert not bureau.record().register.pupils[0].external
        assert person.place == ("SchoolScreen" if keys == ("w",) else "ApplyScreen")


async def test_cleared_numbers_are_put_back_and_the_school_says_so_at_once(bureau: Bureau) -> None:
    bureau.desk.links.clear_external(ADMINISTRATOR, SCHOOL)
    async with at_the_app(bureau, ADMINISTRATOR) as person:
        await at_the_school(person)
        assert "apart bewaard" in person.screen
        await person.press("w")
        screen = await person.press("j")
        assert bureau.record().register == NUMBERED
        assert "apart bewaard" not in screen
        assert "1 extern nummer is nog niet leeg" in screen
