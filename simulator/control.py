"""The control API under `/_sim`: what tests, the demo and trainers use to set the stage and to look behind it."""

from __future__ import annotations

import html

from fastapi import FastAPI, Request
from fastapi.responses import HTMLResponse, JSONResponse
from starlette.routing import Match, Route

from simulator import control_schools, control_stage
from simulator.control_model import Refusal
from simulator.links import MoveRefused
from simulator.world.model import WorldError


def build() -> FastAPI:
    """Make the control API, to be mounted; the world it is about stands on the request."""
    api = FastAPI(
        title="ParnasSys-simulator: bediening",
        version="1",
        description="Zet het toneel en kijk achter de schermen. Elke wereld onder `/w/NAAM` heeft haar eigen `/_sim`.",
        docs_url=None,
        redoc_url=None,
        exception_handlers={MoveRefused: _refused, WorldError: _refused, 405: _wrong_method},
        responses={400: {"model": Refusal, "description": "Geen leesbare JSON"}},
    )
    api.include_router(control_schools.router, tags=["Scholen"])
    api.include_router(control_stage.router, tags=["Toneel"])
    api.add_api_route("/docs", _documentation, include_in_schema=False, response_class=HTMLResponse)
    return api


async def _refused(_request: Request, refusal: Exception) -> JSONResponse:
    return JSONResponse({"detail": str(refusal)}, 409)


async def _wrong_method(request: Request, _error: Exception) -> JSONResponse:
    """Name every method that this path takes: routing knows those of the first route only."""
    api: FastAPI = request.app
    routes = (route for route in api.routes if isinstance(route, Route))
    matching = (route for route in routes if route.matches(request.scope)[0] is not Match.NONE)
    allowed = sorted({method for route in matching for method in route.methods or ()})
    return JSONResponse({"detail": "Deze methode kan hier niet."}, 405, {"allow": ", ".join(allowed)})


async def _documentation(request: Request) -> HTMLResponse:
    """Show the OpenAPI document without fetching anything from elsewhere."""
    document = request.app.openapi()
    rows = [
        f"<tr><td><code>{method.upper()}</code></td><td><code>/_sim{html.escape(path)}</code></td>"
        f"<td>{html.escape(str(operation.get('description') or operation.get('summary', '')))}</td></tr>"
        for path, operations in document["paths"].items()
        for method, operation in operations.items()
    ]
    return HTMLResponse(
        '<!doctype html><html lang="nl"><meta charset="utf-8">'
        '<link rel="icon" href="../static/merk.svg"><title>Bediening van de simulator</title>'
        "<style>body{font:16px/1.5 system-ui;margin:2rem auto;max-width:70rem;padding:0 1rem}"
        "td,th{text-align:left;padding:.3rem 1rem .3rem 0;vertical-align:top}</style>"
        f"<main><h1>{html.escape(document['info']['title'])}</h1><p>{html.escape(document['info']['description'])}</p>"
        '<p>Volledige beschrijving: <a href="openapi.json">openapi.json</a></p>'
        "<table><thead><tr><th>Methode</th><th>Pad</th><th>Doet</th></tr></thead><tbody>"
        f"{''.join(rows)}</tbody></table></main></html>"
    )
