"""Pupils, registers and tests that hide what does not matter."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import cache
from pathlib import Path

import core
from core.model import GroupId, LasKey, LinkedAs, PersonName, Pupil, PupilId, SchoolId
from core.scores.catalogue import Catalogue

FIXTURES = Path(core.__file__).parent.parent / "fixtures"
SCHOOL = SchoolId("12AB")
TODAY = date(2026, 11, 24)


@cache
def the_catalogue() -> Catalogue:
    """Return the tests that come with the program."""
    return Catalogue.of_folder(FIXTURES / "tests")


def a_pupil(number: int = 1, *, year: str = "5", active: bool = True, key: str | None = "") -> Pupil:
    """Return a pupil with id `pN`, linked to the ParnasSys key `las-N` unless `key` says otherwise (None: not)."""
    linked = None if key is None else LinkedAs(key=LasKey(key or f"las-{number}"))
    return Pupil(
        id=PupilId(f"p{number}"),
        name=PersonName(surname=f"Bakker{number}", call_name="Fien"),
        year_group=year,
        group=GroupId("g5"),
        active=active,
        linked=linked,
    )


class OneSchool:
    """Pupils p1, p2, … of school 12AB, for the intake."""

    def __init__(self, *pupils: Pupil) -> None:
        self._pupils = {pupil.id: pupil for pupil in pupils or (a_pupil(1), a_pupil(2))}

    def pupils(self, school: SchoolId) -> Mapping[PupilId, Pupil] | None:
        return self._pupils if school == SCHOOL else None
