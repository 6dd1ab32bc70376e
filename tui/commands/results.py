"""`koppeldesk results`: read results in, and follow them on their way to ParnasSys."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

from cyclopts import App, Parameter

from core.desk.elsewhere import told_elsewhere
from core.desk.result_rows import Wanted
from core.errors import UnreadableInput
from core.language import _, ngettext
from core.model import SchoolYear
from core.scores.intake import COLUMNS
from core.scores.ledger import State
from core.scores.message import ResultKey
from tui.commands.asking import typed
from tui.commands.choosing import one_of
from tui.commands.result_facts import (
    cause_facts,
    cause_line,
    intake_facts,
    intake_lines,
    row_facts,
    row_line,
    unreadable,
)
from tui.files import content_of
from tui.session import Brin, Here, Json

app = App(name="results", help_format="plaintext")


@app.command(name="import")
def import_(
    file: Path,
    /,
    *,
    dry_run: Annotated[bool, Parameter(negative="", help="Alleen nakijken; er wordt niets opgeslagen.")] = False,
    json: Json = False,
    here: Here,
) -> int:
    """Leest een CSV-bestand met resultaten in: alles of niets. De kolommen staan in fixtures/results/README.md.

    Voorbeeld: koppeldesk results import toetsen.csv --dry-run
    """
    report = here.desk.scores.import_csv(here.actor, content_of(file), name=_shown(file.name), dry_run=dry_run)
    if report.problems and not json:
        raise unreadable(report)
    here.show(intake_facts(report), json=json, lines=intake_lines(report))
    return UnreadableInput.exit_code if report.problems else 0


@app.command
def status(
    school: Brin,
    /,
    *,
    state: Annotated[
        list[str] | None, Parameter(negative="", help="Alleen resultaten met deze status; herhaalbaar.")
    ] = None,
    search: Annotated[str, Parameter(help="Deel van een naam, toets of toetscode.")] = "",
    school_year: Annotated[
        str, Parameter(help="Alleen dit schooljaar, zoals 2025-2026; ook als het is opgeborgen.")
    ] = "",
    json: Json = False,
    here: Here,
) -> int:
    """Toont de resultaten van een school, met per resultaat de status en de reden.

    Voorbeeld: koppeldesk results status 12AB --state afgekeurd
    """
    states = frozenset(one_of(State, each) for each in state or ())
    year = _year(school_year) if school_year else None
    found = here.desk.scores.status(here.actor, school, Wanted(states=states, text=search, year=year))
    facts = {
        "school": str(school),
        "name": found.name,
        "counts": {each.value: count for each, count in found.counts.items()},
        "put_away": [str(each) for each in found.put_away],
        "elsewhere": found.elsewhere,
        "causes": [cause_facts(cause) for cause in found.causes],
        "resends": [{"school_year": str(r.year), "at": r.at.isoformat(), "by": r.by} for r in found.resends],
        "results": [row_facts(row) for row in found.rows],
    }
    counts = " · ".join(f"{count} {_(each.value)}" for each, count in found.counts.items() if count)
    lines = [f"{school} {found.name}", counts or _("Er zijn nog geen resultaten.")]
    if found.elsewhere:
        lines.append("! " + told_elsewhere(found.elsewhere) + f" → koppeldesk results elsewhere {school}")
    lines += [cause_line(cause) for cause in found.causes]
    lines += [row_line(row) for row in found.rows] if state or search or year else []
    if found.put_away and not year:
        lines.append(_("Opgeborgen: {years} (--school-year).").format(years=", ".join(map(str, found.put_away))))
    here.show(facts, json=json, lines=lines)
    return 1 if found.counts[State.REJECTED] or found.elsewhere else 0


@app.command
def history(school: Brin, key: str, /, *, json: Json = False, here: Here) -> int:
    """Toont alles wat er met één resultaat gebeurd is.

    Voorbeeld: koppeldesk results history 12AB kd-7195e9e4b7f60ce45ad7b302af0636e1
    """
    course = here.desk.scores.history(here.actor, school, ResultKey(key))
    steps = [
        {
            "at": step.at.isoformat(),
            "state": step.to.value,
            "what": words.what,
            "todo": words.todo,
            "detail": step.detail,
            "by": step.by,
        }
        for step, words in course.steps
    ]
    lines = [row_line(course.row)]
    for step, words in course.steps:
        lines.append(f"  {step.at:%d-%m-%Y %H:%M:%S}  {_(step.to.value):<12} {words.what} {step.detail}".rstrip())
    here.show({**row_facts(course.row), "steps": steps}, json=json, lines=lines)
    return 0


@app.command
def add(
    school: Brin,
    /,
    *fields: Annotated[str, Parameter(help="Telkens kolom=waarde, zoals leerling=p1 toets=BOOM-TL-35.")],
    json: Json = False,
    here: Here,
) -> int:
    """Voegt één resultaat toe, met de kolommen van het CSV-bestand als velden.

    Voorbeeld: koppeldesk results add 12AB leerling=p1 toets=BOOM-TL-35 versie=2026 afnamedatum=3-11-2026 score=22
    """
    form = {}
    for field in fields:
        column, equals, value = field.partition("=")
        if not equals or column not in COLUMNS:
            raise UnreadableInput(
                _("“{field}” is geen veld.").format(field=field),
                todo=_("Geef kolom=waarde; de kolommen zijn: {columns}.").format(columns=", ".join(COLUMNS[1:])),
            )
        form[column] = value
    row = here.desk.scores.add(here.actor, school, form)
    here.show(row_facts(row), json=json, lines=[row_line(row)])
    return 0


@app.command
def again(school: Brin, /, *keys: str, json: Json = False, here: Here) -> int:
    """Biedt afgekeurde resultaten in de volgende nachtelijke run opnieuw aan; zonder kenmerken alle afgekeurde.

    Voorbeeld: koppeldesk results again 12AB
    """
    chosen = list(map(ResultKey, keys))
    if not chosen:
        found = here.desk.scores.status(here.actor, school, Wanted(states=frozenset({State.REJECTED})))
        chosen = [row.key for row in found.rows]
    count = here.desk.scores.try_again(here.actor, school, chosen)
    here.show({"offered": count}, json=json, lines=[_("{n} resultaten opnieuw aangeboden.").format(n=count)])
    return 0


@app.command
def elsewhere(school: Brin, /, *, json: Json = False, here: Here) -> int:
    """Toont scores die in ParnasSys misschien bij een ander kind staan, en bij wie.

    Voorbeeld: koppeldesk results elsewhere 12AB
    """
    found = here.desk.elsewhere.show(here.actor, school)
    lines = [_("Er staat voor zover bekend niets bij een ander kind.")]
    if found:
        lines = [
            f"{one.row.key}  {row_line(one.row)}\n  " + _("staat misschien bij") + f": {', '.join(one.places)}"
            for one in found
        ]
        lines.append(_("Laat de school ze in ParnasSys verwijderen; meld ze daarna met: koppeldesk results removed"))
    here.show([{**row_facts(one.row), "places": one.places} for one in found], json=json, lines=lines)
    return 1 if found else 0


@app.command
def removed(school: Brin, /, *keys: str, json: Json = False, here: Here) -> int:
    """Meldt dat de school deze scores in ParnasSys bij het andere kind verwijderd heeft; ze gaan naar het juiste kind.

    Voorbeeld: koppeldesk results removed 12AB kd-7195e9e4b7f60ce45ad7b302af0636e1
    """
    if not keys:
        raise UnreadableInput(
            _("Noem de resultaten die verwijderd zijn."),
            todo=_("Kijk welke dat kunnen zijn: koppeldesk results elsewhere {school}").format(school=school),
        )
    count = here.desk.elsewhere.removed(here.actor, school, map(ResultKey, keys))
    told = ngettext(
        "{n} score gaat met de volgende nachtelijke run naar het juiste kind.",
        "{n} scores gaan met de volgende nachtelijke run naar het juiste kind.",
        count,
    ).format(n=count)
    here.show({"removed": count}, json=json, lines=[told])
    return 0


@app.command
def resend(
    school: Brin,
    /,
    *,
    school_year: Annotated[str, Parameter(help="Het vorige schooljaar, zoals 2025-2026.")],
    confirm: Annotated[str, Parameter(help="Het BRIN, als bevestiging.")] = "",
    why: Annotated[str, Parameter(help="Wie er om vroeg, voor het logboek.")] = "",
    json: Json = False,
    here: Here,
) -> int:
    """Laat de resultaten van het vorige schooljaar alsnog verzenden, op verzoek van de school.

    Voorbeeld: koppeldesk results resend 12AB --school-year 2025-2026 --confirm 12AB
    """
    year = _year(school_year)
    plan = here.desk.scores.resend_plan(here.actor, school, year)
    released = _("{n} resultaten van {p} leerlingen, schooljaar {year}").format(
        n=plan.results, p=plan.pupils, year=year
    )
    confirm = confirm or typed(school.brin, [released])
    here.desk.scores.resend(here.actor, school, year, confirm=confirm, why=why)
    facts = {"school": str(school), "school_year": str(year), "results": plan.results, "pupils": plan.pupils}
    here.show(facts, json=json, lines=[_("{what}: gaan met de volgende nachtelijke run mee.").format(what=released)])
    return 0


def _shown(name: str) -> str:
    """Return a name of a file as it can be kept: on one line, without bytes that are no text."""
    text = name.encode("utf-8", "replace").decode()
    return "".join(sign if sign.isprintable() else "?" for sign in text)


def _year(text: str) -> SchoolYear:
    try:
        return SchoolYear.parse(text)
    except ValueError as error:
        raise UnreadableInput(
            _("“{text}” is geen schooljaar.").format(text=text), todo=_("Geef het zoals 2025-2026.")
        ) from error
