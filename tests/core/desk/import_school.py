"""The school whose imports the tests do: an answer of ParnasSys, and what the test centre holds."""

from __future__ import annotations

from dataclasses import replace

from core.model import IncomingPupil, Register, Roster
from tests.core.importing.build import (
    a_group,
    a_roster,
    a_teacher,
    an_incoming_group,
    an_incoming_teacher,
    incoming_people,
    people,
)


def a_register() -> Register:
    return Register(
        groups=(a_group("G5", "Groep 5"),),
        teachers=(a_teacher("T1"),),
        pupils=people(10),
    )


def an_answer(pupils: tuple[IncomingPupil, ...] | None = None) -> Roster:
    roster = a_roster(
        [an_incoming_group("g5", "Groep 5")],
        [an_incoming_teacher("t1", groups=["g5"])],
        incoming_people(10),
    )
    return roster if pupils is None else replace(roster, pupils=pupils)
