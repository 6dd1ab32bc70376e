"""The line of keys at the bottom."""

from __future__ import annotations

import pytest
from textual.app import App, ComposeResult
from textual.binding import Binding

from tui.widgets.chrome import KeyLine

HELP, BACK = Binding("question_mark", "help", "hulp"), Binding("escape", "back", "terug")
LONG, SHORT = Binding("y", "resend", "vorig schooljaar"), Binding("slash", "search", "zoek")


class Bottom(App[None]):
    def compose(self) -> ComposeResult:
        yield KeyLine(Binding("f", "filter", "filter"), LONG, SHORT, HELP, BACK)


@pytest.mark.parametrize(
    ("width", "shown"),
    [
        (80, "  f filter  y vorig schooljaar  / zoek  ? hulp  esc terug"),
        (50, "  f filter  y vorig schooljaar  / zoek  ?  esc"),
        (36, "  f filter  / zoek  ?  esc"),
        (12, "  ?  esc"),
    ],
)
async def test_what_does_not_fit_goes_and_what_comes_after_it_may_stay(width: int, shown: str) -> None:
    async with Bottom().run_test(size=(width, 3)) as pilot:
        assert str(pilot.app.query_one(KeyLine).render()) == shown
