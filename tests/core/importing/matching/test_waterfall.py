"""The waterfall of weights: as data it ends at the total, as text it fits eighty columns."""

from __future__ import annotations

from datetime import date
from itertools import pairwise

import pytest

from core.importing.matching import Match, match_pupils
from core.importing.matching.waterfall import as_text, bar, comma, percent, signed, waterfall
from tests.core.importing.matching.people import a_class, a_pupil


def a_doubtful_match() -> Match:
    here = a_pupil("las:1", "Mohammed El Idrissi", date(2016, 4, 7))
    there = a_pupil("p1", "Mohamed Idrissi", date(2016, 7, 4))
    *_others, match = match_pupils([*a_class(30, side="las:"), here], [*a_class(30), there])
    return match


def test_the_steps_start_at_nothing_and_end_at_the_total() -> None:
    match = a_doubtful_match()
    assert match.best
    steps = waterfall(match.best, silent=True)
    assert steps[0].before == 0.0
    assert steps[-1].after == pytest.approx(match.best.weight)
    assert all(one.after == pytest.approx(other.before) for one, other in pairwise(steps))


def test_the_text_fits_eighty_columns_and_says_why_how_sure_and_who_is_next() -> None:
    text = as_text(a_doubtful_match())
    assert max(map(len, text.split("\n"))) <= 80
    assert text.startswith("Waarom: ")
    assert "dag en maand omgedraaid" in text
    assert "samen " in text
    assert "kans " in text


def test_a_runner_up_is_named_when_it_matters() -> None:
    there = [a_pupil("p1", "Noor Wit", None), a_pupil("p2", "Noor Wit", None)]
    *_others, match = match_pupils(
        [*a_class(30, side="las:"), a_pupil("las:1", "Noor Wit", None)], [*a_class(30), *there]
    )
    assert "volgende: de ander" in as_text(match, runner_up="de ander")
    assert "volgende" not in as_text(a_doubtful_match())


def test_the_text_fits_narrower_too() -> None:
    assert max(map(len, as_text(a_doubtful_match(), width=60).split("\n"))) <= 60


def test_numbers_are_written_the_dutch_way() -> None:
    assert (comma(12.74), comma(-0.04), signed(6.1), signed(-3.3)) == ("12,7", "0,0", "+6,1", "-3,3")
    assert (percent(0.97), percent(0.9999), percent(0.001), percent(0.0)) == ("97 %", "> 99 %", "< 1 %", "0 %")


def test_bars_are_as_long_as_their_weight() -> None:
    assert bar(10, 10, columns=8) == "████████"
    assert bar(5, 10, columns=8) == "████"
    assert bar(-10, 10, columns=8) == "░░░░░░░░"
    assert bar(0.3, 10, columns=8) == "▎"
