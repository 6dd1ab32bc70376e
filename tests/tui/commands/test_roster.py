"""`koppeldesk roster`: what the test centre already has, read in, shown, and handled with care."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest

from core.errors import RefusedByRole, RefusedByState, UnreadableInput
from core.model import Register
from tests.core.desk.office import ADMINISTRATOR, READER, SCHOOL
from tests.core.desk.school_year import a_bureau
from tests.core.importing.build import a_group, a_pupil, a_roster, an_incoming_group, incoming_people, people
from tests.tui.commands.at_the_desk import Terminal
from tui.commands.roster import app

HEADER = (
    "soort;id;naam;achternaam;voorvoegsel;voorletters;roepnaam;geboortedatum;geslacht;jaargroep;groep;email;"
    "extern_nummer;actief"
)
GOOD = f"""{HEADER}
groep;G5;Groep 5;;;;;;;5;;;12;ja
leerkracht;T1;;Wit;de;A.;Anne;;;;G5;anne@school.nl;;ja
leerling;L1;;Bakker;;F.;Fien;2017-03-12;V;5;G5;;77;ja
leerling;L2;;Smit;;D.;Daan;;;5;G5;;;nee
"""


@pytest.fixture
def terminal(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Terminal:
    answer = a_roster([an_incoming_group("g5", "Groep 5")], pupils=incoming_people(10))
    return Terminal(a_bureau(tmp_path, answer, Register()), capsys)


def read_in(terminal: Terminal, text: str, *options: str) -> tuple[int, str]:
    path = terminal.bureau.folder / "testcentrum.csv"
    path.write_text(text, encoding="utf-8")
    return terminal.run(app, "import", "12AB", str(path), *options)


def test_a_roster_is_read_in_and_written_out_the_same(terminal: Terminal) -> None:
    assert read_in(terminal, "\ufeff" + GOOD) == (0, "4 nieuw, 0 gewijzigd, 4 in totaal.\n")
    out = terminal.bureau.folder / "uit.csv"
    terminal.run(app, "show", "12AB", "--csv", str(out))
    wanted, written = (
        list(csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline=""), delimiter=";"))
        for text in (GOOD, out.read_text("utf-8"))
    )
    assert written == wanted
    assert read_in(terminal, GOOD)[1] == "0 nieuw, 0 gewijzigd, 4 in totaal.\n"


def test_reading_in_again_keeps_links_and_who_is_not_in_the_file(terminal: Terminal) -> None:
    read_in(terminal, GOOD)
    linked = a_pupil("L1", linked="p1")
    terminal.bureau.with_register(Register(groups=(a_group("G5"),), pupils=(linked, a_pupil("L9", "Sem", "Vries"))))
    read_in(terminal, GOOD)
    pupils = {str(pupil.id): pupil for pupil in terminal.bureau.record().register.pupils}
    assert pupils["L1"].linked == linked.linked
    assert "L9" in pupils


@pytest.mark.parametrize(
    ("line", "complaint"),
    [
        ("leerling;L3;;Vos;;;Tim;31-02-2015;M;5;G5;;;ja", "geboortedatum"),
        ("leerling;L3;;Vos;;;Tim;2015-02-31;M;5;G5;;;ja", "geboortedatum"),
        ("leerling;L3;;;;;Tim;2015-02-03;M;5;G5;;;ja", "achternaam"),
        ("leerling;;;Vos;;;Tim;2015-02-03;M;5;G5;;;ja", "id: is leeg"),
        ("leerling;L3;;Vos;;;Tim;2015-02-03;X;5;G5;;;ja", "geslacht"),
        ("leerling;L3;;Vos;;;Tim;2015-02-03;M;5;G9;;;ja", "G9"),
        ("leerling;L1;;Vos;;;Tim;2015-02-03;M;5;G5;;;ja", "L1"),
        ("leerling;L3;;Vos;;;Tim;2015-02-03;M;5;G5;;;misschien", "actief"),
        ("kind;L3;;Vos;;;Tim;2015-02-03;M;5;G5;;;ja", "soort"),
        ("leerling;L3;;Vos", "kolommen"),
        ("leerling;L3;;Vos;;;Tim;2015-02-03;M;5;G5;;;ja;teveel", "kolommen"),
    ],
)
def test_every_bad_line_is_named_and_nothing_is_read_in(terminal: Terminal, line: str, complaint: str) -> None:
    with pytest.raises(UnreadableInput) as refusal:
        read_in(terminal, GOOD + line + "\n")
    assert complaint in refusal.value.what
    assert terminal.bureau.record().register == Register()


@pytest.mark.parametrize("text", ["", "soort,id,naam\n", "leerling;L1"])
def test_a_file_without_the_right_columns_is_refused(terminal: Terminal, text: str) -> None:
    with pytest.raises(UnreadableInput):
        read_in(terminal, text)


def test_a_dry_run_counts_and_stores_nothing(terminal: Terminal) -> None:
    read_in(terminal, GOOD, "--dry-run")
    assert terminal.bureau.record().register == Register()


async def test_nothing_is_read_in_while_an_import_is_in_progress(terminal: Terminal) -> None:
    await terminal.bureau.desk.imports.pull(ADMINISTRATOR, SCHOOL)
    with pytest.raises(RefusedByState):
        read_in(terminal, GOOD)


def test_deactivated_pupils_are_found_and_reactivated(terminal: Terminal) -> None:
    """S: `Leerlingen beheren`."""
    terminal.bureau.with_register(
        Register(groups=(a_group("G5"),), pupils=(*people(3), a_pupil("P9", "Daan", "Smit", active=False)))
    )
    (gone,) = terminal.json(app, "show", "12AB", "--inactive")["pupils"]
    assert gone["id"] == "P9"
    assert terminal.json(app, "activate", "12AB", "P9", "P0") == {"changed": 1}
    assert terminal.json(app, "show", "12AB", "--inactive")["pupils"] == []
    assert terminal.json(app, "deactivate", "12AB", "P9") == {"changed": 1}
    with pytest.raises(UnreadableInput):
        terminal.run(app, "activate", "12AB", "P999")


def test_the_never_touch_list_additions_only_and_staged_are_kept(terminal: Terminal) -> None:
    terminal.bureau.with_register(Register(pupils=people(3)))
    assert terminal.json(app, "never-touch", "12AB", "P1")["never_touch_pupils"] == ["P1"]
    assert terminal.json(app, "never-touch", "12AB", "P1", "--off")["never_touch_pupils"] == []
    assert terminal.json(app, "additions-only", "12AB")["additions_only"] is True
    assert terminal.json(app, "additions-only", "12AB", "--off")["additions_only"] is False
    assert terminal.json(app, "staged", "12AB")["staged"] is True
    assert terminal.json(app, "staged", "12AB", "--off")["staged"] is False
    terminal.actor = READER
    with pytest.raises(RefusedByRole):
        terminal.run(app, "never-touch", "12AB", "P1")
