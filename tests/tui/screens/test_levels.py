"""The picture of levels: every bar is as long as the others, and shares are as the counts."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from core.desk.levels import GroupLevels
from core.scores.results import TestCode
from tui.screens.levels import SHADES, bar, picture


@given(st.lists(st.integers(0, 30), min_size=5, max_size=5).filter(any), st.integers(10, 80))
def test_a_bar_fills_its_room_whatever_the_counts(counts: list[int], room: int) -> None:
    drawn = bar(counts, room)
    assert len(drawn) == room
    for shade, count in zip(SHADES, counts, strict=True):
        assert abs(drawn.count(shade) - count * room / sum(counts)) < 1


def test_a_line_fits_eighty_columns_and_names_the_counts() -> None:
    levels = GroupLevels(
        group="4", test=TestCode("T"), counts={"I": 11, "II": 10, "III": 10, "IV": 10, "V": 10}, without=0
    )
    line = picture(levels, "Rekenen-wiskunde contextrijk groep 6-8", 80)
    assert line.cell_len <= 80
    assert "III 10" in line.plain
