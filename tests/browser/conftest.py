"""A real Chromium, headless, and a ParnasSys of this test alone; skipped, with the reason, where there is none."""

from __future__ import annotations

import shutil
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from tests.simulator.callers import Caller
from tests.simulator.worlds import caller, simulator_server

__all__ = ["browser", "caller", "page", "simulator_server"]

CHROMIUM = shutil.which("chromium")
SWITCHES = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark everything here, and skip it where the system has no Chromium."""
    for item in items:
        if "tests/browser" in item.path.as_posix():
            item.add_marker(pytest.mark.browser)
            if CHROMIUM is None:
                item.add_marker(pytest.mark.skip(reason="this system has no Chromium"))


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """One browser for the tests of one file.

    Not for longer: Playwright keeps an event loop running in this thread, and asynchronous tests of other files could
    not run theirs.
    """
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=CHROMIUM, args=SWITCHES)
        yield running
        running.close()


@pytest.fixture
def page(browser: Browser, caller: Caller) -> Iterator[Page]:
    """A page on the simulator's first screen; a script error or a failed request fails the test."""
    context = browser.new_context(
        locale="nl-NL", base_url=caller.url, permissions=["clipboard-read", "clipboard-write"]
    )
    page = context.new_page()
    troubles: list[str] = []
    page.on("pageerror", lambda error: troubles.append(str(error)))
    page.on("console", lambda said: troubles.append(said.text) if said.type == "error" else None)
    page.goto(f"{caller.url}/")
    yield page
    context.close()
    assert troubles == []
