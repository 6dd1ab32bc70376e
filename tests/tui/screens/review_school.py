"""The school whose review the tests do: eight known children, a new one, a doubtful one, a teacher without address."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from core.importing.decisions import RowKey
from core.importing.rows import Row
from core.model import Register, Roster
from tests.core.desk.office import ADMINISTRATOR, SCHOOL
from tests.core.desk.school_year import SchoolBureau, a_bureau
from tests.core.importing.build import (
    a_group,
    a_pupil,
    a_roster,
    a_teacher,
    an_incoming_group,
    an_incoming_pupil,
    an_incoming_teacher,
    incoming_people,
    people,
)
from tests.tui.screens.terminal import Person, at_the_app
from tui.widgets.row_list import RowList


def a_register() -> Register:
    return Register(
        groups=(a_group("G5", "Groep 5"),),
        teachers=(a_teacher("T1"),),
        pupils=(*people(8), a_pupil("P90", "Joris", "Veld")),
    )


def an_answer() -> Roster:
    return a_roster(
        [an_incoming_group("g5", "Groep 5"), an_incoming_group("g1", "Groep 1", "1")],
        [an_incoming_teacher("t1", groups=["g5"]), an_incoming_teacher("t2", "Bo", "Nieuw", email="")],
        (
            *incoming_people(8),
            an_incoming_pupil("n1", "Zoë", "Quak"),
            an_incoming_pupil("k1", "Pim", "Kleuter", group="g1", year="1"),
        ),
    )


def a_school(folder: Path) -> SchoolBureau:
    return a_bureau(folder, an_answer(), a_register())


@asynccontextmanager
async def in_review(bureau: SchoolBureau, size: tuple[int, int] = (80, 24)) -> AsyncIterator[Person]:
    """Open the app straight on the review."""
    await bureau.desk.imports.pull(ADMINISTRATOR, SCHOOL)
    async with at_the_app(bureau, review=SCHOOL, size=size) as person:
        await person.until("ReviewScreen")
        yield person


def stored(bureau: SchoolBureau, key: RowKey) -> Row:
    """Return a row as the log has it, read anew."""
    return bureau.desk.imports.open(ADMINISTRATOR, SCHOOL).row(key)


async def go_to(person: Person, key: RowKey) -> str:
    """Put the cursor on a row."""
    await person.press({"groep": "1", "leerkracht": "2", "leerling": "3"}[key.kind.value], "home")
    rows = person.app.screen.query_one(RowList)
    keys = [rows.rows.key(index) for index in range(len(rows.rows))]
    if key.incoming in keys:
        return await person.press(*["down"] * keys.index(key.incoming))
    raise AssertionError(f"{key} is not in the list:\n{person.screen}")


async def settle(person: Person) -> None:
    """Decide what is open: the doubtful child is new, the new teacher gets an address."""
    await person.press("3", "right", "n")
    await person.press("2", "home", "e")
    await person.type("bo@school.nl")
    await person.press("enter")
