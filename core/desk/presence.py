"""Who is in the review of a school at this moment, for colleagues to see."""

from __future__ import annotations

from contextlib import AbstractContextManager

from core.desk.actor import Act, Actor
from core.desk.office import Office
from core.model import SchoolId


class PresenceDesk:
    """Says who is in which review; recorded nowhere, gone with the session."""

    def __init__(self, office: Office) -> None:
        self._office = office

    def enter(self, actor: Actor, school: SchoolId) -> AbstractContextManager[None]:
        """Be in the review of this school until the block ends, or the line breaks."""
        self._office.record(actor, Act.LOOK, school)
        return self._office.store.presence(school).enter(actor.name)

    def others(self, actor: Actor, school: SchoolId) -> frozenset[str]:
        """Return the names of the others who are in it now; cheap enough to ask every second."""
        self._office.require(actor, Act.LOOK, school)
        return self._office.store.presence(school).who() - {actor.name}
