"""External numbers of a school: cleared after what that means was shown and confirmed, or put back."""

from __future__ import annotations

from collections.abc import Callable

from core.importing.externals import Recognition
from core.language import _
from core.model import SchoolId
from tui.screens.base import DeskScreen
from tui.screens.dialogs import AskDialog, TypeDialog


def clear_numbers(screen: DeskScreen, school: SchoolId) -> None:
    """Ask on top of `screen`, and do what is answered; a screen shows it when it is on top again."""
    links = screen.desk.links
    page = screen.attempt(lambda: screen.desk.schools.show(screen.actor, school))
    if page is None:
        return
    if page.externals:
        preview = screen.attempt(lambda: links.clear_preview(screen.actor, school))
        if preview is None:
            return

        def typed(brin: str | None) -> None:
            if brin:
                do(screen, lambda: links.clear_external(screen.actor, school), _("De externe nummers zijn leeg."))

        question = _("Typ de BRIN om de externe nummers te wissen")
        dialog = TypeDialog(question, explanation=what_it_means(preview), must_be=school.brin)
        screen.app.push_screen(dialog, typed)
    elif page.kept_numbers:

        def answered(yes: bool | None) -> None:
            if yes:
                do(screen, lambda: links.restore_external(screen.actor, school), _("De externe nummers staan terug."))

        screen.app.push_screen(AskDialog(_("Externe nummers terugzetten?")), answered)
    else:
        screen.notify(_("Alle externe nummers zijn al leeg."))


def do(screen: DeskScreen, work: Callable[[], object], told: str) -> None:
    """Do something at the desk, and say so when it worked."""
    if screen.attempt(lambda: (work(),)):
        screen.notify(told)


def what_it_means(preview: Recognition) -> str:
    """Say how many pupils stay recognisable without their numbers."""
    return "\n".join(
        (
            _("Hiermee worden geen toetsgegevens verwijderd! De nummers blijven apart bewaard tot de volgende import."),
            _("Leerlingen te herkennen aan het ECK iD: {n}").format(n=preview.by_eckid),
            _("Leerlingen alleen aan naam en geboortedatum: {n}").format(n=preview.by_name_and_birth),
            _("Leerlingen dan niet zeker te herkennen: {n}").format(n=preview.ambiguous),
        )
    )
