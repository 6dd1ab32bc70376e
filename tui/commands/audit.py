"""`koppeldesk audit`: the audit log, filtered, verified, exported."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Annotated

from cyclopts import App, Parameter

from core.clock import AMSTERDAM
from core.desk.actor import Act
from core.desk.logs import Wanted
from core.desk.trail import AuditEntry
from core.errors import Damaged, UnreadableInput
from core.language import _, spoken
from tui.commands.choosing import one_of
from tui.commands.telling import moment
from tui.files import write_file
from tui.session import Here, Json, Session, school_from

app = App(name="audit", help_format="plaintext")


@app.default
def audit(
    *,
    school: Annotated[str, Parameter(help="Alleen van deze BRIN.")] = "",
    since: Annotated[str, Parameter(help="Vanaf deze dag: 2026-11-23 of 23-11-2026.")] = "",
    until: Annotated[str, Parameter(help="Tot en met deze dag.")] = "",
    by: Annotated[str, Parameter(help="Alleen van wie zo heet.")] = "",
    act: Annotated[str, Parameter(help="Alleen deze handeling.")] = "",
    refused: Annotated[bool, Parameter(negative="", help="Alleen wat geweigerd is.")] = False,
    limit: Annotated[int, Parameter(help="Hoogstens zoveel regels.")] = 200,
    verify: Annotated[bool, Parameter(negative="", help="Controleer of het logboek ongeschonden is.")] = False,
    csv: Annotated[Path | None, Parameter(help="Schrijf alle gevraagde regels naar dit bestand, voor Excel.")] = None,
    json: Json = False,
    here: Here,
) -> int:
    """Toont het logboek, de nieuwste regel eerst.

    Voorbeeld: koppeldesk audit --school 12AB --since 2026-11-01
    """
    if verify:
        return _verify(here, json)
    if limit < 1:
        raise UnreadableInput(_("{n} regels kan niet.").format(n=limit), todo=_("Geef 1 of meer."))
    wanted = Wanted(
        school=school_from(school) if school else None,
        since=_day(since),
        until=_day(until, after=True),
        by=by,
        act=one_of(Act, act) if act else "",
        refused=True if refused else None,
    )
    if csv:
        return _export(here, wanted, csv, json)
    found = here.desk.logs.read(here.actor, wanted, limit)
    here.show(found, json=json, lines=[_line(entry) for entry in found] or [_("Geen regels gevonden.")])
    return 0


def _verify(here: Session, json: bool) -> int:
    verdict = here.desk.logs.verify(here.actor)
    document = {
        "whole": verdict.whole,
        "entries": verdict.entries,
        "broken_at": verdict.broken_at,
        "cut_off": verdict.cut_off,
        "head": verdict.head,
    }
    if verdict.whole:
        told = _("Het logboek is ongeschonden: {n} regels.").format(n=verdict.entries)
        here.show(document, json=json, lines=[told, _("Kenmerk: {head}").format(head=verdict.head)])
        return 0
    if verdict.broken_at is not None:
        what = _("Het logboek klopt niet vanaf regel {number}.").format(number=verdict.broken_at)
    else:
        what = _("Aan het eind van het logboek ontbreken regels.")
    if json:
        here.show(document, json=True, lines=())
    raise Damaged(
        what,
        stored=_("Er is niets veranderd."),
        todo=_("Bewaar het bestand zoals het is en vergelijk het met een reservekopie."),
    )


def _export(here: Session, wanted: Wanted, path: Path, json: bool) -> int:
    text = here.desk.logs.export(here.actor, wanted)
    write_file(path, text.encode())
    here.show({"file": str(path)}, json=json, lines=[_("Geschreven: {path}").format(path=path)])
    return 0


def _line(entry: AuditEntry) -> str:
    moved = f"{spoken(entry.came_from)} → {spoken(entry.to)}".strip() if entry.came_from or entry.to else ""
    parts = (
        moment(entry.at),
        entry.school,
        f"{entry.by} ({_(entry.role)})",
        _("namens de school") if entry.on_behalf else "",
        _(entry.act),
        _("GEWEIGERD") if entry.refused else "",
        _(entry.subject),
        moved,
        spoken(entry.why),
    )
    return "  ".join(part for part in parts if part)


def _day(text: str, *, after: bool = False) -> datetime | None:
    """Read a day as its first moment, or as the first moment of the day after."""
    if not text:
        return None
    for form in ("%Y-%m-%d", "%d-%m-%Y"):
        try:
            day: date = datetime.strptime(text, form).replace(tzinfo=AMSTERDAM).date()
        except ValueError:
            continue
        return datetime.combine(day + timedelta(days=after), time(), AMSTERDAM)
    raise UnreadableInput(
        _("“{text}” is geen datum.").format(text=text), todo=_("Schrijf bijvoorbeeld 2026-11-23 of 23-11-2026.")
    )
