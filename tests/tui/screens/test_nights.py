"""The nights in 80 columns: the whole moment and the whole bar."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from tests.core.desk.office import NIGHT, SERVICE, Bureau
from tests.tui.screens.terminal import at_the_app
from tui.screens.nights import NightsScreen, cells
from tui.widgets.columns import fitted


async def test_a_night_fits_in_80_columns(tmp_path: Path) -> None:
    bureau = Bureau(tmp_path)
    night = await bureau.desk.nights.run(NIGHT)
    async with at_the_app(bureau, SERVICE) as person:
        assert night.started.strftime("%d-%m-%y %H:%M") in await person.press("n")
        screen = person.app.screen
        assert isinstance(screen, NightsScreen)
        busy = replace(night, confirmed=24_000, rejected=999, planned=6512)
        taken = sum(column.width for column in screen.columns()[:-1])
        *facts, bar = cells(busy, busy.confirmed + busy.rejected)
        for fact, column in zip(facts, screen.columns(), strict=False):
            assert "…" not in fitted(fact, column.width - 1)
        assert len(bar) <= 80 - len("▌ ") - taken - len(" ") - len("█"), "with a scroll bar beside it"
