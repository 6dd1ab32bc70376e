"""The eleven fault codes (uwlr.md §5.2)."""

from __future__ import annotations

from enum import StrEnum


class FaultCode(StrEnum):
    """What follows the last colon of `faultcode`; the prefix in front is whatever is bound to the SOAP namespace."""

    INVALID_MESSAGE = "Client.OngeldigBericht"
    INVALID_CLIENT = "Client.OngeldigeKlantIdentificatie"
    INVALID_AUTHORISATION = "Client.AutorisatieOngeldig"
    INVALID_TERM = "Client.VocabulaireTermOngeldig"
    INVALID_VERSION = "Client.XsdVersieOngeldig"
    INVALID_PUPIL = "Client.LeerlingOngeldig"
    INVALID_NORMS = "Client.ToetsNormeringOngeldig"
    INVALID_SCORE = "Client.ScoreOngeldig"
    INVALID_OSO_RESULT = "Client.EldResultaatOngeldig"
    INTERNAL = "Server.InterneFout"
    UNAVAILABLE = "Server.TijdelijkNietBeschikbaar"
