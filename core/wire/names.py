"""Namespaces, versions and operations, exactly as the standard writes them (uwlr.md §2)."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

SOAP = "http://schemas.xmlsoap.org/soap/envelope/"
AUTORISATIE = "http://www.edustandaard.nl/leerresultaten/2/autorisatie"
LEERLINGGEGEVENS = "http://www.edustandaard.nl/leerresultaten/2/leerlinggegevens"
LEERRESULTATEN = "http://www.edustandaard.nl/leerresultaten/2/leerresultaten"
OSO = "http://www.edustandaard.nl/oso_gegevensset/1.2/dossier"

CONTENT_TYPE = "text/xml; charset=utf-8"


class Version(StrEnum):
    """The versions with a schema here. Namespaces are the same in both."""

    V2_2 = "2.2"
    V2_3 = "2.3"


class Service(StrEnum):
    """The two services the LAS hosts; the value is the last part of the address and the name of the schema."""

    PUPILS = "leerlinggegevens"
    RESULTS = "leerresultaten"

    @property
    def namespace(self) -> str:
        """The namespace of every element this service sends and receives."""
        return LEERLINGGEGEVENS if self is Service.PUPILS else LEERRESULTATEN

    @property
    def path(self) -> str:
        """Where the service lives under the base address."""
        return f"/services/v2/{self.value}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Operation:
    """One of the five operations."""

    name: str
    service: Service
    soap_action: str
    """Sent quoted; a receiver strips one pair of quotes and takes an empty action."""
    request: str
    """Local name of the request's root element, in the namespace of the service."""
    response: str
    """Local name of the answer's root element."""
    data: str
    """Local name of the element with the data in the answer; empty when an answer never holds data."""


def _staged(name: str) -> Operation:
    word = name.lower()
    return Operation(
        name=f"Haal{name}",
        service=Service.PUPILS,
        soap_action=f"{LEERLINGGEGEVENS}/{word}_verzoek",
        request=f"{word}_verzoek",
        response=f"{word}_antwoord",
        data=f"leerlinggegevens-{word}",
    )


HAAL_LEERLINGGEGEVENS = Operation(
    name="HaalLeerlinggegevens",
    service=Service.PUPILS,
    soap_action="HaalLeerlinggegevens",
    request="leerlinggegevens_verzoek",
    response="leerlinggegevens_antwoord",
    data="leerlinggegevens",
)
HAAL_STRUCTUUR = _staged("Structuur")
HAAL_LEERLINGEN = _staged("Leerlingen")
HAAL_LEERKRACHTEN = _staged("Leerkrachten")
BRENG_LEERRESULTATEN = Operation(
    name="BrengLeerresultaten",
    service=Service.RESULTS,
    soap_action="BrengLeerresultaten",
    request="leerresultaten_verzoek",
    response="leerresultaten_bevestiging",
    data="",
)

OPERATIONS: dict[str, Operation] = {
    operation.name: operation
    for operation in (
        HAAL_LEERLINGGEGEVENS,
        HAAL_STRUCTUUR,
        HAAL_LEERLINGEN,
        HAAL_LEERKRACHTEN,
        BRENG_LEERRESULTATEN,
    )
}
"""All five, by name."""

REQUESTS: dict[str, Operation] = {
    f"{{{operation.service.namespace}}}{operation.request}": operation for operation in OPERATIONS.values()
}
"""All five, by the qualified name of the request's root: what a server dispatches on."""

NO_CHANGES = "geenwijzigingen"
NO_DATA = "geengegevens"
