"""Files as schools send them: what is certain is read, what is not is refused with its line, and nothing is guessed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest

from core.sheet.dates import date_of
from core.sheet.lines import Line, lines_of
from core.sheet.problem import FileProblem, Problem
from core.sheet.text import text_of

COLUMNS = ("id", "naam", "score")
NAMES = "Zoë Müller, André Çelik, Åsa Ñuñez, Ömer l'été, ÉVA"


def read(content: str | bytes) -> list[dict[str, str]]:
    content = content if isinstance(content, bytes) else content.encode()
    found = list(lines_of(content, columns=COLUMNS, needed=COLUMNS[:2]))
    assert not any(isinstance(line, Problem) for line in found), found
    return [line.cells for line in found if isinstance(line, Line)]


def told(content: str | bytes) -> str:
    content = content if isinstance(content, bytes) else content.encode()
    try:
        found = list(lines_of(content, columns=COLUMNS, needed=COLUMNS[:2]))
    except FileProblem as error:
        return str(error)
    return "; ".join(str(problem) for problem in found if isinstance(problem, Problem))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
def test_what_excel_saves_is_read_letter_by_letter(encoding: str, ending: str) -> None:
    content = ending.join(["sep=;", "id;naam", f"1;{NAMES}", ";", ""]).encode(encoding)
    assert read(content) == [{"id": "1", "naam": NAMES}]


def in_other_encodings() -> Iterator[tuple[str, str]]:
    names = [
        *(f"Ren{letter}e" for letter in "éëïöüèçáâêîôûåäàìòùñãÿ"),
        *(f"{letter}scar" for letter in "ÉÖÜÇÅÄÑÁÂÈÊËÍÎÏÓÔÚÛ"),
    ]
    for encoding in ("cp850", "cp437", "mac_roman"):
        for name in names:
            try:
                name.encode(encoding)
            except UnicodeEncodeError:
                continue
            yield encoding, name


@pytest.mark.parametrize(("encoding", "name"), in_other_encodings())
def test_another_encoding_is_never_taken_for_windows(encoding: str, name: str) -> None:
    """Excel can save as MS-DOS and as Macintosh too; a letter of those would be another one."""
    with pytest.raises(FileProblem, match="regel 2"):
        text_of(f"id;naam\n1;{name}\n".encode(encoding))


def test_a_file_that_could_be_two_things_is_neither() -> None:
    """`Ömer` for Windows is `Ímer` for MS-DOS; a second name decides."""
    with pytest.raises(FileProblem, match="regel 2"):
        text_of("id;naam\n1;Ömer\n".encode("cp1252"))
    assert "Ömer" in text_of("id;naam\n1;Ömer\n2;Zoë\n".encode("cp1252"))


def test_half_a_letter_of_utf_8_is_not_taken_for_windows() -> None:
    whole = "id;naam\n1;Zoë\n2;René\n".encode()
    with pytest.raises(FileProblem, match="regel 3"):
        text_of(whole[:-2])


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"PK\x03\x04\x14\x00", "bestand: dit is een bestand van de soort Excel (.xlsx)"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1", "soort Excel (.xls)"),
        (b"%PDF-1.7", "soort PDF"),
        ("id;naam\n1;Fien".encode("utf-16")[:-1], "UTF-16 en houdt midden in een teken op"),
        ("id;naam\n1;Fien\n".encode("utf-16-le"), "regel 1: hier staat een NUL-teken"),
        (b"id;naam\n1;Fi\0en\n", "regel 2: hier staat een NUL-teken"),
        ("id;naam\n1;Zo\ufffd\n", "regel 2: hier is een letter verloren gegaan"),
        ("", "bestand: het bestand is leeg"),
        ("\n;;\n", "bestand: het bestand is leeg"),
        ("id\tnaam\n1\tFien\n", "regel 1: de kolommen zijn niet gescheiden met een puntkomma"),
        ("sep=,\nid,naam\n", "regel 2: de kolommen zijn niet gescheiden met een puntkomma"),
        ("id;naam;id\n", "regel 1, id: deze kolom staat er twee keer"),
        ("id;score\n", "regel 1, naam: deze kolom ontbreekt"),
        ("id;naam;bsn\n", "regel 1, bsn: onbekende kolom; bekend zijn: id, naam, score"),
        ('id;naam\n1;"Fien\n2;Daan\n', "regel 2: aanhalingstekens kloppen niet"),
        ("id;naam\n1;Fien\n2\n", "regel 3: 1 kolommen in plaats van 2"),
        ("id;naam\n1;Fien;5\n", "regel 2: meer kolommen dan de kopregel"),
        ('id;naam\n\n1;"Fien\nBos"\n2;Daan\n', "regel 3, naam: er staat een regeleinde"),
        ("id;naam\n1;5-jun\n", "regel 2, naam: “5-jun” is door Excel een datum geworden"),
        ("id;naam\n4,71E+12;Fien\n", "regel 2, id: “4,71E+12” is door Excel afgerond"),
        ("id;naam\n1;#NAAM?\n", "regel 2, naam: “#NAAM?” is een fout van Excel"),
        ("id;naam\n1;Fien\n2;Da", "regel 3: het bestand houdt midden in deze regel op"),
        ("id;naam\n1;Fien\n#einde;2\n", "regel 3: de slotregel noemt 2 regels, er staan er 1"),
    ],
)
def test_what_is_not_certain_is_refused_with_its_place(content: str | bytes, says: str) -> None:
    assert says in told(content)


def test_a_closing_line_that_counts_right_ends_a_file_whole() -> None:
    assert read("id;naam\n1;Fien\n#einde;1") == [{"id": "1", "naam": "Fien"}]


def test_a_line_after_a_quoted_line_break_has_the_number_an_editor_shows() -> None:
    assert told('id;naam\n1;"Fien\nBos"\n2\n').endswith(
        "regel 4: 1 kolommen in plaats van 2; de regel is niet compleet"
    )


def test_a_child_in_the_place_of_the_header_is_not_named() -> None:
    said = told("1;Fien Bakker\n2;Daan Smit\n")
    assert said == "regel 1: de kopregel ontbreekt; die is: id;naam;score"


@pytest.mark.parametrize(
    "text", ["2026-09-01", "2026/09/01", "2026-9-1", "1-9-2026", "01-09-2026", "1/9/2026", "1.9.2026"]
)
def test_a_date_is_read_day_first_or_year_first(text: str) -> None:
    assert date_of(text) == date(2026, 9, 1)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("43709", "43709 is een dagnummer van Excel"),
        ("31-02-2015", "31-02-2015 bestaat niet"),
        ("9/13/2026", "9/13/2026 bestaat niet"),
        ("1-9-15", "geen datum"),
        ("20260901", "geen datum"),
        ("2026-W01-1", "geen datum"),
        ("1 september 2026", "geen datum"),
        ("", "geen datum"),
    ],
)
def test_a_date_that_is_none_is_told(text: str, says: str) -> None:
    with pytest.raises(ValueError, match=says):
        date_of(text)
