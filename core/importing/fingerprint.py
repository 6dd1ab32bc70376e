"""Who it was that something was said about: a key of ParnasSys may be somebody else's by the next import."""

from __future__ import annotations

import hashlib
from datetime import date

from core.importing.decisions import RowKey
from core.importing.matching.names import first_name, fold, initials, surname
from core.importing.tables import Incoming, Sent
from core.model import IncomingGroup, IncomingPupil, PersonName, Roster

DIGITS = 5
"""Hexadecimal. One in a million other children has the same; too little to find out a name and a birth date."""


class Fingerprints:
    """The fingerprints of the records of one answer."""

    def __init__(self, sent: Sent) -> None:
        self._sent = sent

    def of(self, key: RowKey) -> str:
        """Return the fingerprint of a record; empty when it was not sent or says too little to tell anybody apart."""
        incoming = self._sent.get(key)
        return fingerprint(incoming, self._sent.roster) if incoming else ""


def fingerprint(incoming: Incoming, roster: Roster) -> str:
    """Return what a person or group is told apart by, shortened to a few digits: enough to recognise one, not to tell
    two of the same answer apart, of which some in a large school have the same digits.
    """
    told = identity(incoming, roster)
    return hashlib.blake2b(told.encode()).hexdigest()[:DIGITS] if told else ""


def identity(incoming: Incoming, roster: Roster) -> str:
    """Return what a person or group is told apart by within its school, folded; empty when that is too little.

    Of a pupil the names and the birth date, of a teacher the names. A group is its pupils, so its name says something
    within one school year only.
    """
    match incoming:
        case IncomingGroup():
            told = (fold(incoming.name), incoming.year, str(roster.school_year))
            enough = bool(told[0])
        case _:
            born = incoming.born if isinstance(incoming, IncomingPupil) else None
            told = (*_named(incoming.name), born.isoformat() if isinstance(born, date) else "")
            enough = bool(told[0] and told[1])
    if not enough:
        return ""
    return "\n".join((str(roster.school), *told))


def _named(name: PersonName) -> tuple[str, str]:
    first = first_name(name)
    return surname(name).core, first.call or initials(name, first).letters
