"""A school of six, what people say in a review of it, and what is remembered of that."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from core.history import Remembered
from core.importing.decisions import RowKey
from core.importing.memory import remembered
from core.importing.problems import doubt_of
from core.importing.review import Proposal
from core.model import IncomingPupil, Register, Roster
from tests.core.importing.build import (
    Pen,
    a_review,
    a_roster,
    a_session,
    an_incoming_pupil,
    incoming_people,
    people,
    pupil,
)

SIX = incoming_people(6)
P1 = pupil("p1")
REGISTER = Register(pupils=people(6))
MO = an_incoming_pupil("x", "Mo", "Anders", group=None)


def told(pen: Pen, sent: Sequence[IncomingPupil] | Roster = SIX, before: Remembered | None = None) -> Remembered:
    roster = sent if isinstance(sent, Roster) else a_roster(pupils=sent)
    return remembered(before or Remembered(), a_session(roster, REGISTER, *pen.log).choices)


def proposed(
    row: RowKey, sent: Sequence[IncomingPupil] | Roster, memory: Remembered, register: Register = REGISTER
) -> Proposal:
    roster = sent if isinstance(sent, Roster) else a_roster(pupils=sent)
    (proposal,) = [one for one in a_review(roster, register, remembered=memory).proposals if one.key == row]
    return proposal


def doubt(proposal: Proposal) -> str:
    return doubt_of(proposal.key, proposal, a_session(a_roster(), Register()).course)


def as_of_old(memory: Remembered) -> Remembered:
    """The memory as it was kept before it said whom it was about."""
    return Remembered(
        same=tuple(replace(one, person="") for one in memory.same),
        different=tuple(replace(one, person="") for one in memory.different),
        skipped=tuple(replace(one, person="") for one in memory.skipped),
    )
