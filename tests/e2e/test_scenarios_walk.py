"""Every scenario as two people play it, with what each is about done by hand; only the activation before it is shown.

With WALK_SCENARIOS=FILE.md that file is written, with pictures in a folder of that name (`make walk`). It takes minutes,
so `make test` plays the scenarios headless and leaves this out.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

from simulator.world.scenario import names
from tests.e2e.book import chapter, write_book
from tests.e2e.plays import PLAYS
from tests.e2e.rehearsal import Rehearsal
from tests.e2e.terminal import Terminal

CHROMIUM = shutil.which("chromium")
pytestmark = [
    pytest.mark.soak,
    pytest.mark.browser,
    pytest.mark.skipif(CHROMIUM is None, reason="this system has no Chromium"),
    pytest.mark.skipif(shutil.which("tmux") is None, reason="this system has no tmux"),
]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """One browser for all scenarios."""
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
        yield running
        running.close()


@pytest.fixture(scope="module")
def book() -> Iterator[Path | None]:
    """Where the pages go; None = nowhere."""
    named = os.environ.get("WALK_SCENARIOS", "")
    path = Path(named) if named else None
    if path is not None:
        shutil.rmtree(path.with_suffix(""), ignore_errors=True)
    yield path
    if path is not None:
        write_book(path)


def test_every_scenario_has_a_play() -> None:
    assert set(PLAYS) == set(names())


@pytest.mark.parametrize("name", PLAYS)
def test_a_scenario_can_be_played_by_hand(name: str, tmp_path: Path, browser: Browser, book: Path | None) -> None:
    terminal = Terminal(tmp_path / "tmux")
    context = browser.new_context(viewport={"width": 1000, "height": 560}, device_scale_factor=0.8, locale="nl-NL")
    play = Rehearsal(terminal, context.new_page(), name, book.with_suffix("") if book else None)
    try:
        play.begin(tmp_path / "data")
        PLAYS[name](play)
        if book is not None:
            chapter(book, play.scenario, play.shots)
        play.work_list()
        terminal.press("C-q")
        terminal.wait_until_gone()
    finally:
        terminal.stop()
        context.close()
