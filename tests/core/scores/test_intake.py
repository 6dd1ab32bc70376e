"""Reading results in: what a spreadsheet leaves behind is understood, and every mistake is told by line and column."""

from __future__ import annotations

from decimal import Decimal

import pytest

from core.scores.intake import Intake, read_results
from core.scores.results import Normed
from tests.core.scores.builders import FIXTURES, TODAY, OneSchool, a_pupil, the_catalogue

HEADER = "brin;leerling;toets;versie;afnamedatum;score"
GOOD = "12AB;p1;BOOM-TL-35;2026;2026-11-03;22"


def read(text: str | bytes) -> Intake:
    content = text if isinstance(text, bytes) else text.encode()
    school = OneSchool(a_pupil(1), a_pupil(2), a_pupil(3, year=""))
    return read_results(content, catalogue=the_catalogue(), registers=school, today=TODAY)


def told(intake: Intake) -> list[str]:
    return [str(problem) for problem in intake.problems]


def test_the_example_that_comes_with_the_program_is_right() -> None:
    intake = read((FIXTURES / "results" / "voorbeeld.csv").read_bytes())
    assert told(intake) == []
    assert len(intake.taken) == 5


def test_a_score_is_normed_with_the_table_of_the_test() -> None:
    (taken,) = read(f"{HEADER}\n{GOOD}\n").taken
    normed = taken.result.normed
    assert taken.result.raw == 22
    assert normed.table == "2026-1" and normed.dl == 23
    assert normed.ability == Decimal("46.2") and normed.percentile is not None and normed.fifth


def test_normed_values_that_are_given_are_kept_and_missing_ones_stay_missing() -> None:
    text = f"{HEADER};vaardigheidsscore;niveau;normtabel\n{GOOD};46,25;b;T7\n"
    (taken,) = read(text).taken
    assert taken.result.normed == Normed(ability=Decimal("46.25"), letter="B", table="T7")


def test_a_pupil_without_a_year_group_gets_no_level() -> None:
    (taken,) = read(f"{HEADER}\n{GOOD.replace('p1', 'p3')}\n").taken
    assert taken.result.normed.percentile is None and taken.result.normed.ability is not None


