"""`koppeldesk mail`: letters that were sent, wait, or need somebody."""

from __future__ import annotations

import asyncio
from typing import Annotated

from cyclopts import App, Parameter

from core.desk.mail import NEEDS_SOMEBODY
from core.language import _
from core.mail.items import Item
from tui.commands.telling import moment
from tui.session import Here, Json, school_from

app = App(name="mail", help_format="plaintext")


@app.command(name="list")
def list_(
    *, school: Annotated[str, Parameter(help="Alleen van deze BRIN.")] = "", json: Json = False, here: Here
) -> int:
    """Toont de berichten, het nieuwste eerst. Geeft 1 terug als er een is dat iemand moet bekijken.

    Voorbeeld: koppeldesk mail list --school 12AB
    """
    found = here.desk.mail.show(here.actor, school_from(school) if school else None)
    subjects = list(map(here.desk.mail.subject, found))
    lines = list(map(_line, found, subjects)) or [_("Er zijn geen berichten.")]
    here.show(list(map(_facts, found, subjects)), json=json, lines=lines)
    return 1 if any(item.state in NEEDS_SOMEBODY for item in found) else 0


@app.command
def show(letter: str, /, *, json: Json = False, here: Here) -> int:
    """Toont een bericht zoals het verzonden is of wordt.

    Voorbeeld: koppeldesk mail show 3f9a
    """
    item, subject, text = here.desk.mail.read(here.actor, letter)
    here.show({**_facts(item, subject), "text": text}, json=json, lines=[_line(item, subject), "", text])
    return 0


@app.command
def send(*, json: Json = False, here: Here) -> int:
    """Verzendt wat er wacht. Geeft 1 terug als iemand ernaar moet kijken, 4 als de mailserver er niet is.

    Voorbeeld: koppeldesk mail send
    """
    done = asyncio.run(here.desk.mail.deliver())
    if done.trouble:
        raise done.trouble
    document = {"sent": done.sent, "later": done.later, "refused": done.refused, "in_doubt": done.in_doubt}
    told = _("Verzonden: {sent}, later: {later}, geweigerd: {refused}, onbekend: {in_doubt}").format(**document)
    here.show(document, json=json, lines=[told])
    return 1 if done.refused or done.in_doubt else 0


@app.command
def again(letter: str, /, *, json: Json = False, here: Here) -> int:
    """Verzendt een bericht dat geweigerd is, of waarvan niet bekend is of het aankwam, nog eens.

    Voorbeeld: koppeldesk mail again 3f9a
    """
    here.desk.mail.again(here.actor, letter)
    return send(json=json, here=here)


def _line(item: Item, subject: str) -> str:
    receiver = f"{item.receiver.name} <{item.receiver.email}>"
    state = f"{_(item.state.value):<10}"
    parts = (item.id[:8], moment(item.changed), state, str(item.letter.school), subject, receiver, item.detail)
    return "  ".join(part for part in parts if part)


def _facts(item: Item, subject: str) -> dict[str, object]:
    return {
        "id": item.id,
        "kind": type(item.letter).__name__,
        "subject": subject,
        "school": str(item.letter.school),
        "to": item.receiver.email,
        "state": item.state.value,
        "queued": item.queued,
        "changed": item.changed,
        "attempts": item.attempts,
        "detail": item.detail,
    }
