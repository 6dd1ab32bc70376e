"""Beheer → Koppelingen → Boom testcentrum UWLR: the manual's path on the ParnasSys side (manual p. 2-4)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import Response

from simulator.links import Act
from simulator.pages.kit import Visit

LINK = "/beheer/koppelingen/boom-testcentrum-uwlr"


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked before something is done to a link."""

    title: str
    body: str
    button: str
    done: str


QUESTIONS: Mapping[Act, Question] = {
    Act.SUBSCRIBE: Question(
        "Koppeling afnemen?",
        "De gegevens van groepen, leerkrachten en leerlingen worden beschikbaar voor het Boom testcentrum, "
        "en resultaten komen hier terug. Aan de koppeling zijn geen kosten verbonden.",
        "Afname bevestigen",
        "De koppeling is afgenomen. Stel nu een autorisatiesleutel in.",
    ),
    Act.SET_KEY: Question(
        "Nieuwe autorisatiesleutel instellen?",
        "Er wordt een nieuwe sleutel gemaakt. Is er al een, dan werkt die meteen niet meer.",
        "Nieuwe sleutel instellen",
        "De nieuwe sleutel geldt vanaf nu.",
    ),
    Act.WITHDRAW: Question(
        "Koppeling intrekken?",
        "De sleutel vervalt en het Boom testcentrum krijgt geen gegevens meer. "
        "Resultaten die hier al staan, blijven staan.",
        "Koppeling intrekken",
        "De koppeling is ingetrokken.",
    ),
}
"""The acts of a school; opening is the supplier's (for trainers: on the trainer's page)."""


async def management(request: Request) -> Response:
    """Show what there is to manage."""
    visit = Visit.of(request)
    visit.school()
    return visit.show("beheer.html")


async def link_list(request: Request) -> Response:
    """List the links a school can have."""
    visit = Visit.of(request)
    return visit.show("koppelingen.html", koppeling=visit.las.link(visit.school().ref), pagina=LINK)


async def link_page(request: Request) -> Response:
    """Show the link with the test centre, and its key when it was just made."""
    visit = Visit.of(request)
    inside = visit.school()
    key, visit.session.new_key = visit.session.new_key, ""
    return visit.show(
        "koppeling.html",
        koppeling=visit.las.link(inside.ref),
        sleutel=key,
        pagina=LINK,
        vragen=QUESTIONS,
        schooljaar=inside.school_year,
    )


def _asked(request: Request) -> Act | None:
    try:
        act = Act(request.path_params["act"])
    except ValueError:
        return None
    return act if act in QUESTIONS else None


async def confirm(request: Request) -> Response:
    """Ask before doing it: the pop-up as a page, for browsers without scripts."""
    visit = Visit.of(request)
    visit.school()
    act = _asked(request)
    if act is None:
        return visit.go(LINK)
    return visit.show("bevestig.html", vraag=QUESTIONS[act], handeling=act, pagina=LINK)


async def act(request: Request) -> Response:
    """Do it. Raises MoveRefused when the link's state does not allow it."""
    visit = Visit.of(request)
    await visit.form()
    inside = visit.school()
    asked = _asked(request)
    if asked is None:
        return visit.go(LINK)
    link = visit.las.act(inside.ref, asked)
    if asked is Act.SET_KEY:
        visit.session.new_key = link.key or ""
    return visit.go(LINK, QUESTIONS[asked].done)
