"""Newer data in an open review: what still applies is kept, and what does not is listed (workflow.md §3)."""

from __future__ import annotations

from dataclasses import dataclass, replace

from core.importing.course import Course
from core.importing.decisions import Category, Place, RowKey
from core.importing.matching.names import first_name, initials, surname
from core.importing.review import Review
from core.importing.tables import Existing, Incoming, Sent
from core.model import IncomingGroup, IncomingPupil, PersonName, Register


@dataclass(frozen=True, slots=True, kw_only=True)
class Refresh:
    """What newer data does to a review."""

    review: Review
    """With the next revision."""
    lapse: tuple[RowKey, ...]
    """Rows whose decisions no longer apply, also those that somebody takes at this very moment."""


def refreshed(old: Review, fresh: Review, course: Course, register: Register) -> Refresh:
    """Return the review with the proposals of `fresh`, and what no longer applies.

    A decision lapses when its record is no longer sent, when what it was linked to is gone, or when the record under
    the same key may have become somebody else.
    """
    before, after, existing = Sent(old.roster), Sent(fresh.roster), Existing(register)
    changed = tuple(p.key for p in fresh.proposals if _differs(before.get(p.key), after.get(p.key)))
    rows = dict.fromkeys((*course.rows(), *(proposal.key for proposal in old.proposals)))
    lapse = tuple(key for key in rows if _lapses(key, before, after, existing, course))
    return Refresh(
        review=replace(fresh, id=old.id, by=old.by, made=fresh.made, revision=old.revision + 1, changed=changed),
        lapse=lapse,
    )


def same_content(old: Review, fresh: Review) -> bool:
    """Whether ParnasSys sent exactly the same records again, and they are judged the same, by the same register."""
    ours, theirs = old.roster, fresh.roster
    return (
        (ours.groups, ours.teachers, ours.pupils, ours.completeness)
        == (theirs.groups, theirs.teachers, theirs.pupils, theirs.completeness)
    ) and (old.proposals, old.edition) == (fresh.proposals, fresh.edition)


def _differs(before: Incoming | None, after: Incoming | None) -> bool:
    return before is not None and before != after


def _lapses(key: RowKey, before: Sent, after: Sent, existing: Existing, course: Course) -> bool:
    was, now = before.get(key), after.get(key)
    if now is None or (was is not None and _somebody_else(was, now)):
        return True
    claim = course.place(key)
    if claim is None or not isinstance(claim.step, Place) or claim.step.category is not Category.EXISTING:
        return False
    return claim.step.existing is not None and not existing.holds(key.kind, claim.step.existing)


def _somebody_else(was: Incoming, now: Incoming) -> bool:
    """Whether the record may have become somebody else's.

    A pupil by another first name is, with everything else equal, its twin; by another surname it is the same one only
    with the same birth date.
    """
    if isinstance(was, IncomingGroup) or isinstance(now, IncomingGroup):
        return False
    last = surname(was.name).core != surname(now.name).core
    first = not _one_first_name(was.name, now.name)
    if isinstance(was, IncomingPupil) and isinstance(now, IncomingPupil):
        return first or (last and (was.born is None or was.born != now.born))
    return last and first


def _one_first_name(was: PersonName, now: PersonName) -> bool:
    one, other = first_name(was), first_name(now)
    if not (one.call and other.call):
        return initials(was, one).letters[:1] == initials(now, other).letters[:1]
    starts = one.call.startswith(other.call) or other.call.startswith(one.call)
    return starts or one.sound == other.sound or one.form == other.form
