"""What a fault of ParnasSys means for us: who must act, and what to do (uwlr.md §5.2)."""

from __future__ import annotations

from core.errors import ContentRefused, KoppeldeskError, SchoolMustAct, TryLater, WeMustAct
from core.language import _
from core.uwlr.envelope import Fault
from core.wire.faults import FaultCode

WHO_ACTS: dict[FaultCode, type[KoppeldeskError]] = {
    FaultCode.INVALID_MESSAGE: WeMustAct,
    FaultCode.INVALID_CLIENT: WeMustAct,
    FaultCode.INVALID_AUTHORISATION: SchoolMustAct,
    FaultCode.INVALID_TERM: ContentRefused,
    FaultCode.INVALID_VERSION: WeMustAct,
    FaultCode.INVALID_PUPIL: ContentRefused,
    FaultCode.INVALID_NORMS: ContentRefused,
    FaultCode.INVALID_SCORE: ContentRefused,
    FaultCode.INVALID_OSO_RESULT: ContentRefused,
    FaultCode.INTERNAL: TryLater,
    FaultCode.UNAVAILABLE: TryLater,
}
"""The error class for each code."""


def error_for(fault: Fault, *, results: bool = False) -> KoppeldeskError:
    """Return the error for a fault; `reference` is its code.

    `results`: the fault answers a message of results, where an invalid message may be one invalid result.
    The fault's own text is left out: it is the sender's, and may say anything.
    """
    code = _known(fault.code)
    if code is None:
        later = fault.code.startswith("Server")
        kind: type[KoppeldeskError] = TryLater if later else WeMustAct
        what = _("ParnasSys geeft een onbekende foutcode: {code}.").format(code=fault.code[:60] or "-")
        todo = _("Probeer het later opnieuw.") if later else _("Meld dit aan de makers van Koppeldesk.")
    else:
        kind = WHO_ACTS[code]
        what, todo = _words(code)
        if results and code is FaultCode.INVALID_MESSAGE:
            kind = ContentRefused
    return kind(what, todo=todo, reference=fault.code[:60])


def _known(text: str) -> FaultCode | None:
    try:
        return FaultCode(text)
    except ValueError:
        return None


def _words(code: FaultCode) -> tuple[str, str]:
    """Return what happened and what to do."""
    return {
        FaultCode.INVALID_MESSAGE: (
            _("ParnasSys vindt ons bericht ongeldig."),
            _("Bekijk het laatste bericht van deze school en meld dit aan de makers van Koppeldesk."),
        ),
        FaultCode.INVALID_CLIENT: (
            _("ParnasSys kent onze klantnaam en klantcode niet, of vindt de gegevens van deze school ongeldig."),
            _("Controleer klantnaam en klantcode in de instellingen; kloppen die, bel dan ParnasSys over deze school."),
        ),
        FaultCode.INVALID_AUTHORISATION: (
            _("ParnasSys weigert de autorisatiesleutel voor deze school."),
            _(
                "Vraag de school in ParnasSys bij Beheer, Koppelingen, Boom testcentrum UWLR te kijken of de koppeling "
                "is afgenomen, daar een nieuwe autorisatiesleutel in te stellen en die door te geven."
            ),
        ),
        FaultCode.INVALID_TERM: (
            _("ParnasSys kent een begrip in het bericht niet (een vakgebied, toetscode of ander woord uit een lijst)."),
            _("Controleer de toetsdefinitie."),
        ),
        FaultCode.INVALID_VERSION: (
            _("ParnasSys ondersteunt geen UWLR-versie die wij kennen."),
            _("Meld dit aan de makers van Koppeldesk."),
        ),
        FaultCode.INVALID_PUPIL: (
            _("ParnasSys kent een leerling in het bericht niet."),
            _("Haal de leerlinggegevens van deze school opnieuw op; de resultaten van die leerling blijven bewaard."),
        ),
        FaultCode.INVALID_NORMS: (
            _("ParnasSys vindt de normering van een toets ongeldig."),
            _("Controleer de normtabel in de toetsdefinitie."),
        ),
        FaultCode.INVALID_SCORE: (
            _("ParnasSys vindt een score ongeldig."),
            _("Controleer de score en de normtabel van de toets."),
        ),
        FaultCode.INVALID_OSO_RESULT: (
            _("ParnasSys vindt genormeerde waarden van een resultaat ongeldig."),
            _("Controleer in de toetsdefinitie hoe deze toets verzonden wordt."),
        ),
        FaultCode.INTERNAL: (
            _("Er ging iets mis binnen ParnasSys."),
            _("Probeer het later opnieuw; blijft het, bel dan ParnasSys."),
        ),
        FaultCode.UNAVAILABLE: (
            _("ParnasSys is tijdelijk niet bereikbaar."),
            _("Probeer het later opnieuw."),
        ),
    }[code]
