"""`koppeldesk import`: fetch, review, commit and take back without a screen; the same rules and limits as on it."""

from __future__ import annotations

import asyncio
import sys
from pathlib import Path
from typing import Annotated

from cyclopts import App, Parameter

from core.desk.pulling import ReviewMade, ReviewRefreshed
from core.importing.rows import Selection
from core.importing.session import ReviewSession
from core.language import _
from core.model import Kind, LasKey
from tui.commands.asking import Yes, at_a_terminal, meant
from tui.commands.import_decide import decide
from tui.commands.import_facts import (
    done_facts,
    done_line,
    review_facts,
    review_lines,
    rollback_facts,
    rollback_lines,
    summary_facts,
    summary_lines,
)
from tui.commands.import_held import approve, discard_held, held
from tui.commands.import_outcomes import pulled_facts, pulled_lines
from tui.commands.import_words import (
    SOMETHING_TO_DO,
    Confirm,
    DryRun,
    category_from,
    kind_from,
    show_from,
)
from tui.files import text_from, write_file
from tui.session import Brin, Here, Json

app = App(name="import", help_format="plaintext")

app.command(decide)
app.command(held)
app.command(approve)
app.command(discard_held, name="discard-held")
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
    kind: Annotated[str | None, Parameter(help="Groep, leerkracht of leerling.")] = None,
    category: Annotated[str | None, Parameter(help='Nieuw, bestaand of "niet importeren".')] = None,
    only: Annotated[str, Parameter(help="Alles, twijfel, gewijzigd, probleem of 'zonder problemen'.")] = "alles",
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
    written = [path for path in (csv, save) if path]
    if csv:
        write_file(csv, here.desk.imports.export(here.actor, session, selections).encode())
    if save:
        write_file(save, here.desk.imports.save(here.actor, session).encode())
    if compare:
        return _compare(session, compare, json=json, here=here)
    rows = [row for selection in selections for row in session.rows(selection)]
    shown = rows if kind or only != "alles" or any(narrowed) else []
    lines = [
        *review_lines(session, [] if csv else shown),
        *(_("Geschreven: {path}").format(path=path) for path in written),
    ]
    here.show(review_facts(session, rows), json=json, lines=lines)
    return done


def _compare(session: ReviewSession, path: Path, *, json: bool, here: Here) -> int:
    unlike = here.desk.imports.compare(here.actor, session, text_from(path))
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
        if dry_run:
            return 0
        meant(yes=False, word=brin.brin, ask=not json, refused=_("Dit was alleen de samenvatting."))
    done = desk.commit(here.actor, brin, confirm=confirm, seen=summary.seen)
    here.show(done_facts(done), json=json, lines=[_("De gegevens zijn geïmporteerd."), done_line(done)])
    return 0


@app.command
def discard(brin: Brin, /, *, yes: Yes = False, json: Json = False, here: Here) -> int:
    """Breekt de import af die klaarstaat; er wordt niets van geïmporteerd.

    Voorbeeld: koppeldesk import discard 12AB --yes
    """
    meant(yes=yes, word=brin.brin, refused=_("Er is niets afgebroken."))
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
    if not yes and at_a_terminal() and not json:
        meant(yes=False, word=brin.brin, what=rollback_lines(back), refused=_("Er is niets teruggedraaid."))
        yes = True
    if yes:
        back = desk.rollback(here.actor, brin, import_id=back.import_id)
    said = _("De import is teruggedraaid.") if yes else _("Dit gebeurt er als u terugdraait (met --yes):")
    here.show({"done": yes, **rollback_facts(back)}, json=json, lines=[said, *rollback_lines(back)])
    return 0
