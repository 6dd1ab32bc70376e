"""The app: which screen is on top, global bindings, and what a person sees when something unforeseen happens."""

from __future__ import annotations

import asyncio
import sys
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from textual import work
from textual.binding import Binding, BindingType
from textual.screen import Screen
from textual.worker import WorkerFailed

from core.desk import Desk
from core.errors import KoppeldeskError, UnreadableInput
from core.language import N_, _
from core.model import SchoolId
from tui import collector, notices
from tui.errors import unforeseen
from tui.session import Session
from tui.type_ahead import TypeAheadApp

if TYPE_CHECKING:
    from tui.screens.school import SchoolScreen

POST_EVERY = 20.0
"""Seconds between rounds of the postman."""
PARTING = 3.0
"""Seconds that letters get to leave when somebody leaves."""
STYLES = Path(__file__).with_name("styles")


class KoppeldeskApp(TypeAheadApp[int]):
    """Koppeldesk in a terminal."""

    TITLE = "Koppeldesk"
    CSS_PATH: ClassVar = [STYLES / "app.tcss"]
    ENABLE_COMMAND_PALETTE = False
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "ctrl+q,ctrl+c", "leave", N_("afsluiten"), id="leave", priority=True, tooltip=N_("Koppeldesk verlaten")
        ),
        Binding("f2", "coach", N_("oefenen"), id="coach", show=False, tooltip=N_("Het scenario van de oefenwereld")),
    ]

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """The trainer's mode is there in the demo only."""
        if action == "coach":
            return self.session.coach is not None
        return super().check_action(action, parameters)

    def __init__(self, session: Session, *, review: SchoolId | None = None) -> None:
        super().__init__()
        self.session = session
        self.opens_review = review

    @property
    def desk(self) -> Desk:
        """Every use case."""
        return self.session.desk

    def on_mount(self) -> None:
        """Open the first screen: the work list, or straight away the review that was asked for."""
        notices.listen(self)
        self.call_after_refresh(collector.resume)
        self.set_interval(POST_EVERY, self.bring_post)
        if self.opens_review is None:
            self.start()
        elif self.is_waiting(self.opens_review):
            self.start_in_review(self.opens_review)
        else:
            self.call_after_refresh(self.start_at(self.opens_review).action_import)

    def is_waiting(self, school: SchoolId) -> bool:
        """Whether a review of this school can be opened as it is."""
        try:
            page = self.desk.schools.show(self.session.actor, school)
        except KoppeldeskError:
            return False
        return bool(page.open_review) and not page.held

    def start_in_review(self, school: SchoolId) -> None:
        """Show the review alone: what lies below it is drawn when somebody goes back there."""
        from tui.screens.review import ReviewScreen

        def left(_answer: None) -> None:
            self.start_at(school)

        self.push_screen(ReviewScreen(school), left)

    def start(self) -> None:
        """Show the work list, where every way back ends."""
        from tui.screens.worklist import WorklistScreen

        self.push_screen(WorklistScreen())

    def start_at(self, school: SchoolId) -> SchoolScreen:
        """Show a school on top of the work list."""
        from tui.screens.school import SchoolScreen

        self.start()
        screen = SchoolScreen(school)
        self.push_screen(screen)
        return screen

    @work(group="post", exit_on_error=False)
    async def bring_post(self) -> None:
        """Bring round the letters that are due; a round that fails is tried again later.

        A round is never cut short by the next one, which would leave a letter in doubt: the next finds it busy.
        """
        await self.desk.mail.deliver()

    def open_screen(self, screen: Screen[None]) -> None:
        """Put a screen on top."""
        self.push_screen(screen)

    def name_of(self, school: SchoolId) -> str:
        """Return the name of a school this person may see; its BRIN otherwise."""
        return next(
            (line.name for line in self.desk.worklist.lines(self.session.actor) if line.id == school), str(school)
        )

    def look_again(self) -> None:
        """Go on with other data under the same app: screens about what is no longer there go away."""
        from tui.screens.trainer import TrainerScreen
        from tui.screens.worklist import WorklistScreen

        for screen in self.screen_stack[1:]:
            if isinstance(screen, WorklistScreen):
                screen.fill()
            elif not isinstance(screen, TrainerScreen):
                screen.dismiss()

    def hush(self) -> None:
        """Take away what was told in passing: it would lie over the buttons of a screen that has them. Warnings stay."""
        for notice in [notice for notice in self._notifications if notice.severity == "information"]:
            self._unnotify(notice)

    def action_coach(self) -> None:
        """Show the story, or leave it when it is on top."""
        from tui.screens.trainer import TrainerScreen

        if isinstance(self.screen, TrainerScreen):
            self.screen.dismiss(None)
        elif self.session.coach is not None:
            self.push_screen(TrainerScreen(self.session.coach))

    async def action_leave(self) -> None:
        """Leave: every decision was stored when it was taken. Letters that are due go first, or stay in the queue."""
        await asyncio.wait({asyncio.ensure_future(self.last_round())}, timeout=PARTING)
        self.exit(0)

    async def last_round(self) -> None:
        """Bring round what is due; what cannot go now goes with the next program that runs."""
        with suppress(KoppeldeskError):
            await self.desk.mail.deliver()

    def _handle_exception(self, error: Exception) -> None:
        """Leave with a Dutch sentence and a reference; a traceback would show the values of a child's record."""
        cause = error.error if isinstance(error, WorkerFailed) and isinstance(error.error, Exception) else error
        shown = unforeseen(cause)
        lines = (shown.what, shown.stored, shown.todo, _("Referentie: {reference}").format(reference=shown.reference))
        self._return_code = shown.exit_code
        self.exit(shown.exit_code, return_code=shown.exit_code, message="\n".join(lines))


def open_app(session: Session, *, review: SchoolId | None = None) -> int:
    """Run the app until the person leaves; return the exit code. Raises UnreadableInput when there is no terminal."""
    if not (sys.stdin.isatty() and sys.stderr.isatty()):
        raise UnreadableInput(
            _("Hiervoor is een scherm nodig, en dat is er niet."),
            todo=_("Start koppeldesk in een terminal, of gebruik een opdracht: koppeldesk --help"),
        )
    collector.postpone()
    app = KoppeldeskApp(session, review=review)
    result = app.run()
    return app.return_code or result or 0
