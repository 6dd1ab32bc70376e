"""Whatever file is brought to whatever command: taken as it was meant, or refused in Dutch with nothing stored."""

from __future__ import annotations

import random
from collections.abc import Callable
from pathlib import Path

import pytest
from cyclopts import App

from core.errors import UnreadableInput
from core.scores.ledger import State
from tests.core.desk.office import SCHOOL, SERVICE, Bureau
from tests.core.desk.results_bureau import a_bureau
from tests.tui.commands.at_the_desk import Typist
from tui.commands.access import app as access
from tui.commands.link import app as link
from tui.commands.match import app as match
from tui.commands.results import app as results
from tui.commands.roster import app as roster

ROSTER = (
    "soort;id;naam;achternaam;voorvoegsel;voorletters;roepnaam;geboortedatum;geslacht;jaargroep;groep;email;"
    "extern_nummer;actief\r\n"
    "groep;g5;Groep 5;;;;;;;5;;;;ja\r\n"
    "leerling;p1;;Bakker1;;F.;Zoë;2016-05-01;V;5;g5;;;ja\r\n"
    "leerling;n1;;Smit;;D.;André;2016-11-30;M;5;g5;;;nee\r\n"
)
RESULTS = "brin;leerling;toets;versie;afnamedatum;score;onderdeel\r\n12ab;p1;BOOM-TL-35;2026;2026-11-03;22;\r\n"

Change = Callable[[str], bytes]
TAKEN: dict[str, Change] = {
    "as it was made": lambda text: text.encode(),
    "byte order mark": lambda text: text.encode("utf-8-sig"),
    "UTF-16": lambda text: text.encode("utf-16"),
    "Windows-1252": lambda text: text.encode("cp1252"),
    "CR": lambda text: text.replace("\r\n", "\r").encode(),
    "LF": lambda text: text.replace("\r\n", "\n").encode(),
    "sep=;": lambda text: f"sep=;\r\n{text}".encode(),
    "Dutch dates": lambda text: text.replace("2016-11-30", "30-11-2016").replace("2026-11-03", "3/11/2026").encode(),
    "year first with strokes": lambda text: text.replace("2016-11-30", "2016/11/30").encode(),
    "empty lines and columns": lambda text: (text.replace("\r\n", ";;\r\n") + ";;;\r\n\r\n").encode(),
    "quotes": lambda text: text.replace("p1", '"p1"').encode(),
    "capitals in the header": lambda text: "\r\n".join(
        [text.split("\r\n")[0].upper(), *text.split("\r\n")[1:]]
    ).encode(),
    "a closing line": lambda text: f"{text}#einde;{text.count(chr(10)) - 1};;\r\n".encode(),
}
REFUSED: dict[str, Change] = {
    "empty": lambda text: b"",
    "UTF-16 without a mark": lambda text: text.encode("utf-16-le"),
    "NUL": lambda text: text.replace("p1", "p\0001").encode(),
    "tabs": lambda text: text.replace(";", "\t").encode(),
    "commas": lambda text: text.replace(";", ",").encode(),
    "sep=,": lambda text: f"sep=,\r\n{text.replace(';', ',')}".encode(),
    "a line break in a value": lambda text: text.replace("p1", '"p\n1"').encode(),
    "a quote that never closes": lambda text: text.replace("p1", '"p1').encode(),
    "a column twice": lambda text: text.replace("\r\n", ";" + text.split(";")[1] + "\r\n", 1).encode(),
    "an unknown column": lambda text: text.replace("\r\n", ";bsn\r\n").encode(),
    "no header": lambda text: text.split("\r\n", 1)[1].encode(),
    "a header alone that is short": lambda text: (text.split(";", 1)[1].split("\r\n")[0] + "\r\n").encode(),
    "a day number": lambda text: text.replace("2016-11-30", "42704").replace("2026-11-03", "46329").encode(),
    "half": lambda text: text.encode()[: len(text) - 9],
    "one line short of its closing line": lambda text: f"{text}#einde;9\r\n".encode(),
    "xlsx": lambda text: b"PK\x03\x04" + random.Random(1).randbytes(2000),
    "noise": lambda text: random.Random(2).randbytes(2000),
}


@pytest.fixture
def bureau(tmp_path: Path) -> Bureau:
    return a_bureau(tmp_path / "data")[0]


@pytest.fixture
def typist(bureau: Bureau, capsys: pytest.CaptureFixture[str]) -> Typist:
    return Typist(bureau.desk, capsys, SERVICE)


def stored(bureau: Bureau) -> dict[Path, bytes]:
    return {path: path.read_bytes() for path in (bureau.folder / "schools").rglob("*.json*")}


