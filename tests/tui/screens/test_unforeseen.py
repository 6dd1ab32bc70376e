"""Something goes wrong that nobody thought of: the app leaves with a Dutch sentence that names the kind and no values."""

from __future__ import annotations

import logging
from pathlib import Path

import pytest

from tests.core.desk.office import SERVICE, Bureau
from tests.tui.screens.terminal import at_the_app


async def test_a_mistake_in_work_beside_the_screen_is_told_and_logged_as_what_it_was(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    async def mistaken() -> None:
        raise LookupError("Fien Bakker")

    async with at_the_app(Bureau(tmp_path), SERVICE) as person:
        with caplog.at_level(logging.ERROR, logger="koppeldesk"):
            person.app.run_worker(mistaken())
            await person.pilot.pause()
    assert "LookupError" in caplog.text
    assert "test_unforeseen.py" in caplog.text
    assert "Fien" not in caplog.text
    assert person.app.return_code == 5
