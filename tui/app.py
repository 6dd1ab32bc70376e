"""The app: modes and global bindings, no work of its own."""

from __future__ import annotations

from textual.app import App

from tui.session import Session


class KoppeldeskApp(App[int]):
    """Koppeldesk in a terminal."""

    TITLE = "Koppeldesk"

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.session = session


def open_app(session: Session) -> int:
    """Run the app until the person leaves; return the exit code."""
    return KoppeldeskApp(session).run() or 0
