"""Applies a plan: one new school record that holds the register, the change set, the closed review and the link."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TypeVar

from core.errors import RefusedByState
from core.history import ChangeSet, ImportDone, Remembered
from core.importing.memory import news
from core.importing.plan import Plan
from core.language import N_, _
from core.linking.link import IMPORTING, Link, LinkState, Move
from core.linking.moves import missing, move
from core.model import Group, Kind, LinkedAs, Pupil, PupilId, Register, Teacher
from core.record import SchoolRecord

R = TypeVar("R", Group, Teacher, Pupil)

NO_LINKS: Mapping[PupilId, LinkedAs] = {}


@dataclass(frozen=True, slots=True, kw_only=True)
class Signature:
    """Who commits, when, and under what id."""

    id: str
    at: datetime
    by: str
    on_behalf: bool = False
    override: str = ""
    """The guards that were overruled for this run only; empty = none."""


def committed(
    record: SchoolRecord, plan: Plan, signature: Signature, remembered: Remembered, *, keep_review: bool = False
) -> SchoolRecord:
    """Return the record after the import; writing it is the commit.

    Raises RefusedByState when the link of this school does not allow an import.
    """
    learnt, forgot = news(record.remembered, remembered)
    kept = record.kept_numbers.linked_pupils if record.kept_numbers else {}
    changes = replace(change_set(plan, kept), learnt=learnt, forgot=forgot, numbers=record.kept_numbers)
    done = ImportDone(
        id=signature.id,
        at=signature.at,
        by=signature.by,
        counts=counts_of(plan),
        changes=changes,
        override=signature.override,
    )
    return replace(
        record,
        register=applied(record.register, changes),
        imports=(*(replace(earlier, changes=None) for earlier in record.imports), done),
        open_review=record.open_review if keep_review else "",
        held=None,
        kept_numbers=None,
        remembered=remembered,
        link=link_after(record.link, signature),
    )


def link_after(link: Link | None, signature: Signature) -> Link | None:
    """Return the link after an import: the first one makes it active."""
    require_importable(link)
    if link is None or link.state is not LinkState.APPROVED:
        return link
    return move(link, Move.ACTIVATE, at=signature.at, by=signature.by, on_behalf=signature.on_behalf)


def require_importable(link: Link | None) -> None:
    """Raise RefusedByState unless data may be imported over this link."""
    state = link.state if link else None
    if state not in IMPORTING:
        raise RefusedByState(
            _("Voor deze school kan nu niet worden geïmporteerd: er is geen goedgekeurde koppeling."),
            todo=missing(state)[1],
        )


def change_set(plan: Plan, kept: Mapping[PupilId, LinkedAs] = NO_LINKS) -> ChangeSet:
    """Return every record of the plan, before and after; `kept` = what pupils were linked to before that was cleared."""
    pupils = [(change.before, _parted(change.before, change.after, kept)) for change in plan.pupils]
    pupils += [(leaving.before, leaving.after) for leaving in plan.leaving]
    return ChangeSet(
        groups=(*((change.before, change.after) for change in plan.groups), *plan.released.groups),
        teachers=(*((change.before, change.after) for change in plan.teachers), *plan.released.teachers),
        pupils=(*pupils, *plan.released.pupils),
    )


def _parted(before: Pupil | None, after: Pupil, kept: Mapping[PupilId, LinkedAs]) -> Pupil:
    """Return the pupil with a note of the key it had when that was another child's: ECK iDs tell children apart."""
    was, now = (before.linked if before else None) or kept.get(after.id), after.linked
    if not (was and now and was.key and was.eckid and now.eckid) or was.key == now.key or was.eckid == now.eckid:
        return after
    return replace(after, parted=tuple(dict.fromkeys((*after.parted, was.key))))


def applied(register: Register, changes: ChangeSet) -> Register:
    """Return the register with each changed record replaced and each new one added at the end."""
    return Register(
        groups=_applied(register.groups, changes.groups),
        teachers=_applied(register.teachers, changes.teachers),
        pupils=_applied(register.pupils, changes.pupils),
    )


def _applied(records: Sequence[R], changes: Iterable[tuple[R | None, R]]) -> tuple[R, ...]:
    after: dict[str, R] = {}
    made: list[R] = []
    for old, new in changes:
        if old is None:
            made.append(new)
        else:
            after[new.id] = new
    result: list[R] = []
    for record in records:
        result.append(after.get(record.id, record))
    return tuple(result + made)


COUNTED = {
    Kind.GROUP: (N_("groepen nieuw"), N_("groepen gekoppeld"), N_("groepen gewijzigd"), N_("groepen niet")),
    Kind.TEACHER: (
        N_("leerkrachten nieuw"),
        N_("leerkrachten gekoppeld"),
        N_("leerkrachten gewijzigd"),
        N_("leerkrachten niet"),
    ),
    Kind.PUPIL: (N_("leerlingen nieuw"), N_("leerlingen gekoppeld"), N_("leerlingen gewijzigd"), N_("leerlingen niet")),
}
GONE = N_("leerlingen gedeactiveerd")


def counts_of(plan: Plan) -> dict[str, int]:
    """Return the counts that the history of imports shows."""
    counts: dict[str, int] = {}
    for kind, tally in plan.tallies.items():
        counts.update(zip(COUNTED[kind], (tally.new, tally.to_change, tally.really, tally.skipped), strict=True))
    counts[GONE] = len(plan.leaving)
    return counts
