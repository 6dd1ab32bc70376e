"""The last request and answer of a school, kept so that keys and forbidden fields are never in them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from typing import Protocol

from core.language import _
from core.model import SchoolId
from core.wire.names import Version
from core.wire.profiles import Profile, forbidden

MASK = "••••"
HIDDEN = "▒▒▒"
_LONGEST = 2_000_000

_SECRETS = ("autorisatiesleutel", "klantcode")
_NEVER = (
    "bsn_ondwnr-4",
    "burgerservicenummer",
    *sorted(forbidden(Version.V2_2, Profile.LVS, "leerling") - {"toevoegingen", "vestiging"}),
)
"""What the two left out hold has names of its own."""
_FREE = ("faultstring", "detail", "commentaar")
"""The other side's own words: they may say anything."""
_PERSONAL = (*_FREE, "achternaam", "voorvoegsel", "voornamen", "voorletters-1", "roepnaam", "geboortedatum")


@dataclass(frozen=True, slots=True, kw_only=True)
class Exchange:
    """One call and what came of it, fit to be stored: keys masked, forbidden fields emptied, names still there."""

    at: datetime
    """When it was sent."""
    took: timedelta
    school: SchoolId
    operation: str
    """`HaalLeerlinggegevens`, …"""
    version: str
    """UWLR version asked for."""
    status: int | None
    """HTTP status; None when no answer came."""
    outcome: str
    """In Dutch: what it came to."""
    request: str
    answer: str
    """Empty when none came."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LastExchanges:
    """The last exchange of each operation of one school."""

    exchanges: tuple[Exchange, ...] = ()

    def plus(self, new: Exchange) -> LastExchanges:
        """Return them with `new` instead of the earlier one of its operation."""
        others = tuple(known for known in self.exchanges if known.operation != new.operation)
        return LastExchanges(exchanges=(*others, new))

    def since(self, moment: datetime) -> LastExchanges:
        """Return those of `moment` and later."""
        return LastExchanges(exchanges=tuple(known for known in self.exchanges if known.at >= moment))


class Recorder(Protocol):
    """Keeps the last exchange of each school."""

    def record(self, exchange: Exchange) -> None:
        """Keep `exchange`, over the earlier one of this school and operation."""
        ...


class Forgetful:
    """A recorder that keeps nothing."""

    def record(self, exchange: Exchange) -> None:
        """Forget it."""


def storable(message: bytes) -> str:
    """Return a message as text without keys and without the fields that nobody may store.

    Works on text and not on XML, so that a message which is no XML, or half of it, is safe as well.
    """
    text = _emptied(_decoded(message), _SECRETS + _NEVER)
    return text if len(text) <= _LONGEST else text[:_LONGEST] + "\n" + _("[de rest is niet bewaard]")


def without_names(text: str) -> str:
    """Return a stored message with names, birth dates and free text hidden."""
    return _emptied(text, _PERSONAL)


def _emptied(text: str, names: tuple[str, ...]) -> str:
    """Return `text` without what stands in elements and attributes called one of `names`."""

    def empty(found: re.Match[str]) -> str:
        return found["open"] + (MASK if found["name"].lower() in _SECRETS else HIDDEN)

    for pattern in _patterns(names):
        text = pattern.sub(empty, text)
    return text


@cache
def _patterns(names: tuple[str, ...]) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """How elements (up to their end tag, or the end of a message cut off) and attributes look."""
    name = "(?P<name>" + "|".join(re.escape(name) for name in names) + ")"
    element = rf"(?P<open><(?:[\w.-]+:)?{name}(?:\s[^<>]*)?(?<!/)>).*?(?=</(?:[\w.-]+:)?(?P=name)\s*>|\Z)"
    attribute = rf"(?P<open>\s{name}\s*=\s*(?P<quote>[\"'])).*?(?=(?P=quote)|\Z)"
    return re.compile(element, re.DOTALL | re.IGNORECASE), re.compile(attribute, re.DOTALL | re.IGNORECASE)


def _decoded(message: bytes) -> str:
    for mark, charset in ((b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16")):
        if message.startswith(mark):
            return message.decode(charset, errors="replace")
    if b"\0" in message[:4]:
        return message.decode("utf-16-be" if message[:1] == b"\0" else "utf-16-le", errors="replace")
    try:
        return message.decode()
    except UnicodeDecodeError:
        return message.decode("latin-1")
