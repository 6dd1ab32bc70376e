"""What every page needs: templates, sessions, and the visit of one browser."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from hmac import compare_digest

from jinja2 import Environment, PackageLoader, StrictUndefined
from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from simulator.las import Las
from simulator.pages import dutch
from simulator.world.model import SchoolRef, SimSchool, WorldError

COOKIE = "parnassys_simulator"
MAX_SESSIONS = 2_000

HEADERS = {
    "content-security-policy": (
        "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; connect-src 'self'; "
        "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "referrer-policy": "same-origin",
    "x-content-type-options": "nosniff",
    "cache-control": "no-store",
}


def cookie_of(world: str) -> str:
    """Return the name of the cookie: one for each world, because the cookie of `/` comes along to `/w/NAME/` too."""
    return COOKIE + world.replace("/w/", "-")


class NotLoggedIn(Exception):
    """The page is for somebody who has logged in for a school."""


class Forged(Exception):
    """A form came without the secret that our own pages put in it."""


@dataclass(slots=True, kw_only=True)
class Session:
    """One browser in one world."""

    secret: str
    """What our own forms carry and a forged one does not."""
    world: str
    school: SchoolRef | None = None
    new_key: str = ""
    """The key that was just made: shown once."""
    notice: str = ""
    """What was just done or refused: shown once."""


@dataclass(slots=True)
class Kit:
    """Templates and sessions of one server; `entropy` returns unguessable text."""

    entropy: Callable[[], str]
    sessions: OrderedDict[str, Session] = field(default_factory=OrderedDict)
    templates: Environment = field(init=False)

    def __post_init__(self) -> None:
        self.templates = Environment(
            loader=PackageLoader("simulator.pages"), autoescape=True, undefined=StrictUndefined, trim_blocks=True
        )
        self.templates.filters.update(dutch.FILTERS)

    def session_of(self, request: Request) -> tuple[str, Session]:
        """Return the browser's session in this world, a new one when it has none."""
        world = f"/w/{request.state.world_name}" if request.state.world_name else ""
        name = request.cookies.get(cookie_of(world), "")
        session = self.sessions.get(name)
        if session is None or session.world != world:
            name, session = self.entropy(), Session(secret=self.entropy(), world=world)
            self.sessions[name] = session
            if len(self.sessions) > MAX_SESSIONS:
                self.sessions.popitem(last=False)
        return name, session


@dataclass(frozen=True, slots=True)
class Visit:
    """One request for a page."""

    request: Request
    kit: Kit
    las: Las
    session_name: str
    session: Session

    @classmethod
    def of(cls, request: Request) -> Visit:
        """Receive a browser."""
        kit: Kit = request.app.state.kit
        return cls(request, kit, request.state.las, *kit.session_of(request))

    @property
    def root(self) -> str:
        """What every link starts with: empty, or `/w/NAME`."""
        return self.session.world

    def school(self) -> SimSchool:
        """Return the school the visitor logged in for. Raises NotLoggedIn."""
        if self.session.school is None:
            raise NotLoggedIn
        try:
            return self.las.world.school(self.session.school)
        except WorldError:
            # A reset may have taken the school away.
            self.session.school = None
            raise NotLoggedIn from None

    async def form(self) -> FormData:
        """Return the form that was sent. Raises Forged when it is not one of our own."""
        form = await self.request.form(max_files=0, max_fields=50)
        sent = form.get("geheim")
        if not isinstance(sent, str) or not compare_digest(sent.encode(), self.session.secret.encode()):
            raise Forged
        return form

    def show(self, template: str, status: int = 200, **context: object) -> Response:
        """Render a page."""
        notice, self.session.notice = self.session.notice, ""
        school = self.las.world.card(self.session.school) if self.session.school else None
        shared: Mapping[str, object] = {
            "root": self.root,
            "geheim": self.session.secret,
            "mededeling": notice,
            "school": school,
            "nu": self.las.now,
            "pad": self.request.url.path.removeprefix(self.root),
            "wereld": self.root.removeprefix("/w/"),
        }
        page = self.kit.templates.get_template(template).render({**shared, **context})
        return self._with_cookie(HTMLResponse(page, status, HEADERS))

    def go(self, path: str, notice: str = "") -> Response:
        """Send the browser on after a form, with a notice to show there."""
        self.session.notice = notice
        return self._with_cookie(RedirectResponse(f"{self.root}{path}", 303, HEADERS))

    def _with_cookie(self, response: Response) -> Response:
        response.set_cookie(
            cookie_of(self.root), self.session_name, path=f"{self.root}/", httponly=True, samesite="strict"
        )
        return response


def text(form: FormData, name: str) -> str:
    """Return a field of a form as text; empty when it is not there."""
    value = form.get(name, "")
    return value.strip() if isinstance(value, str) else ""
