"""Refusals by ParnasSys and what they do to a link: disturbed with cause and remedy, and back on the next success."""

from __future__ import annotations

from datetime import datetime

from core.errors import ContentRefused, KoppeldeskError, SchoolMustAct, WeMustAct
from core.linking.link import Link, LinkState, Move, Party
from core.linking.moves import move


def after_call(link: Link, error: KoppeldeskError | None, *, at: datetime, by: str) -> Link:
    """Return the link after a call to ParnasSys that failed with `error`, or went well (None).

    Only a refusal of the key, the school or ourselves disturbs an active link (workflow.md §2.6); something temporary,
    or a refusal of the content of one message, does not. A link that stays as it was is returned itself.
    """
    if error is None:
        return move(link, Move.RECOVER, at=at, by=by) if link.state is LinkState.DISTURBED else link
    blame = _blame(error)
    if blame is Party.NOBODY or link.state is not LinkState.ACTIVE:
        return link
    return move(link, Move.DISTURB, at=at, by=by, why=error.what, remedy=error.todo, blame=blame)


def _blame(error: KoppeldeskError) -> Party:
    match error:
        case SchoolMustAct():
            return Party.SCHOOL
        case ContentRefused():
            return Party.NOBODY
        case WeMustAct():
            return Party.SERVICE
        case _other:
            return Party.NOBODY
