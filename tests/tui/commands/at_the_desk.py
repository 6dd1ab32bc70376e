"""Runs one command of `koppeldesk` on the desk of a test, as the frame of the command line does."""

from __future__ import annotations

import json
from typing import Any

import pytest
from cyclopts import App

from core.desk import Desk
from core.desk.actor import Actor
from tests.core.desk.office import ADMINISTRATOR, Bureau
from tui.session import Session


class Typist:
    """Types commands and reads what they write."""

    def __init__(self, desk: Desk, screen: pytest.CaptureFixture[str], actor: Actor = ADMINISTRATOR) -> None:
        self.desk = desk
        self.screen = screen
        self.actor = actor

    def run(self, app: App, *words: str) -> tuple[int, str]:
        """Return exit code and standard output; errors of core come through as they are."""
        session = Session(settings=self.desk.office.settings, actor=self.actor)
        vars(session)["desk"] = self.desk
        command, bound, wanted = app.parse_args(list(words), exit_on_error=False, print_error=False)
        self.screen.readouterr()
        code = command(*bound.args, **bound.kwargs, **dict.fromkeys(wanted, session))
        return code, self.screen.readouterr().out

    def json(self, app: App, *words: str) -> Any:
        """Return the one JSON document that the command wrote."""
        return json.loads(self.run(app, *words, "--json")[1])


class Terminal(Typist):
    """A typist at a bureau of a test."""

    def __init__(self, bureau: Bureau, screen: pytest.CaptureFixture[str]) -> None:
        super().__init__(bureau.desk, screen)
        self.bureau = bureau
