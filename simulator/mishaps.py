"""What goes back instead of an answer, or what becomes of it on the way, when a planned mishap strikes."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping

from anyio import sleep
from starlette.responses import RedirectResponse, Response, StreamingResponse

from core.wire.faults import FaultCode
from core.wire.names import CONTENT_TYPE
from simulator import soap
from simulator.trouble import TransportTrouble, Trouble
from simulator.world.chance import digest

_PAGE = """<!doctype html><html lang="nl"><title>Onderhoud</title>
<h1>Even geduld</h1><p>We zijn bezig met onderhoud. Probeer het later opnieuw.</p></html>"""

_INSTEAD: Mapping[str, tuple[int, bytes]] = {
    TransportTrouble.RESET: (200, b""),
    TransportTrouble.EMPTY: (200, b""),
    TransportTrouble.GARBAGE: (200, bytes.fromhex(digest("rommel"))),
    TransportTrouble.UNAVAILABLE: (503, b"Service Unavailable"),
    TransportTrouble.HTML: (200, _PAGE.encode()),
    TransportTrouble.REDIRECT: (302, b""),
    TransportTrouble.FAULT_ON_200: (200, soap.write_fault(FaultCode.INTERNAL)),
    TransportTrouble.BARE_FAULT_CODE: (500, soap.write_fault(FaultCode.INTERNAL, prefix="")),
}

_TYPES: Mapping[str, str] = {
    TransportTrouble.UNAVAILABLE: "text/plain; charset=utf-8",
    TransportTrouble.HTML: "text/html; charset=utf-8",
}

DRIPS = 20


def instead(trouble: Trouble) -> tuple[int, bytes]:
    """Return HTTP status and body of a call that is not processed."""
    return _INSTEAD[trouble.kind]


def drops_connection(trouble: Trouble | None) -> bool:
    """Whether the connection is reset without any answer."""
    return trouble is not None and trouble.kind in (TransportTrouble.RESET, TransportTrouble.ANSWER_LOST)


def response(status: int, body: bytes, trouble: Trouble | None) -> Response:
    """Dress the bytes as HTTP, with the mishap added; resets are the caller's."""
    headers = {"content-type": CONTENT_TYPE}
    if trouble is None:
        return Response(body, status, headers)
    match trouble.kind:
        case TransportTrouble.REDIRECT:
            return RedirectResponse("/inloggen", status)
        case TransportTrouble.TRUNCATED:
            # More is promised than comes: the server closes the connection half-way.
            headers["content-length"] = str(len(body))
            return StreamingResponse(_once(body[: len(body) // 2]), status, headers)
        case TransportTrouble.SLOW:
            headers["content-length"] = str(len(body))
            return StreamingResponse(_drip(body, trouble.seconds), status, headers)
        case TransportTrouble.WRONG_CHARSET:
            return Response(body.decode().encode("latin-1", "replace"), status, headers)
        case kind:
            return Response(body, status, {"content-type": _TYPES.get(kind, CONTENT_TYPE)})


async def _once(part: bytes) -> AsyncIterator[bytes]:
    yield part


async def _drip(body: bytes, seconds: float) -> AsyncIterator[bytes]:
    step = max(1, -(-len(body) // DRIPS))
    for start in range(0, len(body), step):
        await sleep(seconds / DRIPS)
        yield body[start : start + step]
