"""`koppeldesk import`: the non-interactive twin of the review, with the same rules and limits."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from core.desk.imports import NotReady
from core.errors import RefusedByGuard, RefusedByRole, RefusedByState, UnreadableInput
from core.linking.link import LinkState
from core.model import Register
from tests.core.desk.office import NIGHT, READER, SCHOOL
from tests.core.desk.school_year import SchoolBureau, a_bureau
from tests.core.importing.build import (
    a_group,
    a_roster,
    an_incoming_group,
    an_incoming_pupil,
    an_incoming_teacher,
    incoming_people,
    people,
)
from tests.tui.commands.at_the_desk import Terminal
from tui.commands.imports import app

Screen = pytest.CaptureFixture[str]


def a_school(folder: Path, *, sent: int = 10, email: str = "a.wit@school.nl") -> SchoolBureau:
    answer = a_roster(
        [an_incoming_group("g5", "Groep 5")], [an_incoming_teacher("t1", email=email)], incoming_people(sent)
    )
    return a_bureau(folder, answer, Register(groups=(a_group("G5", "Groep 5"),), pupils=people(10)))


@pytest.fixture
def terminal(tmp_path: Path, capsys: Screen) -> Terminal:
    return Terminal(a_school(tmp_path), capsys)


def test_pull_show_and_commit_do_the_whole_import(terminal: Terminal) -> None:
    pulled = terminal.json(app, "pull", "12AB")
    assert pulled["received"] == {"groepen": 1, "leerkrachten": 1, "leerlingen": 10}
    shown = terminal.json(app, "show", "12AB")
    assert shown["counts"]["leerlingen"] == {
        "received": 10,
        "new": 0,
        "existing": 10,
        "skipped": 0,
        "problems": 0,
        "doubts": 0,
    }
    done = terminal.json(app, "commit", "12AB", "--yes")
    assert done["counts"]["leerlingen gekoppeld"] == 10
    assert terminal.json(app, "history", "12AB")[0]["id"] == done["id"]
    link = terminal.bureau.record().link
    assert link and link.state is LinkState.ACTIVE


def test_a_dry_run_shows_the_summary_and_stores_nothing(terminal: Terminal) -> None:
    terminal.run(app, "pull", "12AB")
    before = terminal.bureau.record()
    code, out = terminal.run(app, "commit", "12AB", "--dry-run")
    assert code == 0
    lines = {line.split()[0]: line.split()[1:] for line in out.splitlines() if line.startswith(("Groe", "Leer"))}
    assert lines == {
        "Groepen": ["0", "1", "0", "0"],
        "Leerkrachten": ["1", "0", "0", "0"],
        "Leerlingen": ["0", "10", "0", "0"],
    }
    assert terminal.bureau.record() == before


def test_without_yes_nothing_is_imported(terminal: Terminal) -> None:
    terminal.run(app, "pull", "12AB")
    before = terminal.bureau.record()
    with pytest.raises(UnreadableInput):
        terminal.run(app, "commit", "12AB")
    assert terminal.bureau.record() == before


@pytest.mark.parametrize("how", ["--yes", "--dry-run"])
def test_a_dry_run_has_the_limits_of_the_real_run(tmp_path: Path, capsys: Screen, how: str) -> None:
    """+ a dry run prints the same under the same limits as the real run: problems, guards and roles."""
    terminal = Terminal(a_school(tmp_path, sent=6, email=""), capsys)
    terminal.run(app, "pull", "12AB")
    with pytest.raises(NotReady):
        terminal.run(app, "commit", "12AB", how)
    terminal.run(app, "decide", "12AB", "las:t1", "--kind", "leerkracht", "--email", "anne@school.nl")
    with pytest.raises(RefusedByGuard):
        terminal.run(app, "commit", "12AB", how)
    terminal.actor = READER
    with pytest.raises(RefusedByRole):
        terminal.run(app, "commit", "12AB", how, "--confirm", "12AB")


def test_decide_moves_rows_links_by_hand_and_takes_back(terminal: Terminal) -> None:
    terminal.run(app, "pull", "12AB")

    def category(row: str) -> str:
        rows = terminal.json(app, "show", "12AB", "--kind", "leerling", "--search", row)["rows"]
        return str(rows[0]["category"])

    terminal.run(app, "decide", "12AB", "las:p1", "p2", "--to", "niet")
    assert (category("las:p1"), category("las:p2")) == ("niet importeren", "niet importeren")
    terminal.run(app, "decide", "12AB", "--undo")
    assert category("las:p2") == "bestaand"
    terminal.run(app, "decide", "12AB", "--redo")
    terminal.run(app, "decide", "12AB", "las:p1", "--to", "bestaand", "--existing", "P1")
    assert category("las:p1") == "bestaand"
    terminal.run(app, "decide", "12AB", "las:p3", "--not-same", "P3")
    assert category("las:p3") == "nieuw"
    terminal.run(app, "decide", "12AB", "g5", "--kind", "groep", "--to", "niet", "--with-pupils")
    assert terminal.json(app, "show", "12AB")["counts"]["leerlingen"]["skipped"] == 10


@pytest.mark.parametrize(
    "words",
    [
        ("las:onbekend", "--to", "nieuw"),
        ("las:p1", "--to", "ergens"),
        ("las:p1",),
        (),
        ("las:p1", "--to", "bestaand", "--existing", "P999"),
        ("--file", "bestaat-niet.json"),
    ],
)
def test_a_decision_that_cannot_be_is_refused_with_a_sentence(terminal: Terminal, words: tuple[str, ...]) -> None:
    terminal.run(app, "pull", "12AB")
    with pytest.raises(UnreadableInput) as refusal:
        terminal.run(app, "decide", "12AB", *words)
    assert refusal.value.what and refusal.value.todo


def test_a_saved_review_is_compared_and_replayed_elsewhere(tmp_path: Path, capsys: Screen) -> None:
    """+ saved as a file, compared with another one and replayed in CI."""
    here = Terminal(a_school(tmp_path / "hier", email=""), capsys)
    there = Terminal(a_school(tmp_path / "daar", email=""), capsys)
    kept = tmp_path / "keuzes.json"
    for terminal in (here, there):
        terminal.run(app, "pull", "12AB")
    here.run(app, "decide", "12AB", "las:p1", "--to", "niet")
    here.run(app, "decide", "12AB", "las:p3", "--not-same", "P3")
    here.run(app, "decide", "12AB", "t1", "--kind", "leerkracht", "--email", "anne@school.nl")
    here.run(app, "show", "12AB", "--save", str(kept))
    assert "Bakker" not in kept.read_text()
    code, out = there.run(app, "show", "12AB", "--compare", str(kept))
    assert (code, len(out.splitlines())) == (1, 3)
    there.run(app, "decide", "12AB", "--file", str(kept))
    assert there.run(app, "show", "12AB", "--compare", str(kept)) == (0, "Geen verschillen.\n")
    there.run(app, "decide", "12AB", "--undo")
    assert len(there.json(app, "show", "12AB", "--compare", str(kept))) == 3


def test_a_saved_choice_is_not_replayed_on_another_child_under_the_same_key(tmp_path: Path, capsys: Screen) -> None:
    here = Terminal(a_school(tmp_path / "hier", email=""), capsys)
    elsewhere = a_school(tmp_path / "daar", email="")
    there = Terminal(elsewhere, capsys)
    kept = tmp_path / "keuzes.json"
    assert elsewhere.las.roster
    zoe = an_incoming_pupil("p1", "Zoë", "Zwart", born=date(2018, 2, 2))
    others = tuple(one for one in incoming_people(10) if one.key != "p1")
    elsewhere.las.roster = replace(elsewhere.las.roster, pupils=(zoe, *others))
    for terminal in (here, there):
        terminal.run(app, "pull", "12AB")
    here.run(app, "decide", "12AB", "las:p1", "las:p2", "--to", "bestaand")
    here.run(app, "decide", "12AB", "las:p2", "--to", "niet")
    here.run(app, "show", "12AB", "--save", str(kept))
    code, out = there.run(app, "decide", "12AB", "--file", str(kept))
    assert (code, "las:p1: is hier iemand anders" in out) == (1, True)
    rows = {row["incoming"]: row for row in there.json(app, "show", "12AB", "--kind", "leerling")["rows"]}
    assert (rows["las:p1"]["category"], rows["las:p2"]["category"]) == ("nieuw", "niet importeren")


def test_a_file_that_is_no_review_is_refused(terminal: Terminal, tmp_path: Path) -> None:
    terminal.run(app, "pull", "12AB")
    for number, text in enumerate(("", "{}", "[1]", json.dumps({"indeling": "anders"}), "\x00")):
        path = tmp_path / f"{number}.json"
        path.write_text(text)
        with pytest.raises(UnreadableInput):
            terminal.run(app, "decide", "12AB", "--file", str(path))


def test_the_export_opens_right_in_dutch_excel_and_calculates_nothing(tmp_path: Path, capsys: Screen) -> None:
    """+ CSV with `;` and BOM, safe against formulas, the same columns and filters as on screen."""
    nasty = ('=HYPERLINK("http://x")', "+31", "-2", "@SUM(A1)", "\tTab", 'Punt;"Komma"', "Twee\nregels")
    pupils = [an_incoming_pupil(f"n{n}", "Kind", name, group=None) for n, name in enumerate(nasty)]
    terminal = Terminal(a_bureau(tmp_path, a_roster(pupils=pupils), Register()), capsys)
    terminal.run(app, "pull", "12AB")
    path = tmp_path / "rijen.csv"
    terminal.run(app, "show", "12AB", "--kind", "leerling", "--csv", str(path))
    assert path.read_bytes().startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(io.StringIO(path.read_text("utf-8-sig"), newline=""), delimiter=";"))
    assert len(rows) == len(nasty)
    for row in rows:
        for cell in row.values():
            assert not cell.startswith(("=", "+", "-", "@", "\t"))
    terminal.run(app, "show", "12AB", "--kind", "leerling", "--search", "punt", "--csv", str(path))
    (only,) = csv.DictReader(io.StringIO(path.read_text("utf-8-sig"), newline=""), delimiter=";")
    assert only["naam"] == 'Punt;"Komma", Kind'


def test_rollback_shows_first_and_acts_with_yes(terminal: Terminal) -> None:
    before = terminal.bureau.record().register
    terminal.run(app, "pull", "12AB")
    terminal.run(app, "commit", "12AB", "--yes")
    assert terminal.json(app, "rollback", "12AB")["restored"]["leerlingen"] == 10
    assert terminal.bureau.record().register != before
    assert terminal.json(app, "rollback", "12AB", "--yes")["done"]
    assert terminal.bureau.record().register == before
    with pytest.raises(RefusedByState):
        terminal.run(app, "rollback", "12AB")


def test_rollback_takes_what_was_remembered_with_it(terminal: Terminal) -> None:
    """The next import proposes again what a person had decided in the one that was taken back."""
    terminal.run(app, "pull", "12AB")
    terminal.run(app, "decide", "12AB", "las:p1", "--to", "niet")
    terminal.run(app, "commit", "12AB", "--yes")
    assert terminal.json(app, "rollback", "12AB")["forgotten"] == 1
    terminal.run(app, "rollback", "12AB", "--yes")
    terminal.run(app, "pull", "12AB")
    (row,) = terminal.json(app, "show", "12AB", "--kind", "leerling", "--search", "las:p1")["rows"]
    assert (row["category"], row["doubt"]) == ("bestaand", "")


def test_discard_asks_for_yes(terminal: Terminal) -> None:
    terminal.run(app, "pull", "12AB")
    with pytest.raises(UnreadableInput):
        terminal.run(app, "discard", "12AB")
    terminal.run(app, "discard", "12AB", "--yes")
    with pytest.raises(RefusedByState):
        terminal.run(app, "show", "12AB")


def test_a_held_run_is_shown_approved_or_left_aside(tmp_path: Path, capsys: Screen) -> None:
    import asyncio

    answer = a_roster([an_incoming_group("g5", "Groep 5")], pupils=incoming_people(6))
    register = Register(groups=(a_group("G5", "Groep 5", linked="g5"),), pupils=people(10, linked=True))
    terminal = Terminal(a_bureau(tmp_path, answer, register, LinkState.ACTIVE), capsys)
    asyncio.run(terminal.bureau.desk.night_imports.run(NIGHT, SCHOOL))
    code, out = terminal.run(app, "held", "12AB")
    assert (code, "4 van de 10" in out) == (1, True)
    with pytest.raises(RefusedByGuard):
        terminal.run(app, "approve", "12AB")
    with pytest.raises(UnreadableInput):
        terminal.run(app, "discard-held", "12AB")
    assert terminal.json(app, "approve", "12AB", "--confirm", "12AB")["counts"]["leerlingen gedeactiveerd"] == 4
    with pytest.raises(RefusedByState):
        terminal.run(app, "held", "12AB")
