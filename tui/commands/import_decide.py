"""`koppeldesk import decide`: one decision about some rows, or the decisions of a saved review."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Annotated

from cyclopts import Parameter

from core.errors import UnreadableInput
from core.importing.decisions import Category, GiveEmail, RowKey, Step
from core.importing.session import ReviewSession
from core.language import _
from core.model import IncomingRef, Kind
from tui.commands.import_facts import PLURAL
from tui.commands.import_outcomes import decided_facts, decided_lines
from tui.commands.import_words import SOMETHING_TO_DO, category_from, kind_from
from tui.files import text_from
from tui.session import Brin, Here, Json


def decide(
    brin: Brin,
    /,
    *rows: Annotated[str, Parameter(help="Sleutels van rijen, zoals las:123 (zie import show).")],
    kind: Annotated[str, Parameter(help="Groep, leerkracht of leerling.")] = "leerling",
    to: Annotated[str | None, Parameter(help='Nieuw, bestaand of "niet importeren".')] = None,
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
    others: Sequence[RowKey] = ()
    if undo:
        decided = desk.undo(here.actor, session)
    elif redo:
        decided = desk.redo(here.actor, session)
    elif file:
        replayed = desk.replay(here.actor, session, text_from(file))
        decided, missing, others = replayed.decided, (*replayed.missing, *replayed.gone), replayed.others
    elif accept:
        decided = desk.accept(here.actor, session, keys or [row.key for row in session.doubts()])
    else:
        category = category_from(to) if to else None
        decided = desk.decide(
            here.actor, session, list(_steps(session, keys, category, existing, with_pupils, not_same, email))
        )
    desk.leave(here.actor, session)
    told = decided_facts(decided, missing, others)
    here.show(told, json=json, lines=decided_lines(decided, missing, others))
    return SOMETHING_TO_DO if decided.overtaken or missing or others else 0


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
            yield from session.steps.not_same(key, not_same)
        if email is not None:
            yield GiveEmail(incoming=key.incoming, email=email)
        if category and with_pupils and key.kind is Kind.GROUP:
            yield from session.steps.with_pupils(key, category)
        elif category:
            yield session.steps.moved(key, category, existing)
