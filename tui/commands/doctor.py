"""`koppeldesk doctor`: is everything in order, and what to do about what is not."""

from __future__ import annotations

import asyncio
from typing import Annotated

from cyclopts import App, Parameter

from core.linking.checks import Outcome
from tui.session import Here, Json

app = App(name="doctor", help_format="plaintext")

_MARKS = {Outcome.GOOD: "✓", Outcome.BAD: "✗", Outcome.UNKNOWN: "?"}


@app.default
def doctor(
    *,
    deep: Annotated[bool, Parameter(negative="", help="Lees elk bestand van elke school.")] = False,
    repair: Annotated[bool, Parameter(negative="", help="Maak de lijst van scholen opnieuw.")] = False,
    json: Json = False,
    here: Here,
) -> int:
    """Controleert instellingen, gegevensmap, klok, en of ParnasSys en de mailserver te bereiken zijn.

    Geeft 0 terug als alles goed is, 5 als er iets beschadigd is, anders 1.

    Voorbeeld: koppeldesk doctor --deep
    """
    if repair:
        here.desk.doctor.repair(here.actor)
    findings = asyncio.run(here.desk.doctor.examine(here.actor, deep=deep))
    lines = []
    for each in findings:
        lines.append(f"{_MARKS[each.outcome]} {each.what:<14} {each.finding}")
        if each.todo:
            lines.append(f"  → {each.todo}")
    here.show(findings, json=json, lines=lines)
    if any(each.broken for each in findings):
        return 5
    return 1 if any(each.outcome is Outcome.BAD for each in findings) else 0
