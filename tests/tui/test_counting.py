"""One of something is not called by its plural."""

from __future__ import annotations

import pytest

from tui.counting import in_test_centre


@pytest.mark.parametrize(
    ("counts", "told"),
    [
        ((1, 1, 1, 0), "1 groep · 1 leerkracht · 1 leerling"),
        ((8, 20, 224, 10), "8 groepen · 20 leerkrachten · 224 leerlingen (10 inactief)"),
        ((0, 0, 0, 1), "0 groepen · 0 leerkrachten · 0 leerlingen (1 inactief)"),
    ],
)
def test_what_the_test_centre_has_is_counted_as_people_say_it(counts: tuple[int, int, int, int], told: str) -> None:
    groups, teachers, pupils, inactive = counts
    assert in_test_centre(groups=groups, teachers=teachers, pupils=pupils, inactive=inactive) == told
