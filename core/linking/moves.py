"""The drawing of workflow.md §2 as a table, and the one method that moves a link along it."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from core.errors import RefusedByState
from core.language import _
from core.linking.link import Link, LinkState, Move, Party, Step

_EVERY = frozenset(LinkState)
_LINKED = frozenset({LinkState.SUBMITTED, LinkState.APPROVED, LinkState.ACTIVE, LinkState.DISTURBED})

TABLE: dict[Move, tuple[frozenset[LinkState | None], LinkState | None]] = {
    Move.REQUEST: (frozenset({None, LinkState.REFUSED, LinkState.ENDED}), LinkState.REQUESTED),
    Move.OPEN: (frozenset({LinkState.REQUESTED}), LinkState.OPENED),
    Move.REFUSE: (frozenset({LinkState.REQUESTED}), LinkState.REFUSED),
    Move.APPLY: (frozenset({LinkState.OPENED, LinkState.REJECTED}), LinkState.SUBMITTED),
    Move.APPROVE: (frozenset({LinkState.SUBMITTED}), LinkState.APPROVED),
    Move.REJECT: (frozenset({LinkState.SUBMITTED}), LinkState.REJECTED),
    Move.ACTIVATE: (frozenset({LinkState.APPROVED}), LinkState.ACTIVE),
    Move.DISTURB: (frozenset({LinkState.ACTIVE}), LinkState.DISTURBED),
    Move.RECOVER: (frozenset({LinkState.DISTURBED}), LinkState.ACTIVE),
    Move.RENEW_KEY: (_LINKED, None),
    Move.NEW_YEAR: (_LINKED, None),
    Move.END: (_EVERY - {LinkState.REFUSED, LinkState.ENDED}, LinkState.ENDED),
}
"""From which states a move may be made, and to which it leads; None as origin = no link yet, as target = it stays."""

NEEDS_REASON = frozenset({Move.REFUSE, Move.REJECT, Move.DISTURB, Move.END})
"""Moves that somebody else will ask about."""


def move(
    link: Link | None,
    what: Move,
    *,
    at: datetime,
    by: str,
    on_behalf: bool = False,
    why: str = "",
    remedy: str = "",
    blame: Party = Party.NOBODY,
) -> Link:
    """Return the link after `what`, with the step added to its course.

    Raises RefusedByState when the move is not on the drawing (it says what is missing and who must act), or when a
    reason is needed and `why` is empty.
    """
    state = link.state if link else None
    origins, target = TABLE[what]
    if state not in origins:
        raise _refusal(link, what)
    if what in NEEDS_REASON and not why.strip():
        raise RefusedByState(
            _("Zonder reden kan dit niet: {move}.").format(move=_(what.value)),
            todo=_("Geef de reden; de school leest die."),
        )
    to = target or state
    if to is None:
        raise _refusal(link, what)
    step = Step(at=at, move=what, came_from=state, to=to, by=by, on_behalf=on_behalf, why=why)
    moved = replace(link or Link(state=to), state=to, steps=(*(link.steps if link else ()), step))
    match what:
        case Move.REFUSE | Move.REJECT | Move.DISTURB:
            return replace(moved, cause=why, remedy=remedy, blame=blame)
        case Move.REQUEST | Move.END:
            # A key outlives neither the end of a link nor a new beginning.
            return replace(moved, cause=why, remedy="", blame=Party.NOBODY, sealed_key="", key_tail="", checks=())
        case Move.RENEW_KEY | Move.NEW_YEAR:
            return moved
        case Move.OPEN | Move.APPLY | Move.APPROVE | Move.ACTIVATE | Move.RECOVER:
            return replace(moved, cause="", remedy="", blame=Party.NOBODY)


def missing(state: LinkState | None) -> tuple[Party, str]:
    """Return who must act in this state, and what must happen first, as a Dutch sentence."""
    match state:
        case None:
            return Party.SCHOOL, _("De school moet de koppeling eerst aanvragen bij de klantenservice.")
        case LinkState.REQUESTED:
            return Party.SERVICE, _("De klantenservice moet de koppeling eerst openzetten in ParnasSys.")
        case LinkState.OPENED:
            return Party.SCHOOL, _("De school moet de koppeling eerst afnemen in ParnasSys en de aanvraag indienen.")
        case LinkState.SUBMITTED:
            return Party.SERVICE, _("De klantenservice moet de aanvraag eerst goedkeuren of afwijzen.")
        case LinkState.REJECTED:
            return Party.SCHOOL, _("De school moet de aanvraag eerst verbeteren en opnieuw indienen.")
        case LinkState.APPROVED:
            return Party.SCHOOL, _("De school moet eerst gegevens importeren.")
        case LinkState.ACTIVE:
            return Party.NOBODY, _("De koppeling is actief; er hoeft nu niets.")
        case LinkState.DISTURBED:
            return Party.SCHOOL, _("De storing moet eerst verholpen zijn; dan herstelt de koppeling vanzelf.")
        case LinkState.REFUSED | LinkState.ENDED:
            return Party.SCHOOL, _("De school kan de koppeling opnieuw aanvragen bij de klantenservice.")


def _refusal(link: Link | None, what: Move) -> RefusedByState:
    if link is None:
        found = _("Er is nog geen koppeling; dit kan nog niet: {move}.").format(move=_(what.value))
        return RefusedByState(found, todo=missing(None)[1])
    found = _("De koppeling is {state}; dit kan nu niet: {move}.").format(state=_(link.state.value), move=_(what.value))
    made = next((step for step in reversed(link.steps) if step.move is what), None)
    if made and what not in NEEDS_REASON:
        found += " " + _("Het is al gedaan op {day} door {by}.").format(day=made.at.strftime("%d-%m-%Y"), by=made.by)
    return RefusedByState(found, todo=missing(link.state)[1])
