"""The link of one school: its states, what happened when, and who did it (workflow.md §2)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from core.language import N_
from core.linking.checks import CheckOutcome
from core.model import SchoolYear


class LinkState(StrEnum):
    """Where a school's link is on the drawing of workflow.md §2."""

    REQUESTED = N_("aangevraagd")
    OPENED = N_("opengezet")
    SUBMITTED = N_("ingediend")
    APPROVED = N_("goedgekeurd")
    ACTIVE = N_("actief")
    DISTURBED = N_("gestoord")
    REFUSED = N_("geweigerd")
    REJECTED = N_("afgewezen")
    ENDED = N_("beëindigd")


IMPORTING = frozenset({LinkState.APPROVED, LinkState.ACTIVE, LinkState.DISTURBED})
"""States of a link in which data may be imported."""


class Move(StrEnum):
    """What can be done to a link."""

    REQUEST = N_("aanvragen")
    OPEN = N_("openzetten")
    REFUSE = N_("weigeren")
    APPLY = N_("indienen")
    APPROVE = N_("goedkeuren")
    REJECT = N_("afwijzen")
    ACTIVATE = N_("activeren")
    DISTURB = N_("storing melden")
    RECOVER = N_("herstellen")
    RENEW_KEY = N_("sleutel vernieuwen")
    NEW_YEAR = N_("schooljaar controleren")
    END = N_("beëindigen")


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

    SERVICE = N_("klantenservice")
    SCHOOL = N_("school")
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
    untold: tuple[int, ...] = ()
    """Numbers of steps, from 1, about which a letter is still to be put in the post."""

    @property
    def since(self) -> datetime | None:
        """Since when the link is in this state."""
        return self.steps[-1].at if self.steps else None
