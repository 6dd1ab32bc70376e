"""What ParnasSys' refusal of a message is about: a pupil, a test, or one result (uwlr.md §5.2)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum, auto

from core.scores.ledger import Entry
from core.scores.reasons import Reason


class Scope(Enum):
    """What all shares one fate when it is refused."""

    PUPIL = auto()
    TEST = auto()
    RESULT = auto()


@dataclass(frozen=True, slots=True, kw_only=True)
class Refusal:
    """What a fault code means for results."""

    scope: Scope
    reason: Reason


REFUSALS: dict[str, Refusal] = {
    "Client.LeerlingOngeldig": Refusal(scope=Scope.PUPIL, reason=Reason.PUPIL_INVALID),
    "Client.ToetsNormeringOngeldig": Refusal(scope=Scope.TEST, reason=Reason.TEST_INVALID),
    "Client.VocabulaireTermOngeldig": Refusal(scope=Scope.TEST, reason=Reason.TERM_INVALID),
    "Client.ScoreOngeldig": Refusal(scope=Scope.RESULT, reason=Reason.SCORE_INVALID),
    "Client.EldResultaatOngeldig": Refusal(scope=Scope.RESULT, reason=Reason.SCORE_INVALID),
}
"""Codes that point at what is wrong."""

VAGUE = Refusal(scope=Scope.RESULT, reason=Reason.MESSAGE_INVALID)
"""Any other: something in the message, or the other side's own trouble under a client code (uwlr.md §5.3)."""


def refusal_of(code: str) -> Refusal:
    """Return what the fault code is about."""
    return REFUSALS.get(code, VAGUE)


def units_of(entries: Iterable[Entry], scope: Scope) -> list[list[Entry]]:
    """Return the results in groups that share one fate, in the order they came."""
    units: dict[str, list[Entry]] = {}
    for entry in entries:
        units.setdefault(_mark(entry, scope), []).append(entry)
    return list(units.values())


def _mark(entry: Entry, scope: Scope) -> str:
    match scope:
        case Scope.PUPIL:
            return entry.result.pupil
        case Scope.TEST:
            return entry.result.test
        case Scope.RESULT:
            return entry.key
