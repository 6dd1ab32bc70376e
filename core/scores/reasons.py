"""Why a result is where it is, in words and with what to do about it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from core.language import N_, _


class Reason(StrEnum):
    """Kept in the ledger; explained in the language of whoever looks."""

    NONE = ""
    # it came in
    READ = N_("ingelezen")
    ADDED = N_("toegevoegd")
    NEW_VALUE = N_("nieuwe waarde")
    # held back
    NOT_LINKED = N_("leerling niet gekoppeld")
    INACTIVE = N_("leerling gedeactiveerd")
    NO_PUPIL = N_("leerling onbekend")
    NO_LAS_KEY = N_("leerling zonder sleutel van ParnasSys")
    SHARED_KEY = N_("sleutel van twee leerlingen")
    OTHER_CHILD = N_("verzonden bij een andere leerling")
    NO_SCORE = N_("zonder score")
    NOT_AGREED = N_("toets niet afgesproken")
    NO_DEFINITION = N_("toets zonder definitie")
    BEFORE_LINK = N_("voor de koppeling")
    OTHER_YEAR = N_("ander schooljaar")
    RELEASED = N_("vrijgegeven")
    # it was sent
    SENT = N_("verzonden")
    ANSWER = N_("bevestiging ontvangen")
    ANSWER_LOST = N_("antwoord verloren")
    RUN_ENDED = N_("run afgebroken")
    NOT_ACCEPTED_NOW = N_("niet aangenomen")
    SCHOOL_REFUSED = N_("koppeling geweigerd")
    # ParnasSys refused it
    PUPIL_INVALID = N_("leerling afgekeurd")
    TEST_INVALID = N_("normering afgekeurd")
    SCORE_INVALID = N_("score afgekeurd")
    TERM_INVALID = N_("term afgekeurd")
    MESSAGE_INVALID = N_("bericht afgekeurd")
    OTHER_KEY = N_("eerder onder een andere sleutel verzonden")
    # a person did it, or time
    TRY_AGAIN = N_("opnieuw aangeboden")
    REMOVED = N_("verwijderd in ParnasSys")
    RESEND = N_("verzending vorig schooljaar")
    WITHDRAWN = N_("ingetrokken")
    TOO_OLD = N_("te oud")


@dataclass(frozen=True, slots=True, kw_only=True)
class Explanation:
    """A reason in two sentences."""

    what: str
    todo: str = ""
    """What to do, and who; empty = nothing."""


def explain(reason: Reason) -> Explanation:
    """Return what `reason` means and what to do about it, in the language in use."""
    return _explanations()[reason]


def _explanations() -> dict[Reason, Explanation]:
    again = _("De volgende nachtelijke run verzendt het vanzelf.")
    return {
        Reason.NONE: Explanation(what=""),
        Reason.READ: Explanation(what=_("Ingelezen uit een bestand."), todo=again),
        Reason.ADDED: Explanation(what=_("Met de hand toegevoegd."), todo=again),
        Reason.NEW_VALUE: Explanation(what=_("De waarde is gewijzigd; ParnasSys krijgt de nieuwe."), todo=again),
        Reason.NOT_LINKED: Explanation(
            what=_("De leerling is niet gekoppeld met ParnasSys."),
            todo=_("Koppel de leerling bij gegevens importeren; daarna gaat het resultaat vanzelf mee."),
        ),
        Reason.INACTIVE: Explanation(
            what=_("De leerling is gedeactiveerd."),
            todo=_("Activeer de leerling in Leerlingen beheren als het resultaat toch verzonden moet worden."),
        ),
        Reason.NO_PUPIL: Explanation(
            what=_("De leerling staat niet meer in het testcentrum."),
            todo=_("Controleer het leerlingnummer in het ingelezen bestand."),
        ),
        Reason.NO_LAS_KEY: Explanation(
            what=_("ParnasSys gaf voor deze leerling geen sleutel, alleen een ECK iD."),
            todo=_("Haal de gegevens opnieuw op; blijft het zo, neem dan contact op met ParnasSys."),
        ),
        Reason.SHARED_KEY: Explanation(
            what=_("Twee actieve leerlingen zijn gekoppeld aan dezelfde leerling in ParnasSys."),
            todo=_("Haal de gegevens opnieuw op en koppel beide leerlingen; daarna gaat het resultaat vanzelf mee."),
        ),
        Reason.OTHER_CHILD: Explanation(
            what=_("Verzonden toen de leerling anders gekoppeld was: het kan in ParnasSys bij een ander kind staan."),
            todo=_(
                "Laat de school het in ParnasSys verwijderen (de leerling, tabblad Toetsen) en meld het dan hier als "
                "verwijderd; daarna gaat het naar de juiste leerling."
            ),
        ),
        Reason.NO_SCORE: Explanation(
            what=_(
                "Deze toets wordt als hele score verzonden, en die ontbreekt; een ontbrekende score wordt nooit ingevuld."
            ),
            todo=_("Lees het resultaat opnieuw in, met de score."),
        ),
        Reason.NOT_AGREED: Explanation(
            what=_("Over deze toets is met ParnasSys nog niets afgesproken."),
            todo=_("De klantenservice meldt de toets aan bij ParnasSys; daarna gaat het resultaat vanzelf mee."),
        ),
        Reason.NO_DEFINITION: Explanation(
            what=_("Van deze toets en versie is geen definitie."),
            todo=_("Zet het definitiebestand van de toets klaar; daarna gaat het resultaat vanzelf mee."),
        ),
        Reason.BEFORE_LINK: Explanation(
            what=_("Afgenomen voordat de koppeling bestond; de koppeling werkt niet met terugwerkende kracht."),
        ),
        Reason.OTHER_YEAR: Explanation(
            what=_("Afgenomen in een ander schooljaar."),
            todo=_("Op verzoek van de school verzendt de klantenservice het vorige schooljaar alsnog."),
        ),
        Reason.RELEASED: Explanation(what=_("De reden om het in te houden is weg."), todo=again),
        Reason.SENT: Explanation(what=_("Het bericht is onderweg naar ParnasSys.")),
        Reason.ANSWER: Explanation(what=_("ParnasSys heeft het resultaat bevestigd.")),
        Reason.ANSWER_LOST: Explanation(
            what=_("Verzonden, maar het antwoord kwam niet aan; het kan al in ParnasSys staan."),
            todo=_("Het gaat onder hetzelfde kenmerk opnieuw, dus het komt nooit dubbel aan."),
        ),
        Reason.RUN_ENDED: Explanation(
            what=_("De nachtelijke run stopte voordat het antwoord er was; het kan al in ParnasSys staan."),
            todo=_("Het gaat onder hetzelfde kenmerk opnieuw, dus het komt nooit dubbel aan."),
        ),
        Reason.NOT_ACCEPTED_NOW: Explanation(
            what=_("ParnasSys nam het bericht niet aan; dit resultaat is niet beoordeeld."), todo=again
        ),
        Reason.SCHOOL_REFUSED: Explanation(
            what=_("ParnasSys weigerde de sleutel of de school."),
            todo=_("De school stelt in ParnasSys een nieuwe autorisatiesleutel in en vult die hier in."),
        ),
        Reason.PUPIL_INVALID: Explanation(
            what=_("ParnasSys kent deze leerling niet (meer)."),
            todo=_(
                "Haal de gegevens opnieuw op en koppel de leerling; met een nieuwe sleutel gaat het vanzelf opnieuw."
            ),
        ),
        Reason.TEST_INVALID: Explanation(
            what=_("ParnasSys keurt de normering van deze toets af."),
            todo=_("De makers verbeteren het definitiebestand van de toets; bied het resultaat daarna opnieuw aan."),
        ),
        Reason.SCORE_INVALID: Explanation(
            what=_("ParnasSys keurt deze score af."),
            todo=_("Controleer de score in het testcentrum en lees de verbeterde waarde in."),
        ),
        Reason.TERM_INVALID: Explanation(
            what=_("ParnasSys kent een term uit de definitie van deze toets niet."),
            todo=_("De makers verbeteren het definitiebestand van de toets; bied het resultaat daarna opnieuw aan."),
        ),
        Reason.MESSAGE_INVALID: Explanation(
            what=_("ParnasSys keurt het bericht met alleen dit resultaat af."),
            todo=_("Geef het kenmerk van het resultaat door aan de makers van Koppeldesk."),
        ),
        Reason.OTHER_KEY: Explanation(
            what=_("ParnasSys keurt het af; het kan daar nog onder een vorige sleutel van de leerling staan."),
            todo=_(
                "Laat de school nakijken waar het in ParnasSys staat. Verwijderd? Meld dat dan hier; daarna gaat het "
                "onder de nieuwe sleutel."
            ),
        ),
        Reason.REMOVED: Explanation(what=_("De school heeft het in ParnasSys verwijderd."), todo=again),
        Reason.TRY_AGAIN: Explanation(what=_("Opnieuw aangeboden."), todo=again),
        Reason.RESEND: Explanation(what=_("Het vorige schooljaar wordt op verzoek verzonden."), todo=again),
        Reason.WITHDRAWN: Explanation(what=_("Ingetrokken; het wordt niet verzonden.")),
        Reason.TOO_OLD: Explanation(what=_("Ouder dan het vorige schooljaar; het wordt niet meer verzonden.")),
    }
