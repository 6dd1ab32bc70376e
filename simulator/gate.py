"""What every request passes: how big it may be, whether another site forged it, and which world it is for."""

from __future__ import annotations

import re
from ipaddress import ip_address
from urllib.parse import urlsplit

from starlette.datastructures import Headers
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from simulator.worlds import NoSuchWorld, Worlds

_WORLD = re.compile(r"/w/([^/]*)(/.*)?", re.DOTALL)
SAFE = frozenset(["GET", "HEAD", "OPTIONS"])
MAX_FORM = 1_000_000
"""Bytes a form or a control call may have; the services have a limit of their own."""


class WorldGate:
    """Puts the world of `/w/NAME/…` on the request, and the name into the root path so that links stay inside it."""

    def __init__(self, app: ASGIApp, worlds: Worlds) -> None:
        self.app = app
        self.worlds = worlds

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Choose the world, then go on."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        match = _WORLD.fullmatch(scope["path"])
        name = match[1] if match else ""
        if match and not name:
            await PlainTextResponse("De naam van de wereld ontbreekt.", 404)(scope, receive, send)
            return
        try:
            las = self.worlds.of(name)
        except NoSuchWorld as refusal:
            await PlainTextResponse(str(refusal), 404)(scope, receive, send)
            return
        prefix = f"/w/{name}" if name else ""
        path = scope["path"] if not match or match[2] else f"{scope['path']}/"
        state = {**scope.get("state", {}), "las": las, "worlds": self.worlds, "world_name": name}
        inside = {**scope, "path": path, "root_path": scope.get("root_path", "") + prefix, "state": state}
        await self.app(inside, receive, send)


class SizeGate:
    """Refuses forms and control calls that are too big, before they are read."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Refuse with 413, or go on; a body of unknown size ends where the limit is."""
        if scope["type"] != "http" or scope["method"] in SAFE or "/services/" in scope["path"]:
            await self.app(scope, receive, send)
            return
        length = Headers(scope=scope).get("content-length", "0")
        if length.isdecimal() and int(length) > MAX_FORM:
            await PlainTextResponse("Dit is te groot.", 413)(scope, receive, send)
            return
        left = MAX_FORM

        async def limited() -> Message:
            nonlocal left
            message = await receive()
            left -= len(message.get("body", b""))
            return message if left >= 0 else {"type": "http.disconnect"}

        await self.app(scope, limited, send)


class SameSiteGate:
    """Refuses what another site made a browser send: anything that changes something and says it comes from elsewhere.

    Browsers tell with `Sec-Fetch-Site` and `Origin`; programs send neither and pass. The services themselves pass too:
    they are guarded by their key.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Refuse with 403, or go on."""
        if scope["type"] == "http" and scope["method"] not in SAFE and foreign(scope):
            refusal = PlainTextResponse("Deze aanvraag komt van een andere website en is geweigerd.", 403)
            await refusal(scope, receive, send)
            return
        await self.app(scope, receive, send)


def foreign(scope: Scope) -> bool:
    """Whether the request says that another site sent it."""
    headers = Headers(scope=scope)
    site, origin = headers.get("sec-fetch-site"), headers.get("origin")
    if site not in (None, "same-origin", "none"):
        return True
    if origin is None:
        return False
    if origin == "null" or urlsplit(origin).netloc != headers.get("host", ""):
        return True
    # Another site's name may be made to point at this machine: on loopback only loopback's own names count.
    server = scope.get("server") or ("", 0)
    return _is_loopback(str(server[0])) and not _is_loopback(urlsplit(origin).hostname or "")


def _is_loopback(host: str) -> bool:
    try:
        return host == "localhost" or ip_address(host).is_loopback
    except ValueError:
        return False
