"""The web application: the two UWLR services, their WSDL, the control API and the pages."""

from __future__ import annotations

import socket
import struct
from asyncio import Transport
from collections.abc import Callable

from starlette.applications import Starlette
from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Mount, Route
from starlette.types import ASGIApp

from core.wire import names
from core.wire.faults import FaultCode
from simulator import control, mishaps, service, soap, wsdl
from simulator.gate import SameSiteGate, SizeGate, WorldGate
from simulator.las import Las
from simulator.pages import routes as pages
from simulator.pages.kit import Kit, Visit
from simulator.validation import Validator
from simulator.worlds import Worlds


def build(worlds: Worlds, entropy: Callable[[], str]) -> ASGIApp:
    """Wire everything together; `entropy` returns unguessable text for the sessions of the pages."""
    validator, kit = Validator(), Kit(entropy)
    routes = [
        *(Route(one.path, _endpoint(validator, one), methods=["GET", "POST"], name=one.value) for one in names.Service),
        Route("/services/v2/schema/{name}", wsdl.schema_file, methods=["GET"]),
        Mount("/_sim", control.build(kit)),
        *pages.routes(),
    ]
    app = Starlette(
        routes=routes, exception_handlers={Exception: _internal_error, 404: _not_found, **pages.exception_handlers()}
    )
    app.state.kit = kit
    return SameSiteGate(SizeGate(WorldGate(app, worlds)))


def _endpoint(validator: Validator, which: names.Service) -> Callable[[Request], object]:
    async def endpoint(request: Request) -> Response:
        if request.method != "POST":
            return wsdl.describe(request, which)
        las: Las = request.state.las
        message = soap.as_declared(await _read(request), request.headers.get("content-type"))
        reply = service.answer(las, validator, which, request.headers.get("soapaction"), message)
        if mishaps.drops_connection(reply.trouble):
            return await _reset(request)
        return mishaps.response(reply.status, reply.body, reply.trouble)

    return endpoint


async def _read(request: Request) -> bytes:
    """Read the body up to a byte beyond the limit: the service refuses what is longer."""
    parts, size = [], 0
    async for part in request.stream():
        parts.append(part)
        size += len(part)
        if size > soap.MAX_BYTES:
            break
    return b"".join(parts)[: soap.MAX_BYTES + 1]


async def _reset(request: Request) -> Response:
    """Break the connection so that the caller sees a reset: linger 0 makes closing send RST."""
    transport: Transport | None = getattr(request.state, "transport", None)
    if transport is not None:
        raw: socket.socket = transport.get_extra_info("socket")
        raw.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        transport.abort()
    while (await request.receive())["type"] != "http.disconnect":
        pass
    raise ClientDisconnect


async def _internal_error(request: Request, _error: Exception) -> Response:
    """The one catch point: what nobody foresaw is a named fault for the caller, and a traceback in the server's log."""
    if "/services/" in request.url.path:
        return Response(soap.write_fault(FaultCode.INTERNAL), 500, {"content-type": names.CONTENT_TYPE})
    return PlainTextResponse("Er ging iets mis in de simulator.", 500)


async def _not_found(request: Request, _error: Exception) -> Response:
    """Say so in the form the caller reads: JSON under the control API, a page elsewhere."""
    if "/_sim/" in request.url.path:
        return JSONResponse({"detail": "Dit bestaat niet."}, 404)
    return Visit.of(request).show("niet-gevonden.html", 404)
