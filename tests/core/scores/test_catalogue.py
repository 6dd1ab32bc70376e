"""Definitions: the ones that come with the program are right, and a mistake is pointed at."""

from __future__ import annotations

from itertools import pairwise

import pytest

from core.errors import UnreadableInput
from core.scores.catalogue import Catalogue, read_test
from core.scores.definition import Test
from core.scores.norming import dl_at, norm, year_group_then
from tests.core.scores.builders import FIXTURES, TODAY, the_catalogue

SPELLING = (FIXTURES / "tests" / "spelling-3-5.toml").read_text(encoding="utf-8")
FIFTHS = ["V", "IV", "III", "II", "I"]
LETTERS = ["E", "D", "C", "B", "A"]
NORMED = [test for test in the_catalogue() if test.norms]


def test_the_subjects_of_the_publisher_are_there() -> None:
    assert len(the_catalogue()) == 12
    for year in "345678":
        assert sum(year in test.year_groups for test in the_catalogue()) >= 3


@pytest.mark.parametrize("test", NORMED, ids=lambda test: test.code)
def test_invented_norms_say_so_and_rise_smoothly_with_the_raw_score(test: Test) -> None:
    table = test.norms
    assert table is not None
    assert table.invented
    for dl in range(table.periods[0].first_dl, table.periods[-1].last_dl + 1):
        outcomes = [norm(table, raw, dl) for raw in range(test.items + 1)]
        for low, high in pairwise(outcomes):
            assert low.ability is not None and high.ability is not None
            assert low.ability < high.ability
            assert low.percentile is not None and high.percentile is not None
            assert 0 <= low.percentile <= high.percentile <= low.percentile + 20
            assert low.dle is not None and high.dle is not None
            assert low.dle <= high.dle
            assert FIFTHS.index(low.fifth) <= FIFTHS.index(high.fifth)
            assert LETTERS.index(low.letter) <= LETTERS.index(high.letter)
        assert outcomes[0].fifth == "V" and outcomes[-1].fifth == "I"
        assert outcomes[0].letter == "E" and outcomes[-1].letter == "A"


@pytest.mark.parametrize("test", NORMED, ids=lambda test: test.code)
def test_the_same_score_means_less_later_in_the_year(test: Test) -> None:
    table = test.norms
    assert table is not None
    early, late = table.periods[0].first_dl, table.periods[-1].last_dl
    raw = test.items // 2
    before, after = norm(table, raw, early).percentile, norm(table, raw, late).percentile
    assert before is not None and after is not None
    assert before > after


def test_without_a_dl_what_depends_on_it_stays_missing() -> None:
    table = NORMED[0].norms
    assert table is not None
    outcome = norm(table, 10, None)
    assert (outcome.percentile, outcome.fifth, outcome.letter, outcome.dl) == (None, "", "", None)
    assert outcome.ability is not None and outcome.dle is not None and outcome.table == "2026-1"
    assert outcome.lead is None
    known = norm(table, 10, 15)
    assert known.dle is not None and known.lead == known.dle - 15


def test_dl_counts_ten_months_a_school_year() -> None:
    assert dl_at("3", TODAY.replace(month=9)) == 1
    assert dl_at("3", TODAY.replace(year=2027, month=6)) == 10
    assert dl_at("3", TODAY.replace(year=2027, month=7)) == 10
    assert dl_at("4", TODAY.replace(month=8)) == 10
    assert dl_at("8", TODAY.replace(year=2027, month=6)) == 60
    assert dl_at("2", TODAY) is None
    assert year_group_then("5", TODAY, TODAY.replace(year=2025)) == "4"


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ('code = "BOOM-SP-35"', "code = 3", "code: hier hoort een tekst"),
        ('name = "Spelling groep 3-5"', "", "name: hier hoort een tekst"),
        ("first = 10\n", "first = 11\n", "bands[1].first: moet 10 zijn"),
        ("agreed = true", 'agreed = "ja"', "agreed: hier hoort true of false"),
        ("agreed = true", "agreed = true\nkleur = 1", "kleur: onbekend veld"),
        ('representation = "score"', 'representation = "anderresultaat"', "representation: moet score of osoresultaat"),
        ('code = "REGEL"', 'code = "KLANK"', "parts: twee onderdelen hebben dezelfde code"),
        ("invented = true", "", "norms.invented: hier hoort true of false"),
        ("first_dl = 2\n", "first_dl = 3\n", "norms.periods[1].first_dl: moet aansluiten op 1"),
        ("code =", "code", "geen leesbaar TOML-bestand"),
    ],
)
def test_a_mistake_is_pointed_at(old: str, new: str, told: str) -> None:
    assert old in SPELLING
    with pytest.raises(UnreadableInput) as caught:
        read_test("spelling-3-5.toml", SPELLING.replace(old, new, 1))
    assert "spelling-3-5.toml" in caught.value.what
    assert told in caught.value.what


def test_a_table_that_falls_is_refused_with_its_place() -> None:
    table = read_test("x.toml", SPELLING).norms
    assert table is not None
    broken = SPELLING.replace(f"{table.abilities[3]}, ", "1.5, ", 1)
    with pytest.raises(UnreadableInput, match=r"norms\.abilities\[3\]: 1\.5 is niet hoger"):
        read_test("x.toml", broken)


def test_a_code_and_version_are_never_used_twice() -> None:
    test = read_test("x.toml", SPELLING)
    with pytest.raises(UnreadableInput, match="twee keer"):
        Catalogue([test, test])
