"""A letter in the queue: to whom, and how far it is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from core.errors import KoppeldeskError
from core.language import N_
from core.mail.letters import Letter
from core.model import Administrator


class Post(StrEnum):
    """Where a letter is."""

    WAITING = N_("wacht")
    LEAVING = N_("vertrekt")
    """Written down just before the last word to the server: after a crash here, it is in doubt."""
    SENT = N_("verzonden")
    REFUSED = N_("geweigerd")
    """The server will never take it; somebody must look at the address."""
    DOUBT = N_("onbekend")
    """The line broke between the last word and the answer: sending again might send it twice."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """A letter to one person and how far it is."""

    id: str
    """The same letter to the same person always has the same id; the Message-ID is made from it."""
    letter: Letter
    receiver: Administrator
    state: Post
    queued: datetime
    changed: datetime
    attempts: int = 0
    detail: str = ""
    next: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Round:
    """What one round of the postman did."""

    sent: int = 0
    later: int = 0
    refused: int = 0
    in_doubt: int = 0
    trouble: KoppeldeskError | None = None
    """Why the round could not be made, or not to its end."""
