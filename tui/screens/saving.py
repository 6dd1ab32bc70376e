"""A list saved as a CSV file on this machine; over SSH that would be the server, so there it is refused."""

from __future__ import annotations

from pathlib import Path

from core.errors import Refused
from core.importing.dutch_csv import rows_as_csv
from core.language import _, ngettext
from core.model import SchoolId
from tui.files import typed_path, write_new
from tui.screens.base import DeskScreen
from tui.screens.dialogs import TypeDialog
from tui.widgets.review_rows import ReviewRows


def save_as_csv(screen: DeskScreen, school: SchoolId, rows: ReviewRows, *, name: str) -> None:
    """Ask where to, and save the rows; a guest over SSH is told what to type instead."""
    if screen.actor.fingerprint:
        screen.explain(not_over_ssh(school))
        return

    def typed(path: str | None) -> None:
        if path is not None and (told := screen.attempt(lambda: saved(rows, typed_path(path)))):
            screen.notify(told)

    explanation = _("Met de kolommen en het filter van het scherm; opent in Excel.")
    dialog = TypeDialog(_("Opslaan als CSV"), explanation=explanation, value=f"{school.short}-{name}.csv")
    screen.app.push_screen(dialog, typed)


def saved(rows: ReviewRows, path: Path) -> str:
    """Write the rows as they are shown, and say so; an existing file is left alone. Raises UnreadableInput or TryLater."""
    write_new(path, rows_as_csv(rows).encode())
    told = ngettext("{n} rij opgeslagen in {path}.", "{n} rijen opgeslagen in {path}.", len(rows))
    return told.format(n=len(rows), path=path)


def not_over_ssh(school: SchoolId) -> Refused:
    """Return why a guest saves nothing here, and what to type instead."""
    return Refused(
        _("Over SSH kan hier geen bestand worden opgeslagen: het zou op de server komen."),
        todo=_("Typ op uw eigen computer: ssh … export {brin} > {brin}.csv").format(brin=school.short),
    )
