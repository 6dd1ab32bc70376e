"""How the app starts: on the review that was asked for, and with nothing loaded that no screen needs."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from tests.core.desk.office import ADMINISTRATOR, SCHOOL
from tests.tui.screens.review_school import a_school, in_review
from tests.tui.screens.terminal import at_the_app

HEAVY = ("numpy", "httpx", "lxml", "aiosmtplib", "jinja2", "asyncssh", "cryptography", "simulator", "email.policy")


def test_the_screens_load_nothing_that_only_a_night_or_a_pull_needs() -> None:
    program = (
        "import sys, tui.cli, tui.app, tui.compose, tui.screens.worklist, tui.screens.school, tui.screens.review\n"
        f"print([name for name in {HEAVY!r} if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True, timeout=60)
    assert done.stdout.strip() == "[]"


async def test_a_review_asked_for_is_the_only_screen_and_the_way_back_leads_past_its_school(tmp_path: Path) -> None:
    async with in_review(a_school(tmp_path)) as person:
        assert [type(screen).__name__ for screen in person.app.screen_stack[1:]] == ["ReviewScreen"]
        await person.press("escape")
        await person.until("SchoolScreen")
        await person.press("escape")
        await person.until("WorklistScreen")
        await person.press("escape")
        assert person.place == "WorklistScreen"


async def test_without_a_review_the_data_are_fetched_first(tmp_path: Path) -> None:
    async with at_the_app(a_school(tmp_path), ADMINISTRATOR, review=SCHOOL) as person:
        await person.until("ReviewScreen")
        assert [type(screen).__name__ for screen in person.app.screen_stack[1:]] == [
            "WorklistScreen",
            "SchoolScreen",
            "ReviewScreen",
        ]
