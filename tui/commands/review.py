"""`koppeldesk review BRIN`: the app, opened on the review of one school."""

from __future__ import annotations

from cyclopts import App

from tui.session import Brin, Here

app = App(name="review", help_format="plaintext")


@app.default
def review(school: Brin, /, *, here: Here) -> int:
    """Opent het scherm op de import van een school.

    Voorbeeld: koppeldesk review 12AB
    """
    from tui.app import open_app

    return open_app(here, review=school)
