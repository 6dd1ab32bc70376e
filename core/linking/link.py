"""The link of one school: its states, what happened when, and who did it (workflow.md §2)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from core.linking.checks import CheckOutcome
from core.model import SchoolYear


class LinkState(StrEnum):
    """Where a school's link is on the drawing of workflow.md §2."""

    REQUESTED = "aangevraagd"
    OPENED = "opengezet"
    SUBMITTED = "ingediend"
    APPROVED = "goedgekeurd"
    ACTIVE = "actief"
    DISTURBED = "gestoord"
    REFUSED = "geweigerd"
    REJECTED = "afgewezen"
    ENDED = "beëindigd"


class Move(StrEnum):
    """What can be done to a link."""

    REQUEST = "aanvragen"
    OPEN = "openzetten"
    REFUSE = "weigeren"
    APPLY = "indienen"
    APPROVE = "goedkeuren"
    REJECT = "afwijzen"
    ACTIVATE = "activeren"
    DISTURB = "storing melden"
    RECOVER = "herstellen"
    RENEW_KEY = "sleutel vernieuwen"
    NEW_YEAR = "schooljaar controleren"
    END = "beëindigen"


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One transition that happened."""

    at: datetime
    move: Move
    came_from: LinkState | None
    to: LinkState
    by: str
    """Name of the actor."""
    on_behalf: bool = False
    """Whether customer service did it for the school."""
    why: str = ""


class Party(StrEnum):
    """Who must act."""

    SERVICE = "klantenservice"
    SCHOOL = "school"
    NOBODY = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """A school's link as it stands."""

    state: LinkState
    steps: tuple[Step, ...] = ()
    sealed_key: str = ""
    """The autorisatiesleutel, encrypted with the BRIN as associated data; empty = none."""
    key_tail: str = ""
    """What may be shown of the key: its last four characters, or empty."""
    school_year: SchoolYear | None = None
    """The year that was checked last."""
    cause: str = ""
    """Why it is disturbed, rejected or refused, in Dutch."""
    remedy: str = ""
    """What to do about it, and who."""
    blame: Party = Party.NOBODY
    """Who must act while it is disturbed."""
    checks: tuple[CheckOutcome, ...] = ()
    """The checks as they came out last; empty = never checked since the last application."""

    @property
    def since(self) -> datetime | None:
        """Since when the link is in this state."""
        return self.steps[-1].at if self.steps else None
