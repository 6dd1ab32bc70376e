"""The manual's instructions for each step of the activation, in its own words (handleiding.txt)."""

from __future__ import annotations

from core.language import _
from core.linking.link import Link, LinkState


def to_open() -> tuple[str, ...]:
    """What customer service does in ParnasSys: UWLR has no call for it (workflow.md §2.2)."""
    return (
        _("Log in bij ParnasSys als leverancier en zoek de school op BRIN."),
        _("Zet de koppeling Boom testcentrum UWLR voor deze school open."),
        _("Leg hier vast dat het gedaan is: de school krijgt dan een bevestiging per mail."),
    )


def to_subscribe() -> tuple[str, ...]:
    """What the school does in ParnasSys (workflow.md §2.3)."""
    return (
        _("Log in met uw beheerdersaccount op ParnasSys."),
        _("Klik bovenin de roze balk op Beheer, en daarna op Koppelingen."),
        _("Zoek Boom testcentrum UWLR en klik op deze optie."),
        _("Klik linksonder op afnemen en bevestig de pop-up."),
        _("Klik linksonder op nieuwe autorisatiesleutel instellen. Een oude sleutel geldt dan meteen niet meer."),
        _("Kopieer de unieke autorisatiesleutel die verschijnt."),
        _("Dien daarna in het testcentrum de aanvraag in met die sleutel."),
    )


def to_apply(externals: int) -> tuple[str, ...]:
    """What the school does in the test centre (workflow.md §2.4)."""
    clear = (
        (_("Wis eerst de oude externe nummers; daarmee worden geen toetsgegevens verwijderd."),) if externals else ()
    )
    return (
        *clear,
        _("Kies Beheer, koppelen met LAS, en als type ParnasSys UWLR."),
        _("Controleer of de BRIN en het huidige schooljaar kloppen."),
        _("Plak de autorisatiesleutel uit ParnasSys. SchoolKey blijft leeg."),
        _("Vraag de koppeling aan."),
    )


def to_approve() -> tuple[str, ...]:
    """What customer service does with an application (workflow.md §2.5)."""
    return (
        _("Bekijk de controles, met de proefverbinding naar ParnasSys."),
        _("Keur de aanvraag goed, of wijs haar af met een reden die de school in haar mail leest."),
    )


def to_import() -> tuple[str, ...]:
    """What the school does once it is approved (workflow.md §3)."""
    return (
        _("Kies Beheer, koppelen met LAS, gegevens importeren."),
        _("Controleer de groepen, leerkrachten en leerlingen, en klik op Gegevens importeren."),
    )


def after_stop(link: Link) -> tuple[str, ...]:
    """What follows when the course went off: refused, rejected, disturbed or ended."""
    match link.state:
        case LinkState.REJECTED:
            return (_("Verbeter wat er in de reden staat en dien de aanvraag opnieuw in."),)
        case LinkState.DISTURBED:
            return (_("Na de eerstvolgende geslaagde verbinding is de koppeling vanzelf weer actief."),)
        case LinkState.REFUSED | LinkState.ENDED:
            return (_("De school kan de koppeling opnieuw aanvragen."),)
        case _:
            return ()
