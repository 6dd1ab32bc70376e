"""The picture of levels: every bar is as long as the others, and shares are as the counts."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.desk.levels import GroupLevels
from core.scores.results import TestCode
from tui.screens.levels import SHADES, bar, lines_of

FIFTHS = ("I", "II", "III", "IV", "V")


@given(st.lists(st.integers(0, 30), min_size=5, max_size=5).filter(any), st.integers(10, 80))
def test_a_bar_fills_its_room_whatever_the_counts(counts: list[int], room: int) -> None:
    drawn = bar(counts, room)
    assert len(drawn) == room
    for shade, count in zip(SHADES, counts, strict=True):
        assert abs(drawn.count(shade) - count * room / sum(counts)) < 1


@pytest.mark.parametrize("width", [78, 80, 100, 164, 200])
def test_a_picture_fits_its_width_and_each_count_stands_under_its_level(width: int) -> None:
    name = "Rekenen-wiskunde contextrijk groep 6-8"
    one = GroupLevels(
        group="4", test=TestCode("T"), counts=dict(zip(FIFTHS, (11, 0, 10, 7, 123), strict=True)), without=0
    )
    heading, _group, line = lines_of([one], {one.test: name}, width)
    assert max(heading.cell_len, line.cell_len) <= width
    for level, count in (("█I", "11"), ("▓II", "–"), ("▒III", "10"), ("░IV", "7"), ("·V", "123")):
        assert line.plain[: heading.plain.index(level) + len(level)].endswith(count)
    assert (name in line.plain) is (width > 120)


def test_where_one_test_has_letters_and_another_numbers_a_shade_is_named_by_both() -> None:
    letters = GroupLevels(group="4", test=TestCode("A"), counts=dict.fromkeys("ABCDE", 1), without=0)
    fifths = GroupLevels(group="4", test=TestCode("B"), counts=dict.fromkeys(FIFTHS, 1), without=0)
    heading, _group, line, _line = lines_of([fifths, letters], {}, 80)
    for label in ("█I/A", "▒III/C", "·V/E"):
        assert line.plain[: heading.plain.index(label) + len(label)].endswith(" 1")
