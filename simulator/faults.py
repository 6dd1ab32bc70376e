"""The UWLR faults as the server raises and words them (uwlr.md §5.2).

The peer gets the code and its general sentence only; the exact reason goes to the journal, as in the real system,
where the cause of a fault never travels.
"""

from __future__ import annotations

from collections.abc import Mapping

from core.wire.faults import FaultCode

SENTENCES: Mapping[FaultCode, str] = {
    FaultCode.INVALID_MESSAGE: "De inhoud van het bericht is ongeldig.",
    FaultCode.INVALID_CLIENT: "De klantidentificatie is onjuist.",
    FaultCode.INVALID_AUTHORISATION: "De autorisatie is ongeldig.",
    FaultCode.INVALID_TERM: "Een term komt niet voor in het genoemde vocabulaire.",
    FaultCode.INVALID_VERSION: "De opgegeven xsdversie wordt niet ondersteund.",
    FaultCode.INVALID_PUPIL: "Een leerling in het bericht is ongeldig of onbekend.",
    FaultCode.INVALID_NORMS: "De normering van een toets is ongeldig.",
    FaultCode.INVALID_SCORE: "Een score is ongeldig.",
    FaultCode.INVALID_OSO_RESULT: "Een OSO-resultaat is ongeldig.",
    FaultCode.INTERNAL: "Er is een interne fout opgetreden.",
    FaultCode.UNAVAILABLE: "De dienst is tijdelijk niet beschikbaar.",
}


class UwlrFault(Exception):
    """A call ends in a fault: nothing of the message is processed."""

    def __init__(self, code: FaultCode, reason: str) -> None:
        super().__init__(f"{code}: {reason}")
        self.code = code
        self.reason = reason
        """Why, for the journal; names places in the message, never a pupil."""
