"""Absence is evidence only when the answer is whole (workflow.md §3): a suspiciously small one is not."""

from __future__ import annotations

from dataclasses import replace

from core.language import _
from core.model import Completeness, Register, Roster
from core.record import PullNote

SMALLEST_PART = 0.5
"""An answer with less than this part of the active pupils says nothing about who is missing."""


def judged(roster: Roster, register: Register, last: PullNote | None) -> Roster:
    """Return the roster with every doubt about its completeness added; one doubt makes it not whole."""
    doubts = [*roster.completeness.doubts, *_doubts(roster, register, last)]
    whole = roster.completeness.whole and not doubts
    return replace(roster, completeness=Completeness(whole=whole, doubts=tuple(dict.fromkeys(doubts))))


def _doubts(roster: Roster, register: Register, last: PullNote | None) -> list[str]:
    found: list[str] = []
    active = sum(1 for pupil in register.pupils if pupil.active)
    if not roster.groups:
        found.append(_("Er is geen enkele groep ontvangen."))
    if len(roster.pupils) < SMALLEST_PART * active:
        sentence = _("Er zijn maar {received} leerlingen ontvangen, terwijl het testcentrum er {active} heeft.")
        found.append(sentence.format(received=len(roster.pupils), active=active))
    if last and last.created and roster.created and roster.created < last.created:
        found.append(_("Deze gegevens zijn ouder dan die van de vorige keer."))
    return found
