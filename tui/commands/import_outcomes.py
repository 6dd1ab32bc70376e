"""What came of fetching and of deciding: as facts for `--json`, and as lines for a person."""

from __future__ import annotations

from collections.abc import Sequence

from core.desk.imports import Decided
from core.desk.pulling import Empty, Pulled, ReviewMade, ReviewRefreshed, Unchanged
from core.importing.decisions import RowKey
from core.language import _, ngettext


def pulled_facts(pulled: Pulled) -> dict[str, object]:
    """Return what came of fetching."""
    match pulled:
        case ReviewMade():
            return {
                "outcome": "ready",
                "review": pulled.review,
                "received": pulled.received,
                "whole": pulled.whole,
                "not_whole_because": list(pulled.doubts),
            }
        case ReviewRefreshed():
            return {
                "outcome": "refreshed",
                "review": pulled.review,
                "revision": pulled.revision,
                "changed": [key.incoming for key in pulled.changed],
                "lapsed": [key.incoming for key in pulled.lapsed],
                "whole": pulled.whole,
                "not_whole_because": list(pulled.doubts),
            }
        case Unchanged():
            return {"outcome": "unchanged", "review": pulled.review}
        case Empty():
            return {"outcome": "nothing"}


def pulled_lines(pulled: Pulled) -> list[str]:
    """Return what came of fetching for a person."""
    match pulled:
        case ReviewMade():
            received = ", ".join(f"{count} {_(kind)}" for kind, count in pulled.received.items())
            return [_("Opgehaald: {received}. De import staat klaar.").format(received=received), *pulled.doubts]
        case ReviewRefreshed():
            said = _("Ververst: {changed} rijen anders, {lapsed} keuzes gelden niet meer.")
            return [said.format(changed=len(pulled.changed), lapsed=len(pulled.lapsed)), *pulled.doubts]
        case Unchanged():
            return [_("Er is niets veranderd sinds de vorige keer.")]
        case Empty():
            return [_("ParnasSys heeft geen gegevens van deze school; er verandert niets.")]


def decided_facts(decided: Decided, missing: Sequence[RowKey], others: Sequence[RowKey]) -> dict[str, object]:
    """Return what came of an act."""
    return {
        "changed": [{"kind": key.kind.value, "incoming": key.incoming} for key in sorted(decided.changed)],
        "overtaken": [key.incoming for key in decided.overtaken],
        "not_here": [key.incoming for key in missing],
        "somebody_else": [key.incoming for key in others],
        "nothing_to_do": decided.nothing_to_do,
    }


def decided_lines(decided: Decided, missing: Sequence[RowKey], others: Sequence[RowKey]) -> list[str]:
    """Return what came of an act for a person."""
    if decided.nothing_to_do:
        return [_("Er was niets te doen.")]
    lines = [
        ngettext("{n} rij bijgewerkt.", "{n} rijen bijgewerkt.", len(decided.changed)).format(n=len(decided.changed))
    ]
    lines += [_("{row}: een collega was u voor; kies opnieuw.").format(row=key.incoming) for key in decided.overtaken]
    lines += [_("{row}: staat hier niet; overgeslagen.").format(row=key.incoming) for key in missing]
    lines += [_("{row}: is hier iemand anders; overgeslagen.").format(row=key.incoming) for key in others]
    return lines
