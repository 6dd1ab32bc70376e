"""What the SSH front door tells a running app: SIGUSR1 the session ends soon, SIGUSR2 nobody types, SIGTERM go."""

from __future__ import annotations

import asyncio
import os
import signal

from textual.app import App

from core.language import _
from tui.identity import VARIABLE

SHOWN = 60.0
"""Seconds that a notice stays on the screen."""
TERMINATED = 128 + signal.SIGTERM


def listen(app: App[int]) -> None:
    """Show the front door's notices in this app; does nothing outside SSH."""
    if VARIABLE not in os.environ:
        return
    loop = asyncio.get_running_loop()
    loop.add_signal_handler(signal.SIGUSR1, _show, app, signal.SIGUSR1)
    loop.add_signal_handler(signal.SIGUSR2, _show, app, signal.SIGUSR2)
    loop.add_signal_handler(signal.SIGTERM, lambda: app.exit(TERMINATED, return_code=TERMINATED))


def _show(app: App[int], number: signal.Signals) -> None:
    if number is signal.SIGUSR1:
        text = _("Deze sessie eindigt zo. Wat u besliste, is opgeslagen; rond af wat u aan het typen bent.")
    else:
        text = _("Deze sessie eindigt over een minuut als er niets gebeurt. Druk op een toets om te blijven.")
    app.notify(text, title=_("Koppeldesk"), severity="warning", timeout=SHOWN)
