"""Pictures of nights: something always shows, nothing never does, and no bar is longer than its room."""

from __future__ import annotations

from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from core.night import Night
from tui.widgets.charts import EIGHTHS, LONGEST, lying, spark

NIGHT = datetime(2026, 11, 24, 2, tzinfo=UTC)
COUNTS = st.integers(0, 20_000)


@given(st.lists(COUNTS, min_size=1, max_size=60))
def test_each_night_has_one_cell_the_newest_at_the_right_and_only_nothing_lies_on_the_ground(counts: list[int]) -> None:
    drawn = spark([Night(id=str(place), started=NIGHT, planned=1, confirmed=n) for place, n in enumerate(counts)])
    assert [cell == EIGHTHS[0] for cell in drawn] == [n == 0 for n in reversed(counts)]


@given(COUNTS, COUNTS, COUNTS)
def test_a_bar_shows_what_was_rejected_however_little_and_stays_in_its_room(
    confirmed: int, rejected: int, other: int
) -> None:
    drawn = lying(confirmed, rejected, max(confirmed + rejected, other))
    assert ("█" in drawn, "░" in drawn) == (bool(confirmed), bool(rejected))
    assert len(drawn) <= LONGEST + 1
