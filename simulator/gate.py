"""The two things every request passes: which world it is for, and whether another site forged it."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from starlette.datastructures import Headers
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from simulator.worlds import NoSuchWorld, Worlds

_WORLD = re.compile(r"/w/([^/]*)(/.*)?")
SAFE = frozenset(["GET", "HEAD", "OPTIONS"])


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
        await self.app(
            {**scope, "path": path, "root_path": scope.get("root_path", "") + prefix, "state": state}, receive, send
        )


class SameSiteGate:
    """Refuses what another site made a browser send: anything that changes something and says it comes from elsewhere.

    Browsers tell with `Sec-Fetch-Site` and `Origin`; programs send neither and pass. The services themselves pass too:
    they are guarded by their key.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Refuse with 403, or go on."""
        if scope["type"] == "http" and scope["method"] not in SAFE and foreign(Headers(scope=scope)):
            refusal = PlainTextResponse("Deze aanvraag komt van een andere website en is geweigerd.", 403)
            await refusal(scope, receive, send)
            return
        await self.app(scope, receive, send)


def foreign(headers: Headers) -> bool:
    """Whether the request says that another site sent it."""
    site, origin = headers.get("sec-fetch-site"), headers.get("origin")
    if site not in (None, "same-origin", "none"):
        return True
    return origin is not None and (origin == "null" or urlsplit(origin).netloc != headers.get("host", ""))
