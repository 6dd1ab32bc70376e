"""`koppeldesk import`: fetch, review, commit and take back without a screen; the same rules and limits as on it."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Annotated

from cyclopts import App, Parameter

from core.desk.pulling import ReviewMade, ReviewRefreshed
from core.errors import UnreadableInput
from core.importing.decisions import Category, GiveEmail, RowKey, Step
from core.importing.rows import Selection
from core.importing.session import ReviewSession
from core.language import _
from core.model import IncomingRef, Kind, LasKey
from tui.commands.import_facts import (
    PLURAL,
    done_facts,
    done_line,
    review_facts,
    review_lines,
    rollback_facts,
    rollback_lines,
    summary_facts,
    summary_lines,
)
from tui.commands.import_outcomes import decided_facts, decided_lines, pulled_facts, pulled_lines
from tui.commands.import_words import category_from, kind_from, read_text, show_from, write_text
from tui.session import Brin, Here, Json

app = App(name="import", help_format="plaintext")

Yes = Annotated[bool, Parameter(negative="", help="Voer het echt uit.")]
DryRun = Annotated[bool, Parameter(negative="", help="Toon alleen wat er zou gebeuren.")]
Confirm = Annotated[str, Parameter(help="Het BRIN-nummer, als een grens om bevestiging vraagt.")]
SOMETHING_TO_DO = 1
STANDARD_OUTPUT = "-"


@app.command
def pull(brin: Brin, /, *, json: Json = False, here: Here) -> int:
    """Haalt de gegevens op uit ParnasSys en zet de import klaar, of ververst de import die klaarstaat.

    Voorbeeld: koppeldesk import pull 12AB
    """
    pulled = asyncio.run(here.desk.imports.pull(here.actor, brin))
    here.show(pulled_facts(pulled), json=json, lines=pulled_lines(pulled))
    return SOMETHING_TO_DO if isinstance(pulled, ReviewMade | ReviewRefreshed) else 0


@app.command
def show(
    brin: Brin,
    /,
    *,
    kind: Annotated[str | None, Parameter(help="groep, leerkracht of leerling")] = None,
    category: Annotated[str | None, Parameter(help='nieuw, bestaand of "niet importeren"')] = None,
    only: Annotated[str, Parameter(help="alles, twijfel, gewijzigd, probleem of 'zonder problemen'")] = "alles",
    group: Annotated[str | None, Parameter(help="Sleutel van één groep.")] = None,
    search: Annotated[str, Parameter(help="Deel van een naam, geboortedatum of nummer.")] = "",
    csv: Annotated[
        Path | None, Parameter(help="Schrijf de rijen naar dit CSV-bestand; --csv=- naar de uitvoer.")
    ] = None,
    save: Annotated[Path | None, Parameter(help="Bewaar alle keuzes in dit bestand.")] = None,
    compare: Annotated[Path | None, Parameter(help="Vergelijk met een bewaard bestand.")] = None,
    json: Json = False,
    here: Here,
) -> int:
    """Toont de import die klaarstaat: tellingen, rijen en wat nog tegenhoudt.

    Voorbeeld: koppeldesk import show 12AB --kind leerling --only twijfel
    """
    session = here.desk.imports.open(here.actor, brin)
    kinds = [kind_from(kind)] if kind else list(Kind)
    narrowed = (category, group, search, csv)
    selections = [
        Selection(
            kind=each,
            category=category_from(category) if category else None,
            show=show_from(only),
            group=LasKey(group) if group else None,
            search=search,
        )
        for each in kinds
    ]
    ready = all(session.counts(each).ready for each in Kind)
    done = 0 if ready else SOMETHING_TO_DO
    if str(csv) == STANDARD_OUTPUT:
        sys.stdout.write(here.desk.imports.export(here.actor, session, selections))
        return done
    if csv:
        write_text(csv, here.desk.imports.export(here.actor, session, selections))
    if save:
        write_text(save, here.desk.imports.save(here.actor, session))
    if compare:
        return _compare(session, compare, json=json, here=here)
    rows = [row for selection in selections for row in session.rows(selection)]
    shown = rows if kind or only != "alles" or any(narrowed) else []
    here.show(review_facts(session, rows), json=json, lines=review_lines(session, [] if csv else shown))
    return done


def _compare(session: ReviewSession, path: Path, *, json: bool, here: Here) -> int:
    unlike = here.desk.imports.compare(here.actor, session, read_text(path))
    facts = [
        {
            "kind": one.key.kind.value,
            "incoming": one.key.incoming,
            "here": one.ours.categorie.value if one.ours else None,
            "here_existing": one.ours.bestaand if one.ours else None,
            "there": one.theirs.categorie.value if one.theirs else None,
            "there_existing": one.theirs.bestaand if one.theirs else None,
        }
        for one in unlike
    ]
    lines = [
        _("{kind} {row}: hier {here} {here_id}, daar {there} {there_id}").format(
            kind=one["kind"],
            row=one["incoming"],
            here=one["here"] or _("niet ontvangen"),
            here_id=one["here_existing"] or "",
            there=one["there"] or _("niet ontvangen"),
            there_id=one["there_existing"] or "",
        )
        for one in facts
    ]
    here.show(facts, json=json, lines=lines or [_("Geen verschillen.")])
    return SOMETHING_TO_DO if unlike else 0


@app.command
def decide(
    brin: Brin,
    /,
    *rows: Annotated[str, Parameter(help="Sleutels van rijen, zoals las:123 (zie import show).")],
    kind: Annotated[str, Parameter(help="groep, leerkracht of leerling")] = "leerling",
    to: Annotated[str | None, Parameter(help='nieuw, bestaand of "niet importeren"')] = None,
    existing: Annotated[str | None, Parameter(help="Nummer in het testcentrum om aan te koppelen.")] = None,
    with_pupils: Annotated[bool, Parameter(negative="", help="Een groep samen met haar leerlingen.")] = False,
    not_same: Annotated[str | None, Parameter(help="Dit nummer in het testcentrum is iemand anders.")] = None,
    email: Annotated[str | None, Parameter(help="E-mailadres van een leerkracht.")] = None,
    accept: Annotated[
        bool, Parameter(negative="", help="Neem over wat er staat; zonder rijen: alle twijfels.")
    ] = False,
    undo: Annotated[bool, Parameter(negative="", help="Neem uw laatste keuze terug.")] = False,
    redo: Annotated[bool, Parameter(negative="", help="Doe de teruggenomen keuze opnieuw.")] = False,
    file: Annotated[Path | None, Parameter(help="Herhaal de keuzes uit een bewaard bestand.")] = None,
    json: Json = False,
    here: Here,
) -> int:
    """Neemt een beslissing over een of meer rijen, of herhaalt de beslissingen uit een bestand.

    Voorbeeld: koppeldesk import decide 12AB las:4711 --to bestaand --existing L-0042
    """
    desk, session = here.desk.imports, here.desk.imports.open(here.actor, brin)
    keys = [_row(session, kind_from(kind), row) for row in rows]
    missing: Sequence[RowKey] = ()
    if undo:
        decided = desk.undo(here.actor, session)
    elif redo:
        decided = desk.redo(here.actor, session)
    elif file:
        replayed = desk.replay(here.actor, session, read_text(file))
        decided, missing = replayed.decided, (*replayed.missing, *replayed.gone)
    elif accept:
        decided = desk.accept(here.actor, session, keys or [row.key for row in session.doubts()])
    else:
        category = category_from(to) if to else None
        decided = desk.decide(
            here.actor, session, list(_steps(session, keys, category, existing, with_pupils, not_same, email))
        )
    here.show(decided_facts(decided, missing), json=json, lines=decided_lines(decided, missing))
    return SOMETHING_TO_DO if decided.overtaken or missing else 0


def _row(session: ReviewSession, kind: Kind, text: str) -> RowKey:
    ref = text if text.startswith(("las:", "eck:")) else f"las:{text}"
    key = RowKey(kind, IncomingRef(ref))
    if key not in session:
        raise UnreadableInput(
            _("{row} staat niet onder {kind}.").format(row=text, kind=_(PLURAL[kind])),
            todo=_("Kies een sleutel uit koppeldesk import show, en de juiste --kind."),
        )
    return key


def _steps(
    session: ReviewSession,
    keys: Sequence[RowKey],
    category: Category | None,
    existing: str | None,
    with_pupils: bool,
    not_same: str | None,
    email: str | None,
) -> Iterator[Step]:
    if not keys or not (category or not_same or email is not None):
        raise UnreadableInput(
            _("Er is niets te beslissen: geef rijen, en --to, --not-same, --email, --accept of --file."),
            todo=_("Zie koppeldesk import decide --help."),
        )
    for key in keys:
        if not_same:
            yield from session.not_same(key, not_same)
        if email is not None:
            yield GiveEmail(incoming=key.incoming, email=email)
        if category and with_pupils and key.kind is Kind.GROUP:
            yield from session.with_pupils(key, category)
        elif category:
            yield session.moved(key, category, existing)


@app.command
def commit(
    brin: Brin,
    /,
    *,
    yes: Yes = False,
    confirm: Confirm = "",
    dry_run: DryRun = False,
    json: Json = False,
    here: Here,
) -> int:
    """Importeert wat de samenvatting toont, alles of niets.

    Voorbeeld: koppeldesk import commit 12AB --dry-run
    """
    desk = here.desk.imports
    summary = desk.summary(here.actor, brin)
    if dry_run or not yes:
        here.show(summary_facts(summary), json=json, lines=summary_lines(summary))
        desk.rehearse(here.actor, brin, confirm=confirm)
        if not dry_run:
            raise UnreadableInput(
                _("Dit was alleen de samenvatting."), todo=_("Geef --yes om de gegevens echt te importeren.")
            )
        return 0
    done = desk.commit(here.actor, brin, confirm=confirm, seen=summary.seen)
    here.show(done_facts(done), json=json, lines=[_("De gegevens zijn geïmporteerd."), done_line(done)])
    return 0


@app.command
def discard(brin: Brin, /, *, yes: Yes = False, json: Json = False, here: Here) -> int:
    """Breekt de import af die klaarstaat; er wordt niets van geïmporteerd.

    Voorbeeld: koppeldesk import discard 12AB --yes
    """
    if not yes:
        raise UnreadableInput(_("Er is niets afgebroken."), todo=_("Geef --yes om de import echt af te breken."))
    here.desk.imports.discard(here.actor, brin)
    here.show({"discarded": str(brin)}, json=json, lines=[_("De import is afgebroken; er is niets geïmporteerd.")])
    return 0


@app.command
def history(brin: Brin, /, *, json: Json = False, here: Here) -> int:
    """Toont de imports van een school, de laatste eerst.

    Voorbeeld: koppeldesk import history 12AB
    """
    imports = here.desk.imports.history(here.actor, brin)
    nothing = [_("Er is nog niets geïmporteerd.")]
    here.show([done_facts(one) for one in imports], json=json, lines=[done_line(one) for one in imports] or nothing)
    return 0


@app.command
def rollback(brin: Brin, /, *, yes: Yes = False, json: Json = False, here: Here) -> int:
    """Draait de laatste import terug; zonder --yes alleen een voorbeeld van wat er dan gebeurt.

    Voorbeeld: koppeldesk import rollback 12AB
    """
    desk = here.desk.imports
    back = desk.rollback_preview(here.actor, brin)
    if yes:
        back = desk.rollback(here.actor, brin, import_id=back.import_id)
    said = _("De import is teruggedraaid.") if yes else _("Dit gebeurt er als u terugdraait (met --yes):")
    here.show({"done": yes, **rollback_facts(back)}, json=json, lines=[said, *rollback_lines(back)])
    return 0


@app.command
def held(brin: Brin, /, *, json: Json = False, here: Here) -> int:
    """Toont de nachtelijke import die is vastgehouden, en waarom.

    Voorbeeld: koppeldesk import held 12AB
    """
    found = here.desk.night_imports.held(here.actor, brin)
    leaving = [{"id": one.before.id, "name": one.before.name.listed, "group": one.group} for one in found.plan.leaving]
    facts = {"at": found.held.at.isoformat(), "reasons": list(found.held.reasons), "deactivated": leaving}
    lines = [*found.held.reasons, *(f"  {one['name']}  {one['group']}" for one in leaving)]
    here.show(facts, json=json, lines=lines)
    return SOMETHING_TO_DO


@app.command
def approve(brin: Brin, /, *, confirm: Confirm = "", json: Json = False, here: Here) -> int:
    """Voert de vastgehouden nachtelijke import alsnog uit.

    Voorbeeld: koppeldesk import approve 12AB --confirm 12AB
    """
    done = here.desk.night_imports.approve(here.actor, brin, confirm=confirm)
    lines = [_("De vastgehouden import is uitgevoerd."), done_line(done)] if done else [_("Er was niets te wijzigen.")]
    here.show(done_facts(done) if done else None, json=json, lines=lines)
    return 0


@app.command(name="discard-held")
def discard_held(brin: Brin, /, *, yes: Yes = False, json: Json = False, here: Here) -> int:
    """Legt de vastgehouden nachtelijke import terzijde; er wordt niets van geïmporteerd.

    Voorbeeld: koppeldesk import discard-held 12AB --yes
    """
    if not yes:
        raise UnreadableInput(_("Er is niets terzijde gelegd."), todo=_("Geef --yes om dat echt te doen."))
    here.desk.night_imports.discard(here.actor, brin)
    here.show({"discarded": str(brin)}, json=json, lines=[_("De vastgehouden import is terzijde gelegd.")])
    return 0
