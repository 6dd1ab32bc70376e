"""A person at the app: presses keys, reads the screen. The desk is real, on a store in a temporary folder."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from textual.events import Key
from textual.pilot import Pilot

from core.desk.actor import Actor
from core.model import SchoolId
from tests.core.desk.office import ADMINISTRATOR, Bureau
from tui.app import KoppeldeskApp
from tui.screens.base import DeskApp
from tui.screens.review import ReviewScreen
from tui.session import Session
from tui.widgets.row_list import RowList

SMALL = (80, 24)


class Person:
    """Somebody at the keyboard."""

    def __init__(self, pilot: Pilot[int]) -> None:
        self.pilot = pilot

    @property
    def app(self) -> KoppeldeskApp:
        """The app in front of them."""
        app = self.pilot.app
        assert isinstance(app, KoppeldeskApp)
        return app

    async def press(self, *keys: str) -> str:
        """Press keys, wait until everything is drawn (the detail too), and return the screen."""
        for key in keys:
            await self.pilot.press(key)
        await self.pilot.pause()
        while not self.settled:
            await self.pilot.pause(0.02)
        return self.screen

    async def press_at_once(self, *keys: str) -> str:
        """Press keys faster than the screens can follow: the last one is there before the first one is done."""
        for key in keys:
            self.app.post_message(Key(key, key if len(key) == 1 else None))
        return await self.press()

    @property
    def settled(self) -> bool:
        """Whether every key is done, and the detail of a review on top is that of the row under the cursor."""
        return not self.app.ahead and (not isinstance(self.app.screen, ReviewScreen) or self.app.screen.rest is None)

    async def type(self, text: str) -> str:
        """Type a text."""
        return await self.press(*text)

    @property
    def screen(self) -> str:
        """What is on the screen, line by line."""
        strips = self.app.screen._compositor.render_strips(self.app.size)
        return "\n".join(strip.text.rstrip() for strip in strips)

    @property
    def told(self) -> str:
        """What was told in passing."""
        return "\n".join(notice.message for notice in self.app._notifications)

    @property
    def cursor(self) -> str | None:
        """The key of the row under the cursor."""
        return self.app.screen.query_one(RowList).current_key

    @property
    def review(self) -> ReviewScreen:
        """The review on top."""
        assert isinstance(self.app.screen, ReviewScreen)
        return self.app.screen

    @property
    def place(self) -> str:
        """The name of the screen on top."""
        return type(self.app.screen).__name__

    async def until(self, place: str) -> str:
        """Wait until that screen is on top."""
        for _turn in range(200):
            if self.place == place and self.settled:
                await self.pilot.pause()
                return self.screen
            await self.pilot.pause(0.02)
        raise AssertionError(f"{self.place} is on top, not {place}:\n{self.screen}")


@asynccontextmanager
async def at_the_app(
    bureau: Bureau, actor: Actor = ADMINISTRATOR, *, review: SchoolId | None = None, size: tuple[int, int] = SMALL
) -> AsyncIterator[Person]:
    """Open the app for this actor."""
    session = Session(settings=bureau.office.settings, actor=actor)
    vars(session)["desk"] = bureau.desk
    app = KoppeldeskApp(session, review=review)
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        yield Person(pilot)


def shown_by(app: KoppeldeskApp) -> DeskApp:
    """The app is what screens ask for: the type checker reads this."""
    return app
