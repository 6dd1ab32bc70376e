"""All pages by address, and what happens when somebody is not logged in or a form is forged."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from importlib.resources import files

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from simulator.links import MoveRefused
from simulator.pages import entrance, links, pupils, trainer
from simulator.pages.kit import Forged, NotLoggedIn, Visit

_STATIC_TYPES = {"pagina.css": "text/css", "pagina.js": "text/javascript", "merk.svg": "image/svg+xml"}

GET = ["GET"]
POST = ["POST"]


def routes() -> list[Route]:
    """Return every page."""
    return [
        Route("/", entrance.overview, methods=GET),
        Route("/inloggen", entrance.log_in_form, methods=GET),
        Route("/inloggen", entrance.log_in, methods=POST),
        Route("/uitloggen", entrance.log_out, methods=POST),
        Route("/leerlingen", pupils.pupil_list, methods=GET),
        Route("/leerlingen/{key}", pupils.pupil_page, methods=GET),
        Route("/leerlingen/{key}/verwijderen", pupils.remove_result, methods=POST),
        Route("/beheer", links.management, methods=GET),
        Route("/beheer/koppelingen", links.link_list, methods=GET),
        Route(links.LINK, links.link_page, methods=GET),
        Route(links.LINK + "/{act}", links.confirm, methods=GET),
        Route(links.LINK + "/{act}", links.act, methods=POST),
        Route("/trainer", trainer.stage, methods=GET),
        Route("/trainer/journaal", trainer.journal, methods=GET),
        Route("/trainer/storingen", trainer.troubles, methods=GET),
        Route("/trainer/{what}", trainer.switch, methods=POST),
        Route("/static/{name}", static, methods=GET),
    ]


def exception_handlers() -> Mapping[type[Exception], Callable[[Request, Exception], Awaitable[Response]]]:
    """Return what answers when a page refuses."""
    return {NotLoggedIn: _to_log_in, Forged: _forged, MoveRefused: _refused}


async def static(request: Request) -> Response:
    """Send a style sheet or script that came with the program."""
    name = request.path_params["name"]
    if name not in _STATIC_TYPES:
        return PlainTextResponse("Niet gevonden.", 404)
    content = files("simulator.pages").joinpath("static", name).read_bytes()
    return Response(content, media_type=_STATIC_TYPES[name], headers={"cache-control": "max-age=300"})


async def _to_log_in(request: Request, _error: Exception) -> Response:
    return Visit.of(request).go("/inloggen")


async def _forged(request: Request, _error: Exception) -> Response:
    return Visit.of(request).show("geweigerd.html", 403)


async def _refused(request: Request, error: Exception) -> Response:
    return Visit.of(request).go(links.LINK, str(error))
