"""A running app shows what the front door tells it, and goes when asked to."""

from __future__ import annotations

import os
import signal

import pytest
from textual.app import App

from tui.identity import VARIABLE
from tui.notices import TERMINATED, listen


class Listener(App[int]):
    def on_mount(self) -> None:
        listen(self)


@pytest.fixture(autouse=True)
def over_ssh(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(VARIABLE, "{}")


@pytest.mark.parametrize(
    ("number", "words"), [(signal.SIGUSR1, "sessie eindigt zo"), (signal.SIGUSR2, "Druk op een toets")]
)
async def test_a_notice_of_the_front_door_stands_on_the_screen(number: signal.Signals, words: str) -> None:
    app = Listener()
    async with app.run_test() as pilot:
        os.kill(os.getpid(), number)
        await pilot.pause(0.05)
        assert [words in notice.message for notice in app._notifications] == [True]


async def test_an_app_that_is_asked_to_go_goes_in_good_order() -> None:
    app = Listener()
    async with app.run_test() as pilot:
        os.kill(os.getpid(), signal.SIGTERM)
        await pilot.pause(0.05)
    assert app.return_code == TERMINATED
