"""`koppeldesk message`: what went over the line to ParnasSys last."""

from __future__ import annotations

from typing import Annotated

from cyclopts import App, Parameter

from core.language import _
from core.uwlr.record import Exchange
from tui.commands.telling import moment
from tui.session import Brin, Here, Json

app = App(name="message", help_format="plaintext")


@app.command
def show(
    brin: Brin,
    /,
    *,
    operation: Annotated[str, Parameter(help="Alleen deze, bijvoorbeeld BrengLeerresultaten.")] = "",
    names: Annotated[
        bool, Parameter(negative="", help="Namen en geboortedatums niet verbergen (komt in het logboek).")
    ] = False,
    json: Json = False,
    here: Here,
) -> int:
    """Toont de laatste UWLR-berichten van een school: verzoek en antwoord. Sleutels zijn nooit te zien.

    Voorbeeld: koppeldesk message show 12AB --operation HaalLeerlinggegevens
    """
    kept = here.desk.messages.show(here.actor, brin, names=names)
    found = [exchange for exchange in kept if operation.lower() in ("", exchange.operation.lower())]
    nothing = [_("Er is geen bericht bewaard.")]
    lines = [line for exchange in found for line in _lines(exchange)] or nothing
    here.show([_facts(exchange) for exchange in found], json=json, lines=lines)
    return 0


def _lines(exchange: Exchange) -> list[str]:
    status = _("HTTP {status}").format(status=exchange.status) if exchange.status else _("geen antwoord")
    return [
        f"{exchange.operation} {exchange.version}  {moment(exchange.at)}  {status}",
        _("Uitkomst: {outcome}").format(outcome=exchange.outcome),
        "",
        _("Verzoek"),
        exchange.request,
        "",
        _("Antwoord"),
        exchange.answer or _("(geen)"),
        "",
    ]


def _facts(exchange: Exchange) -> dict[str, object]:
    return {
        "operation": exchange.operation,
        "version": exchange.version,
        "at": exchange.at,
        "seconds": exchange.took.total_seconds(),
        "status": exchange.status,
        "outcome": exchange.outcome,
        "request": exchange.request,
        "answer": exchange.answer,
    }
