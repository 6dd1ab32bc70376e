"""The life of a link on the ParnasSys side (uwlr.md §1.4, manual p. 2-4).

dicht ──open──▶ opengezet ──afnemen──▶ afgenomen ──sleutel──▶ actief ⟲ sleutel
                                                      └── intrekken (from opengezet, afgenomen, actief) ──▶ dicht
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum


class LinkState(StrEnum):
    """Where a school's link with the test centre stands in ParnasSys."""

    CLOSED = "dicht"
    """The supplier has not opened the link for this school: it cannot subscribe."""
    OPENED = "opengezet"
    """The school can subscribe (`afnemen`)."""
    SUBSCRIBED = "afgenomen"
    """Subscribed; there is no key yet."""
    ACTIVE = "actief"
    """There is a key; calls with it are answered."""


class Act(StrEnum):
    """What somebody does to a link."""

    OPEN = "open"
    SUBSCRIBE = "afnemen"
    SET_KEY = "sleutel"
    WITHDRAW = "intrekken"


MOVES: dict[tuple[LinkState, Act], LinkState] = {
    (LinkState.CLOSED, Act.OPEN): LinkState.OPENED,
    (LinkState.OPENED, Act.SUBSCRIBE): LinkState.SUBSCRIBED,
    (LinkState.SUBSCRIBED, Act.SET_KEY): LinkState.ACTIVE,
    (LinkState.ACTIVE, Act.SET_KEY): LinkState.ACTIVE,
    (LinkState.OPENED, Act.WITHDRAW): LinkState.CLOSED,
    (LinkState.SUBSCRIBED, Act.WITHDRAW): LinkState.CLOSED,
    (LinkState.ACTIVE, Act.WITHDRAW): LinkState.CLOSED,
}

ADVICE = {
    LinkState.CLOSED: "De leverancier moet de koppeling eerst openzetten.",
    LinkState.OPENED: "De koppeling staat open; de school moet haar eerst afnemen.",
    LinkState.SUBSCRIBED: "De koppeling is afgenomen; stel nu een autorisatiesleutel in.",
    LinkState.ACTIVE: "De koppeling is al actief.",
}


class MoveRefused(Exception):
    """The act is not possible in this state; the message says what must happen first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """A school's link: state, present key, and how many keys were ever made."""

    state: LinkState = LinkState.CLOSED
    key: str | None = None
    keys_made: int = 0

    def after(self, act: Act, *, new_key: str | None = None) -> Link:
        """Return the link after `act`; a new key replaces the old one at once. Raises MoveRefused."""
        state = MOVES.get((self.state, act))
        if state is None:
            raise MoveRefused(f"‘{act}’ kan niet bij een koppeling die ‘{self.state}’ is. {ADVICE[self.state]}")
        if act is Act.SET_KEY:
            return replace(self, state=state, key=new_key, keys_made=self.keys_made + 1)
        return replace(self, state=state, key=None if act is Act.WITHDRAW else self.key)
