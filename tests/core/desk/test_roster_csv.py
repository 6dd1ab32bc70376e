"""The roster file as a spreadsheet sees it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from core.desk.roster_csv import read_roster, write_roster
from core.model import PersonName, Register
from tests.core.importing.build import a_group, a_pupil


@pytest.mark.parametrize("name", ["=1+2", "+31 6", "-Bos", "@SOM(A1)", "＝1", "'t Hof", "Bakker"])
def test_no_name_is_a_formula_and_all_come_back_as_they_were(name: str) -> None:
    pupil = replace(a_pupil("P1"), name=PersonName(surname=name, call_name="Fien"), linked=None)
    written = write_roster(Register(groups=(a_group("G5"),), pupils=(pupil,)))
    assert not any(cell[:1] in "=+-@＝" for line in written.splitlines()[1:] for cell in line.split(";") if cell)
    assert read_roster(written).pupils == (pupil,)
