"""From an answer of ParnasSys to proposals: matching, and what people said in earlier imports."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from core.history import KeptNumbers, Remembered
from core.importing.decisions import Category, RowKey
from core.importing.matching import (
    Auto,
    Evidence,
    Flag,
    Ground,
    Match,
    New,
    Suggest,
    existing_group,
    existing_pupil,
    existing_teacher,
    group_flow,
    incoming_group,
    incoming_pupil,
    incoming_teacher,
    match_groups,
    match_pupils,
    match_teachers,
)
from core.importing.recollection import Recalled, Recollection
from core.importing.review import Proposal, Review
from core.importing.tables import Sent
from core.model import GroupId, IncomingRef, Kind, PupilId, Register, Roster, TeacherId

RECOGNISED = frozenset({Ground.LINKED_BEFORE, Ground.ECK_ID, Ground.REMEMBERED})
"""Grounds on which it matters little that the same person was sent twice."""
SURELY_NEW = 0.8
"""Probability of being new below which a person looks: somebody else was a little more like its counterpart."""


def propose(
    *,
    id_: str,
    made: datetime,
    by: str,
    roster: Roster,
    register: Register,
    remembered: Remembered,
    kept: KeptNumbers | None = None,
) -> Review:
    """Return a review with one proposal for every record ParnasSys sent."""
    recollection = Recollection(remembered, Sent(roster))
    teachers = match_teachers(
        [incoming_teacher(teacher) for teacher in roster.teachers],
        [existing_teacher(teacher) for teacher in register.teachers],
        _evidence(Kind.TEACHER, recollection, _numbers(kept.teachers) if kept else {}),
    )
    sent = [incoming_pupil(pupil) for pupil in roster.pupils]
    known = [existing_pupil(pupil) for pupil in register.pupils]
    pupils = match_pupils(sent, known, _evidence(Kind.PUPIL, recollection, _numbers(kept.pupils) if kept else {}))
    # A group is its pupils: where they went says more than a name, which in a new school year names another group.
    groups = match_groups(
        [incoming_group(group) for group in roster.groups],
        [existing_group(group) for group in register.groups],
        _evidence(Kind.GROUP, recollection, _numbers(kept.groups) if kept else {}),
        group_flow(sent, known, pupils),
    )
    return Review(
        id=id_,
        made=made,
        by=by,
        roster=roster,
        proposals=(
            *(_proposal(Kind.GROUP, match, recollection) for match in groups),
            *(_proposal(Kind.TEACHER, match, recollection) for match in teachers),
            *(_proposal(Kind.PUPIL, match, recollection) for match in pupils),
        ),
    )


def _numbers(kept: Mapping[GroupId, str] | Mapping[TeacherId, str] | Mapping[PupilId, str]) -> dict[str, str]:
    return {str(id_): number for id_, number in kept.items()}


def _evidence(kind: Kind, recollection: Recollection, numbers: Mapping[str, str]) -> Evidence:
    return Evidence(
        old_numbers=numbers,
        same=recollection.same(kind),
        vague=recollection.vague(kind),
        not_same=recollection.not_same(kind),
        parted=recollection.parted(kind),
    )


def _proposal(kind: Kind, match: Match, recollection: Recollection) -> Proposal:
    key = RowKey(kind, IncomingRef(match.incoming))
    match match.decision:
        case Auto(existing=existing):
            category, sure, shown = Category.EXISTING, True, 2
        case Suggest(existing=existing):
            category, sure, shown = Category.EXISTING, False, 5
        case New():
            category, sure, shown, existing = Category.NEW, not match.candidates or not _close(match), 3, ""
    flags = match.flags
    if kind is Kind.PUPIL and match.ground not in RECOGNISED and recollection.sent_twice(key):
        flags, sure = flags | {Flag.DOUBLE}, False
    sure_if_taken = sure
    match recalled := recollection.of(key):
        case None:
            pass
        case Recalled.SKIPPED | Recalled.WITH_GROUP:
            category, sure = Category.SKIP, True
        case _:
            sure = False
    return Proposal(
        kind=kind,
        incoming=key.incoming,
        category=category,
        existing=existing or None,
        sure=sure,
        sure_if_taken=sure_if_taken,
        ground=match.ground,
        probability=match.probability,
        candidates=match.candidates[:shown],
        flags=flags,
        missing=match.missing,
        recalled=recalled,
    )


def _close(match: Match) -> bool:
    """Whether a person must look at a record called new: something is the matter, or it lost a close race."""
    return any(flag.forbids for flag in match.flags) or match.probability < SURELY_NEW
