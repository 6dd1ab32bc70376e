"""What `k` does on a school's screen: the next step on the drawing, asked for in the manual's words."""

from __future__ import annotations

from collections.abc import Callable

from core.desk.schools import SchoolPage
from core.errors import KoppeldeskError
from core.language import _
from core.linking.link import LinkState
from core.model import SchoolId
from tui.screens.base import DeskScreen
from tui.screens.dialogs import AskDialog, ChooseDialog, TypeDialog


class StepScreen(DeskScreen):
    """A screen about one school, from which steps are taken."""

    def __init__(self, school: SchoolId) -> None:
        super().__init__()
        self.school = school
        self.page: SchoolPage | None = None
        """The school as it is now; None = it cannot be shown."""

    def fill(self) -> None:
        """Show the school as it is now."""

    def action_import(self) -> None:
        """Fetch from ParnasSys and look at what came in."""

    def done(self, work: Callable[[], object], told: str) -> None:
        """Do something at the desk; say so and show the school anew when it worked."""
        try:
            work()
        except KoppeldeskError as error:
            self.explain(error)
        else:
            self.notify(told)
            self.fill()


def next_step(screen: StepScreen) -> None:
    """Ask for, and take, the next step of this school's link."""
    link = screen.page.link if screen.page else None
    match link.state if link else None:
        case None | LinkState.REFUSED | LinkState.ENDED:
            request(screen)
        case LinkState.REQUESTED:
            open_or_refuse(screen)
        case LinkState.OPENED | LinkState.REJECTED:
            apply(screen)
        case LinkState.SUBMITTED:
            decide(screen)
        case LinkState.APPROVED:
            screen.action_import()
        case LinkState.ACTIVE | LinkState.DISTURBED:
            maintain(screen)


def request(screen: StepScreen) -> None:
    """The school asks for the link."""

    def answered(yes: bool | None) -> None:
        if yes:
            screen.done(lambda: links.request(screen.actor, screen.school), _("De koppeling is aangevraagd."))

    links = screen.desk.links
    explanation = _("De beheerders krijgen een bevestiging. Aan de koppeling zijn geen kosten verbonden.")
    screen.app.push_screen(AskDialog(_("UWLR-koppeling aanvragen?"), explanation=explanation), answered)


def open_or_refuse(screen: StepScreen) -> None:
    """Customer service opened the link in ParnasSys, or refuses the request."""
    links = screen.desk.links

    def refused(why: str | None) -> None:
        if why:
            screen.done(lambda: links.refuse(screen.actor, screen.school, why), _("De aanvraag is geweigerd."))

    def chosen(what: str | None) -> None:
        if what == "open":
            screen.done(lambda: links.open(screen.actor, screen.school), _("De koppeling is opengezet."))
        elif what == "refuse":
            screen.app.push_screen(TypeDialog(_("Waarom wordt de aanvraag geweigerd?")), refused)

    explanation = _("UWLR kan dit niet zelf: zet de koppeling eerst open in ParnasSys, en leg het hier vast.")
    options = {"open": _("Is opengezet in ParnasSys"), "refuse": _("Weigeren, met reden")}
    screen.app.push_screen(ChooseDialog(_("Aanvraag van de school"), options, explanation=explanation), chosen)


def apply(screen: StepScreen) -> None:
    """Open the form `koppelen met LAS`."""
    from tui.screens.apply import ApplyScreen

    screen.desk_app.open_screen(ApplyScreen(screen.school))


def decide(screen: StepScreen) -> None:
    """Open the checks that customer service sees before it decides."""
    from tui.screens.checks import ChecksScreen

    screen.desk_app.open_screen(ChecksScreen(screen.school))


def maintain(screen: StepScreen) -> None:
    """A new key, or the check of a new school year."""
    from core.model import Secret
    from tui.screens.checks import ChecksScreen

    links = screen.desk.links

    def pasted(key: str | None) -> None:
        if key:
            screen.done(
                lambda: links.renew_key(screen.actor, screen.school, Secret(key)), _("De nieuwe sleutel is bewaard.")
            )

    def chosen(what: str | None) -> None:
        if what == "key":
            screen.app.push_screen(TypeDialog(_("Plak de nieuwe autorisatiesleutel"), password=True), pasted)
        elif what == "year":
            screen.desk_app.open_screen(ChecksScreen(screen.school, new_year=True))

    options = {"key": _("Nieuwe autorisatiesleutel plakken"), "year": _("Schooljaar controleren")}
    screen.app.push_screen(ChooseDialog(_("Koppeling onderhouden"), options), chosen)
