"""The work list: what waits, for whom and how long; where support staff start their day."""

from __future__ import annotations

from typing import ClassVar

from core.language import N_, _
from tui.screens.base import DeskScreen


class WorklistScreen(DeskScreen):
    """What waits for whom."""

    HELP: ClassVar[str] = N_("Hier staat wat er wacht, op wie, en hoe lang al.")

    def heading(self) -> str:
        """The name of the screen."""
        return "Koppeldesk  " + _("Werkvoorraad")
