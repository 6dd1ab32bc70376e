"""Runs one command of `koppeldesk` on the desk of a test, as the frame of the command line does."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

import pytest
from cyclopts import App

from core.desk.actor import Actor
from tests.core.desk.office import ADMINISTRATOR, Bureau
from tui.session import Session


@dataclass
class Terminal:
    """Where commands are typed, and what they wrote."""

    bureau: Bureau
    screen: pytest.CaptureFixture[str]
    actor: Actor = ADMINISTRATOR

    def run(self, app: App, *words: str) -> tuple[int, str]:
        """Return exit code and standard output; errors of core come through as they are."""
        session = Session(settings=self.bureau.office.settings, actor=self.actor)
        vars(session)["desk"] = self.bureau.desk
        command, bound, wanted = app.parse_args(list(words), exit_on_error=False, print_error=False)
        self.screen.readouterr()
        code = command(*bound.args, **bound.kwargs, **dict.fromkeys(wanted, session))
        return code, self.screen.readouterr().out

    def json(self, app: App, *words: str) -> Any:
        """Return the one JSON document that the command wrote."""
        return json.loads(self.run(app, *words, "--json")[1])
