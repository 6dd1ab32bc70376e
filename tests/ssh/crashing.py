"""Our app with a mistake in it: a key makes it fail while it holds a child's name. `python -m tests.ssh.crashing`."""

from __future__ import annotations

import os
import sys

from textual import events

from core import settings
from tui.app import KoppeldeskApp
from tui.identity import actor_from
from tui.session import Session

CHILD = "Fien Bakkersdochter"


class Crashing(KoppeldeskApp):
    """Fails on a key."""

    def on_key(self, event: events.Key) -> None:
        child = CHILD
        if event.key == "f9":
            raise ValueError(f"cannot read {child}")


if __name__ == "__main__":
    app = Crashing(Session(settings=settings.load(), actor=actor_from(os.environ)))
    app.run()
    sys.exit(app.return_code or 0)