@pytest.mark.parametrize(
    "content",
    [
        f"\ufeff{HEADER}\r\n{GOOD}\r\n",
        f"sep=;\r\n{HEADER}\r\n{GOOD}\r\n;;;;;\r\n",
        f"{HEADER};;\n{GOOD};;\n\n\n",
        f'{HEADER.upper()}\n"12AB"; p1 ;BOOM-TL-35;"2026";3-11-2026;"22,0"\n',
        f'{HEADER}\n="12AB";="p1";BOOM-TL-35;2026;03/11/2026;\u00a022\n',
        "score;afnamedatum;versie;toets;leerling;brin\n22;2026-11-03;2026;BOOM-TL-35;p1;12ab-00\n#einde;1\n",
        f"{HEADER}\r{GOOD}\r",
    ],
    ids=["bom", "sep", "empty columns", "quotes", "formulas", "other order", "old mac"],
)
def test_what_a_spreadsheet_does_to_a_file_changes_nothing(content: str) -> None:
    intake = read(content)
    assert told(intake) == []
    assert [(t.key, t.result) for t in intake.taken] == [(t.key, t.result) for t in read(f"{HEADER}\n{GOOD}\n").taken]


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        ("9ZZ;p1;BOOM-TL-35;2026;2026-11-03;22", "regel 3, brin: geen BRIN"),
        ("99ZZ;p1;BOOM-TL-35;2026;2026-11-03;22", "regel 3, brin: school 99ZZ-00 is hier niet bekend"),
        ("12AB;p9;BOOM-TL-35;2026;2026-11-03;22", "regel 3, leerling: deze leerling is op 12AB-00 niet bekend"),
        ("12AB;p1;BOOM-XX;2026;2026-11-03;22", "regel 3, toets: deze toets is niet beschreven"),
        ("12AB;p1;BOOM-TL-35;2025;2026-11-03;22", "regel 3, versie: beschreven zijn: 2026"),
        ("12AB;p1;BOOM-TL-35;2026;31-2-2026;22", "regel 3, afnamedatum: 31-2-2026 bestaat niet"),
        ("12AB;p1;BOOM-TL-35;2026;3 nov;22", "regel 3, afnamedatum: “3 nov” is geen datum"),
        ("12AB;p1;BOOM-TL-35;2026;2026-11-25;22", "regel 3, afnamedatum: ligt in de toekomst"),
        ("12AB;p1;BOOM-TL-35;2026;2026-11-03;41", "regel 3, score: 41 ligt niet tussen 0 en 40"),
        ("12AB;p1;BOOM-TL-35;2026;2026-11-03;-1", "regel 3, score: -1 ligt niet tussen 0 en 40"),
        ("12AB;p1;BOOM-TL-35;2026;2026-11-03;22,5", "regel 3, score: 22,5 is geen geheel getal"),
        ("12AB;p1;BOOM-TL-35;2026;2026-11-03;NaN", "regel 3, score: “NaN” is geen getal"),
        ("12AB;p1;BOOM-TL-35;2026;2026-11-03;", "regel 3, score: score en vaardigheidsscore ontbreken"),
        ("12AB;p1;BOOM-SP-35;2026;2026-11-03;", "regel 3, score: ontbreekt; een ontbrekende score wordt nooit"),
        ("12AB;p1;BOOM-TL-35;2026;2026-11-03", "regel 3: 5 kolommen in plaats van 6"),
        ("12AB;p1;BOOM-TL-35;2026;2026-11-03;22;x", "regel 3: meer kolommen dan de kopregel"),
        ("12AB;p2;BOOM-TL-35;2026;2026-11-03;23", "regel 3: spreekt regel 2 tegen"),
        ('12AB;"p1;BOOM-TL-35;2026;2026-11-03;22', "regel 4: aanhalingstekens kloppen niet"),
    ],
)
def test_a_mistake_is_told_by_line_and_column(line: str, problem: str) -> None:
    intake = read(f"{HEADER}\n{GOOD.replace('p1', 'p2')}\n{line}\n")
    assert len(intake.problems) == 1
    assert told(intake)[0].startswith(problem) or problem[8:] in told(intake)[0]


def test_all_mistakes_of_a_file_are_told_at_once() -> None:
    intake = read(f"{HEADER}\n{GOOD.replace('p1', 'p9')}\n{GOOD.replace('22', '99')}\n{GOOD}\n")
    assert [problem.line for problem in intake.problems] == [2, 3]


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("", "bestand: het bestand is leeg"),
        (f"{HEADER},x\n".replace(";", ","), "regel 1: de kolommen zijn niet gescheiden met een puntkomma"),
        (f"{HEADER};bsn\n", "regel 1, bsn: onbekende kolom"),
        (f"{HEADER};score\n", "regel 1, score: deze kolom staat er twee keer"),
        ("brin;leerling\n", "regel 1, toets: deze kolom ontbreekt"),
        (f"{HEADER}\n{GOOD}\n#einde;2\n", "regel 3: de slotregel noemt 2 regels, er staan er 1"),
        (f"{HEADER}\n#einde;0\n{GOOD}\n", "regel 3: na de slotregel staat nog iets"),
        ("12AB;p1;BOOM-TL-35;2026;2026-11-03;22\n", "regel 1: de kopregel ontbreekt; die is: brin;"),
    ],
)
def test_a_file_that_is_something_else_is_refused(text: str | bytes, problem: str) -> None:
    assert any(found.startswith(problem) for found in told(read(text)))


@pytest.mark.parametrize("part", [0.25, 0.5, 0.75, 0.99])
def test_half_a_file_is_refused(part: float) -> None:
    whole = (f"{HEADER}\n" + "".join(f"{GOOD.replace('03', f'{day:02}')}\n" for day in range(1, 23))).encode()
    cut = whole[: int(len(whole) * part)]
    assert not cut.endswith(b"\n")
    assert read(cut).problems
    assert not read(whole).problems


def test_a_line_said_twice_counts_once() -> None:
    intake = read(f"{HEADER}\n{GOOD}\n{GOOD}\n")
    assert len(intake.taken) == 1 and intake.repeated == 1 and not intake.problems
