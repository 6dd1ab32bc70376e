"""`koppeldesk privacy`: what is held of a school, and the purge of what is past its time."""

from __future__ import annotations

from typing import Annotated

from cyclopts import App, Parameter

from core.desk.privacy import Purged
from core.language import _
from tui.commands.asking import Yes, at_a_terminal, meant
from tui.session import Brin, Here, Json

app = App(name="privacy", help_format="plaintext")


@app.command
def show(brin: Brin, /, *, json: Json = False, here: Here) -> int:
    """Toont wat er van een school bewaard wordt, en tot wanneer.

    Voorbeeld: koppeldesk privacy show 12AB
    """
    held = here.desk.privacy.overview(here.actor, brin)
    lines = [
        line
        for each in held
        for line in (f"{each.count:>6}  {each.what}", f"        {each.fields}", f"        {each.kept}")
        if line.strip()
    ]
    here.show(held, json=json, lines=lines)
    return 0


@app.command
def purge(
    *,
    dry_run: Annotated[bool, Parameter(negative="", help="Alleen tellen.")] = False,
    yes: Yes = False,
    json: Json = False,
    here: Here,
) -> int:
    """Gooit weg wat langer bewaard is dan ingesteld. Geeft 1 terug als een school overgeslagen is.

    Voorbeeld: koppeldesk privacy purge --dry-run
    """
    nothing = _("Er is niets weggegooid.")
    if not dry_run:
        would = here.desk.privacy.purge(here.actor, dry_run=True) if at_a_terminal() else Purged()
        meant(yes=yes, what=_lines(would), refused=nothing)
    gone = here.desk.privacy.purge(here.actor, dry_run=dry_run)
    here.show(gone, json=json, lines=[*_lines(gone), *([nothing] if dry_run else [])])
    return 1 if gone.unreadable else 0


def _lines(gone: Purged) -> list[str]:
    return [
        _("Leerlingen: {pupils}, resultaten: {results}").format(pupils=gone.pupils, results=gone.results),
        _("Imports die nog terug te draaien waren: {imports}, beslissingen bij imports: {reviews}").format(
            imports=gone.roll_backs, reviews=gone.reviews
        ),
        _("UWLR-berichten: {messages}").format(messages=gone.messages),
        _("Berichten: {letters}, regels in het logboek: {audit}").format(letters=gone.letters, audit=gone.audit),
        *(_("Overgeslagen, bestand beschadigd: {school}").format(school=school) for school in gone.unreadable),
    ]
