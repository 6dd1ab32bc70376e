"""Logging in for a school, and the overview one lands on."""

from __future__ import annotations

from itertools import islice

from starlette.requests import Request
from starlette.responses import Response

from simulator.pages.kit import Visit, text
from simulator.world.model import SchoolRef, WorldError

SHOWN = 12
"""Schools offered on the log-in page; search finds the others."""


async def log_in_form(request: Request) -> Response:
    """Show the schools one can log in for."""
    visit = Visit.of(request)
    wanted = request.query_params.get("zoek", "").strip()
    return _shown(visit, wanted)


def _shown(visit: Visit, wanted: str, status: int = 200) -> Response:
    cards = map(visit.las.world.card, visit.las.world.ids())
    found = (card for card in cards if wanted.casefold() in f"{card.ref} {card.name} {card.place}".casefold())
    offered = list(islice(found, SHOWN))
    return visit.show("inloggen.html", status, zoek=wanted, scholen=offered, aantal=len(visit.las.world.ids()))


async def log_in(request: Request) -> Response:
    """Log in as the administrator of a school; no password: it is a simulator."""
    visit = Visit.of(request)
    form = await visit.form()
    try:
        ref = SchoolRef.parse(text(form, "school"))
        visit.las.world.card(ref)
    except (ValueError, WorldError):
        visit.session.notice = "Deze school bestaat niet in deze wereld. Kies er een uit de lijst."
        return _shown(visit, "", 422)
    # A new name for the session: one that somebody else slipped in before logging in is worth nothing.
    del visit.kit.sessions[visit.session_name]
    visit.session.school = ref
    renewed = Visit(request, visit.kit, visit.las, visit.kit.entropy(), visit.session)
    visit.kit.sessions[renewed.session_name] = visit.session
    return renewed.go("/")


async def log_out(request: Request) -> Response:
    """Leave the school."""
    visit = Visit.of(request)
    await visit.form()
    visit.session.school, visit.session.new_key = None, ""
    return visit.go("/inloggen", "U bent uitgelogd.")


async def overview(request: Request) -> Response:
    """Show the school at a glance."""
    visit = Visit.of(request)
    inside = visit.school()
    return visit.show(
        "overzicht.html",
        binnen=inside,
        koppeling=visit.las.link(inside.ref),
        boek=visit.las.book.of(inside.ref),
    )