@pytest.mark.parametrize("change", TAKEN)
def test_a_roster_is_read_as_it_was_meant(bureau: Bureau, typist: Typist, tmp_path: Path, change: str) -> None:
    file = tmp_path / "rooster.csv"
    file.write_bytes(TAKEN[change](ROSTER))
    assert typist.run(roster, "import", str(SCHOOL), str(file))[0] == 0
    new = bureau.record().register.pupils[-1]
    assert (new.name.spoken, str(new.born), new.active) == ("André Smit", "2016-11-30", False)


@pytest.mark.parametrize("change", TAKEN)
def test_results_are_read_as_they_were_meant(bureau: Bureau, typist: Typist, tmp_path: Path, change: str) -> None:
    file = tmp_path / "toetsen.csv"
    file.write_bytes(TAKEN[change](RESULTS))
    assert typist.run(results, "import", str(file))[0] == 0
    (row,) = bureau.desk.scores.status(SERVICE, SCHOOL).rows
    assert (row.state, str(row.taken), row.raw) == (State.WAITING, "2026-11-03", 22)


@pytest.mark.parametrize("closing", ["", "#einde;1\r\n"])
def test_results_without_a_closing_line_are_told_that_some_may_be_missing(
    typist: Typist, tmp_path: Path, closing: str
) -> None:
    file = tmp_path / "toetsen.csv"
    file.write_text(RESULTS + closing, encoding="utf-8", newline="")
    assert ("tel ze na" in typist.run(results, "import", str(file))[1]) is not bool(closing)
    assert typist.json(results, "import", str(file), "--dry-run")["closed"] is bool(closing)


@pytest.mark.parametrize("change", REFUSED)
@pytest.mark.parametrize(
    ("app", "words", "text"),
    [(roster, ("import", str(SCHOOL)), ROSTER), (results, ("import",), RESULTS)],
    ids=["roster", "results"],
)
def test_what_is_not_certain_is_refused_and_stores_nothing(
    bureau: Bureau, typist: Typist, tmp_path: Path, app: App, words: tuple[str, ...], text: str, change: str
) -> None:
    file = tmp_path / "bestand.csv"
    file.write_bytes(REFUSED[change](text))
    before = stored(bureau)
    with pytest.raises(UnreadableInput) as told:
        typist.run(app, *words, str(file))
    assert "regel " in told.value.what or "bestand: " in told.value.what
    assert "Bakker" not in str(told.value) and "André" not in str(told.value)
    assert stored(bureau) == before


@pytest.mark.parametrize("change", [name for name in REFUSED if name != "empty"])
@pytest.mark.parametrize(
    ("app", "words"),
    [
        (link, ("renew-key", str(SCHOOL), "--key-file")),
        (access, ("add", "Jan", "--role", "lezer", "--key-file")),
    ],
    ids=["link", "access"],
)
def test_a_key_is_no_table(
    bureau: Bureau, typist: Typist, tmp_path: Path, app: App, words: tuple[str, ...], change: str
) -> None:
    file = tmp_path / "sleutel"
    file.write_bytes(REFUSED[change](ROSTER))
    before = stored(bureau)
    with pytest.raises(UnreadableInput):
        typist.run(app, *words, str(file))
    assert stored(bureau) == before


@pytest.mark.parametrize(
    ("line", "says"),
    [
        (b'{"id": "1"', "regel 2: het houdt te vroeg op"),
        (b'{"id": 1, "naam": }', "regel 2: teken 19 kan daar niet"),
        (b'{"id": {"a": 1}}', "regel 2: "),
        (b'{"naam": "Anne"}', "regel 2: id ontbreekt"),
        (b'{"id": "1", "naam": "Ren\x82"}', "regel 2: hier staat een teken dat geen UTF-8 is"),
        (b"PK\x03\x04", "regel 2: "),
    ],
)
def test_a_match_file_is_told_apart_line_by_line(typist: Typist, tmp_path: Path, line: bytes, says: str) -> None:
    file = tmp_path / "in.jsonl"
    file.write_bytes(b'{"id": "0"}\n' + line)
    with pytest.raises(UnreadableInput) as told:
        typist.run(match, str(file), str(file), "--kind", "teacher")
    assert says in told.value.what


def test_a_name_of_a_file_that_cannot_be_kept_is_kept_as_far_as_it_can(bureau: Bureau, typist: Typist) -> None:
    name = "r\udcffé\n.csv"
    file = bureau.folder / name
    try:
        file.write_bytes(RESULTS.encode())
    except (OSError, UnicodeEncodeError):
        pytest.skip("this system has no such names")
    assert typist.json(results, "import", str(file))["file"] == "r?é?.csv"
    assert [entry.subject for entry in bureau.store.audit().read()] == ["r?é?.csv"]
