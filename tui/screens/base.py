"""What every screen has: the blue bar, its keys, help in the manual's words, and one way to show what went wrong."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING, ClassVar, Generic, Protocol, TypeVar, cast

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.screen import Screen
from textual.widget import Widget

from core.desk import Desk
from core.desk.actor import Actor
from core.errors import KoppeldeskError
from core.language import N_, _
from core.model import SchoolId
from tui.widgets.chrome import KeyLine, TitleBar
from tui.widgets.row_list import MARK_KEYS
from tui.widgets.story_line import StoryLine

if TYPE_CHECKING:
    from tui.session import Session

T = TypeVar("T")
R = TypeVar("R")


HELP_KEY = Binding("question_mark,f1", "help", N_("hulp"), id="help", tooltip=N_("Uitleg bij dit scherm"))
HELP_KEY_WHILE_TYPING = replace(HELP_KEY, key="f1,question_mark")
"""For a screen where a question mark is typed into a field."""
AS_LONG_AS_IT_TAKES = 3600.0
"""Seconds that a message stays which is taken away when the work is done."""
LAST = ("help", "back", "leave")
"""Which keys come last, in this order."""


class DeskApp(Protocol):
    """What a screen asks of the app that shows it."""

    @property
    def session(self) -> Session:
        """Who is at the keyboard, and their desk."""
        ...

    def name_of(self, school: SchoolId) -> str:
        """Return the name of a school this person may see; its BRIN otherwise."""
        ...

    def open_screen(self, screen: Screen[None]) -> None:
        """Put a screen on top."""
        ...

    def look_again(self) -> None:
        """Go on with other data under the same app."""
        ...

    def hush(self) -> None:
        """Take away what was told in passing: it would lie over the buttons of a screen that has them. Warnings stay."""
        ...


class AnsweringScreen(Screen[T | None], Generic[T]):
    """A screen of the desk that gives an answer to the one below it; None = left without one."""

    BINDINGS: ClassVar[list[BindingType]] = [
        HELP_KEY,
        Binding("ctrl+p", "palette", N_("zoeken"), show=False, tooltip=N_("Zoeken in wat op dit scherm kan")),
        Binding("ctrl+q", "app.leave", N_("afsluiten"), id="leave", show=False, tooltip=N_("Koppeldesk verlaten")),
        Binding("escape", "back", N_("terug"), id="back", tooltip=N_("Terug naar het vorige scherm")),
    ]
    HELP: ClassVar[str] = ""
    """What can be done here, in the manual's words; shown by `?`."""

    MARKS: ClassVar[bool] = False
    """Whether something can be done with several marked rows at once."""

    FIRST: ClassVar[bool] = False
    """Whether every way back ends here."""

    BESIDE_STORY: ClassVar[bool] = True
    """Whether the storyline stands beside this screen in the trainer's mode."""

    _explained = False

    @property
    def desk_app(self) -> DeskApp:
        """The app, with its session and desk."""
        return cast("DeskApp", self.app)

    def heading(self) -> str:
        """Return what stands at the left of the blue bar."""
        return ""

    def about(self, school: SchoolId, what: str) -> str:
        """Return the heading of a screen about a school: which one, and what is done here."""
        return f"{school.short} {self.desk_app.name_of(school)} · {what}"

    def aside(self) -> str:
        """Return what stands at the right of the blue bar: who is at the keyboard."""
        actor = self.desk_app.session.actor
        return f"{actor.name} · {_(actor.role.value)}"

    def body(self) -> Iterable[Widget]:
        """Return the widgets between the bar and the keys."""
        return ()

    def compose(self) -> ComposeResult:
        """Frame the body."""
        yield TitleBar()
        coach = self.desk_app.session.coach
        if coach is not None and self.BESIDE_STORY:
            yield StoryLine(coach)
        yield from self.body()
        yield KeyLine()

    def on_mount(self) -> None:
        """Fill the frame; Textual itself calls the `on_mount` of every class, the nearest first."""
        self.refresh_frame()

    def refresh_frame(self) -> None:
        """Show heading and keys as they are now."""
        self.query_one(TitleBar).say(self.heading(), self.aside())
        self.refresh_keys()

    def refresh_keys(self) -> None:
        """Show the keys as they are now."""
        self.query_one(KeyLine).say(self.keys())

    def keys(self) -> Sequence[Binding]:
        """Return the keys for the line at the bottom."""
        return self.possible()

    def possible(self) -> list[Binding]:
        """What can be done here now; from the first screen there is no way back."""
        found = [binding for binding in self.own_bindings() if self.check_action(binding.action, ()) is not False]
        return [binding for binding in found if not (self.FIRST and binding.action == "back")]

    @classmethod
    def own_bindings(cls) -> list[Binding]:
        """The bindings of this screen that have words, its own first, help and the ways out last; the last one wins."""
        found: dict[str, Binding] = {}
        for ancestor in cls.__mro__:
            for binding in ancestor.__dict__.get("BINDINGS", ()):
                if isinstance(binding, Binding) and binding.description and issubclass(ancestor, AnsweringScreen):
                    found.setdefault(binding.id or binding.key, binding)
        return sorted(found.values(), key=lambda binding: LAST.index(binding.id) if binding.id in LAST else -1)

    @property
    def actor(self) -> Actor:
        """Who is at the keyboard."""
        return self.desk_app.session.actor

    @property
    def desk(self) -> Desk:
        """Every use case."""
        return self.desk_app.session.desk

    def attempt(self, work: Callable[[], R]) -> R | None:
        """Do `work`; when it is refused or fails, show why and return None."""
        try:
            return work()
        except KoppeldeskError as error:
            self.explain(error)
            return None

    def explain(self, error: KoppeldeskError) -> None:
        """Show an error: what happened, what was stored, what to do next."""
        from tui.screens.dialogs import ErrorDialog

        self._explained = True
        self.app.push_screen(ErrorDialog(error))

    def comes_back(self) -> bool:
        """Whether to read anew now that this screen is on top; behind an error it would only be told again."""
        explained, self._explained = self._explained, False
        return not explained

    @contextmanager
    def meanwhile(self, told: str) -> Iterator[None]:
        """Say what is going on for as long as it takes."""
        self.notify(told, timeout=AS_LONG_AS_IT_TAKES)
        try:
            yield
        finally:
            # Later, for what is told is shown later too: it must not come after it was taken away.
            self.app.call_later(self.app.clear_notifications)

    def answer(self, value: T) -> None:
        """Close, with an answer for the screen below; there is none when somebody left the program meanwhile."""
        if self.is_attached:
            self.dismiss(value)

    def action_back(self) -> None:
        """Go back to the screen before this one; the first one stays."""
        if not self.FIRST:
            self.dismiss(None)

    def action_palette(self) -> None:
        """Let an action be found by its words, and do it."""
        from tui.screens.palette import PaletteScreen

        async def do(action: str | None) -> None:
            if action:
                await self.run_action(action)

        others = [binding for binding in self.possible() if binding.action != "palette"]
        self.app.push_screen(PaletteScreen(others), do)

    def action_help(self) -> None:
        """Show the help of this screen."""
        from tui.screens.help import HelpScreen

        marks = MARK_KEYS if self.MARKS else ()
        self.app.push_screen(HelpScreen(self.heading(), _(self.HELP), [*self.own_bindings(), *marks]))


class DeskScreen(AnsweringScreen[None]):
    """A screen of the desk that needs no answer."""
