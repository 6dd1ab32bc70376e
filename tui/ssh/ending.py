"""Why a session ends before its guest leaves, and what the guest reads then."""

from __future__ import annotations

from enum import Enum

from core.language import _


class Ending(Enum):
    """Why the server ends a session; the value is what the log says."""

    HUNG_UP = "line lost"
    IDLE = "idle"
    TOO_LONG = "too long"
    STOPPING = "server stops"
    WITHDRAWN = "access changed"


def farewell(ending: Ending) -> str:
    """Return what the guest reads."""
    match ending:
        case Ending.HUNG_UP:
            return ""
        case Ending.IDLE:
            why = _("Er is lang geen toets ingedrukt; Koppeldesk heeft de sessie beëindigd.")
        case Ending.TOO_LONG:
            why = _("De sessie duurde langer dan hier mag en is beëindigd.")
        case Ending.STOPPING:
            why = _("De server van Koppeldesk stopt voor onderhoud.")
        case Ending.WITHDRAWN:
            why = _("Uw toegang is gewijzigd; de sessie is beëindigd.")
    return " ".join([why, _("Wat u besliste, is opgeslagen; log opnieuw in om verder te gaan.")])


LEAVE_SCREEN = (
    b"\x1b[?1000l\x1b[?1002l\x1b[?1003l\x1b[?1006l\x1b[?1015l\x1b[?2004l\x1b[?1004l\x1b[<u\x1b[?1049l\x1b[?25h\x1b[0m\r"
)
"""Mouse, paste, focus and key modes off, normal screen, cursor on: what a killed program did not say itself."""
