"""The storyline beside whatever is on the screen: what to do next, and whether it is done. Only in the trainer's mode."""

from __future__ import annotations

from rich.text import Text
from textual import work
from textual.message import Message
from textual.widgets import Static

from core.errors import KoppeldeskError
from core.language import _
from tui.coach import Coach, Now

LOOKS_EVERY = 2.0
"""Seconds between looks at both ends."""
WIDE = 120
"""Columns from which the whole text stands beside the screen instead of two lines below it."""


class StoryLine(Static):
    """Where the story is."""

    class Looked(Message):
        """Somebody looked where the story is; None = no story was chosen."""

        def __init__(self, now: Now | None) -> None:
            super().__init__()
            self.now = now

    def __init__(self, coach: Coach) -> None:
        super().__init__(markup=False)
        self._coach = coach
        self._now: Now | None = None
        self._looked = False

    def on_mount(self) -> None:
        """Look now, and again and again."""
        self.look()
        self.set_interval(LOOKS_EVERY, self.look)

    def on_resize(self) -> None:
        """Stand beside the screen when there is room."""
        self.set_class(self.app.size.width >= WIDE, "wide")

    @work(thread=True, exclusive=True, group="story", exit_on_error=False)
    def look(self) -> None:
        """Look at both ends; what cannot be read now is read the next time."""
        try:
            now = self._coach.now()
        except KoppeldeskError:
            return
        self.post_message(self.Looked(now))

    def on_story_line_looked(self, event: Looked) -> None:
        """Draw what was seen."""
        if event.now != self._now or not self._looked:
            self._now, self._looked = event.now, True
            self.refresh(layout=True)

    def render(self) -> Text:
        """Two lines below the screen, or everything beside it."""
        now = self._now
        if not self._looked:
            return Text("\n")
        if now is None:
            return Text(_("Oefenwereld. F2: een scenario kiezen."), "bold")
        wide = self.has_class("wide")
        width = max(20, self.size.width)
        head = Text(headline(now), "bold")
        body = Text(whats_next(now))
        if not wide:
            head.truncate(width, overflow="ellipsis")
            body.truncate(width, overflow="ellipsis")
            return Text("\n").join([head, body])
        return Text("\n\n").join([Text(now.tale, "bold"), head, Text(now.text), body])


def headline(now: Now) -> str:
    """Return `✓ 3/10 Afnemen in ParnasSys (school)`."""
    return f"{'✓' if now.done else '▶'} {now.number}/{now.of} {now.title} ({_(now.who)})"


def whats_next(now: Now) -> str:
    """Return what the trainee can do here."""
    if now.over:
        return _("Het scenario is uit. F2: een ander kiezen.")
    if now.done:
        return _("Gedaan. F2: naar de volgende stap.")
    return _("F2: uitleg, hulp en verder.")
