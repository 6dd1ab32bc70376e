"""The control API under `/_sim`: what tests, the demo and trainers use to set the stage and to look behind it."""

from __future__ import annotations

from fastapi import FastAPI, Request
from fastapi.responses import HTMLResponse, JSONResponse, Response
from starlette.routing import Match, Route

from simulator import control_schools, control_stage, control_trouble
from simulator.control_model import Refusal
from simulator.links import MoveRefused
from simulator.pages.kit import Kit, Visit
from simulator.world.model import WorldError


def build(kit: Kit) -> FastAPI:
    """Make the control API, to be mounted; the world it is about stands on the request. `kit` draws its one page."""
    api = FastAPI(
        title="ParnasSys-simulator: bediening",
        version="1",
        description="Zet het toneel en kijk achter de schermen. Elke wereld onder `/w/NAAM` heeft haar eigen `/_sim`.",
        docs_url=None,
        redoc_url=None,
        exception_handlers={MoveRefused: _refused, WorldError: _refused, 405: _wrong_method, Exception: _broken},
        responses={400: {"model": Refusal, "description": "Geen leesbare JSON"}},
    )
    api.include_router(control_schools.router, tags=["Scholen"])
    api.include_router(control_stage.router, tags=["Toneel"])
    api.include_router(control_trouble.router, tags=["Storingen en journaal"])
    api.add_api_route("/docs", _documentation, include_in_schema=False, response_class=HTMLResponse)
    api.state.kit = kit
    return api


async def _refused(_request: Request, refusal: Exception) -> JSONResponse:
    return JSONResponse({"detail": str(refusal)}, 409)


async def _broken(_request: Request, _error: Exception) -> JSONResponse:
    """Answer what nobody foresaw; the traceback goes to the server's log."""
    return JSONResponse({"detail": "Er ging iets mis in de simulator."}, 500)


async def _wrong_method(request: Request, _error: Exception) -> JSONResponse:
    """Name every method that this path takes: routing knows those of the first route only."""
    api: FastAPI = request.app
    routes = (route for route in api.routes if isinstance(route, Route))
    matching = (route for route in routes if route.matches(request.scope)[0] is not Match.NONE)
    allowed = sorted({method for route in matching for method in route.methods or ()})
    return JSONResponse({"detail": "Deze methode kan hier niet."}, 405, {"allow": ", ".join(allowed)})


async def _documentation(request: Request) -> Response:
    """Show the OpenAPI document without fetching anything from elsewhere."""
    document = request.app.openapi()
    calls = [
        (method.upper(), path, operation["description"], operation["tags"][0])
        for path, operations in document["paths"].items()
        for method, operation in operations.items()
    ]
    return Visit.of(request).show("bediening.html", aanroepen=calls)
