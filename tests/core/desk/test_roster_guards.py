"""A roster file that would change a school out of all proportion asks first; one that any school sends never does."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from core.desk.roster_csv import COLUMNS
from core.errors import RefusedByGuard
from core.model import Register
from tests.core.desk.office import ADMINISTRATOR, SCHOOL
from tests.core.desk.school_year import SchoolBureau, a_bureau
from tests.core.importing.build import a_pupil

HEADER = ";".join(COLUMNS)
NAMES = ("Bakker", "Smit", "Vos", "Bos", "Mulder", "Kok", "Prins", "Blom", "Post", "Dam")


def a_school(groups: str = "5678", pupils: int = 10) -> list[str]:
    """Return the lines of a whole file: the groups first, as every export has them, then their pupils."""
    lines = [f"groep;G{group};Groep {group};;;;;;;{group};;;;ja" for group in groups]
    for group in groups:
        for n in range(pupils):
            born = f"{2022 - int(group)}-{n + 1:02}-0{group}"
            lines.append(f"leerling;L{group}{n};;{NAMES[n]}{group};;K.;Kim{n};{born};M;{group};G{group};;;ja")
    return lines


@pytest.fixture
def bureau(tmp_path: Path) -> SchoolBureau:
    bureau = a_bureau(tmp_path, None, Register())
    read_in(bureau, a_school())
    return bureau


def read_in(bureau: SchoolBureau, lines: list[str], confirm: str = "", dry_run: bool = False) -> None:
    content = "".join(f"{line}\r\n" for line in [HEADER, *lines]).encode()
    bureau.desk.register.take_in(ADMINISTRATOR, SCHOOL, content, confirm=confirm, dry_run=dry_run)


def shuffled_names(lines: list[str]) -> list[str]:
    """One column sorted by itself, as happens in a spreadsheet."""
    rows = [line.split(";") for line in lines]
    names = sorted(row[3] for row in rows[4:])
    return [";".join(row) for row in rows[:4]] + [
        ";".join([*row[:3], name, *row[4:]]) for row, name in zip(rows[4:], names, strict=True)
    ]


ODD: dict[str, tuple[Callable[[list[str]], list[str]], str]] = {
    "cut off between two lines": (
        lambda lines: lines[:24],
        "20 van de 40 actieve leerlingen staan niet in het bestand",
    ),
    "cut off inside the last group": (
        lambda lines: lines[:34],
        "Uit Groep 8 staat geen van de 10 leerlingen in het bestand",
    ),
    "cut off after the groups": (lambda lines: lines[:4], "40 van de 40"),
    "a third inactive": (
        lambda lines: [line.replace(";ja", ";nee") if ";G7;" in line or ";G8;;;ja" in line else line for line in lines],
        "worden gedeactiveerd",
    ),
    "names sorted by themselves": (shuffled_names, "krijgen een andere naam of geboortedatum"),
    "birth dates of others": (
        lambda lines: [
            line.replace(";2017-", ";2007-").replace(";2016-", ";2006-").replace(";2015-", ";2005-") for line in lines
        ],
        "krijgen een andere naam of geboortedatum",
    ),
    "another school": (
        lambda lines: [line.replace(";L", ";M").replace(";G", ";H") for line in lines],
        "Geen van de 40 leerlingen in het bestand is hier bekend",
    ),
}


@pytest.mark.parametrize("case", ODD)
def test_what_is_out_of_proportion_asks_for_the_brin_and_stores_nothing(bureau: SchoolBureau, case: str) -> None:
    change, says = ODD[case]
    before = bureau.record().register
    for dry_run in (True, False):
        with pytest.raises(RefusedByGuard) as refusal:
            read_in(bureau, change(a_school()), dry_run=dry_run)
        assert says in refusal.value.what and "--confirm 12AB" in refusal.value.todo
    assert bureau.record().register == before
    read_in(bureau, change(a_school()), confirm="12ab")
    assert says in [entry.why for entry in bureau.store.audit().read()][-1]


USUAL: dict[str, Callable[[list[str]], list[str]]] = {
    "the same again": lambda lines: lines,
    "three new pupils alone": lambda lines: ["leerling;N1;;Nu;;;;;;5;G5;;;ja", "leerling;N2;;Ook;;;;;;5;G5;;;ja"],
    "one group alone": lambda lines: [line for line in lines if ";G5;" in line],
    "three who left and are not in the file": lambda lines: lines[:4] + lines[7:],
    "a few inactive": lambda lines: [line[:-2] + "nee" if line.startswith("leerling;L50") else line for line in lines],
    "no pupils": lambda lines: ["leerkracht;T1;;Wit;;;;;;;G5;;;ja"],
    "everybody filled in further": lambda lines: [line.replace(";K.;", ";K.L.;") for line in lines],
}


@pytest.mark.parametrize("case", USUAL)
def test_what_schools_send_every_day_is_not_asked_about(bureau: SchoolBureau, case: str) -> None:
    read_in(bureau, USUAL[case](a_school()))


def test_the_same_file_again_after_an_import_that_added_many_is_not_asked_about(bureau: SchoolBureau) -> None:
    """The new ones came from ParnasSys and never stood in a file of the test centre."""
    register = bureau.record().register
    added = tuple(a_pupil(f"nieuw{n}", group=f"G{n % 4 + 5}", linked=f"p{n}") for n in range(12))
    bureau.with_register(replace(register, pupils=register.pupils + added))
    read_in(bureau, a_school())


def test_a_group_8_that_is_gone_in_september_is_as_every_year(bureau: SchoolBureau) -> None:
    without_8 = [line for line in a_school() if "leerling;L8" not in line]
    with pytest.raises(RefusedByGuard):
        read_in(bureau, without_8)
    bureau.clock.at = bureau.clock.at.replace(month=9)
    read_in(bureau, without_8)


def test_in_a_very_small_school_the_counts_are_enough(tmp_path: Path) -> None:
    bureau = a_bureau(tmp_path, None, Register())
    small = a_school("5", 4)
    read_in(bureau, small)
    read_in(bureau, small[:1])
    read_in(bureau, [line.replace(";ja", ";nee") for line in small])
