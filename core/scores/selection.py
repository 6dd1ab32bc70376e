"""Which results go out tonight, which are held back and why (workflow.md §4)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from itertools import chain

from core.history import Remembered
from core.linking.link import Link, Move
from core.model import Kind, LasKey, Pupil, PupilId, SchoolYear, ref_of
from core.record import SchoolRecord
from core.scores.catalogue import Catalogue
from core.scores.definition import Representation
from core.scores.ledger import TO_SEND, Entry, Ledger, State, Step
from core.scores.reasons import Reason
from core.scores.results import year_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Sender:
    """What decides about a school's results."""

    pupils: Mapping[PupilId, Pupil]
    holders: Mapping[LasKey, tuple[Pupil, ...]]
    """Who is linked to each ParnasSys key; more than one should not be."""
    said: Remembered = Remembered()
    """What people said of who is who in ParnasSys."""
    linked_since: date | None
    """First day of the link; results taken before it stay here. None = there is no link yet."""
    year: SchoolYear
    """The present school year."""
    catalogue: Catalogue


def sender_of(record: SchoolRecord, today: date, catalogue: Catalogue) -> Sender:
    """Return what decides about this school's results on this day."""
    return Sender(
        pupils={pupil.id: pupil for pupil in record.register.pupils},
        holders=holders_of(record.register.pupils),
        said=record.remembered,
        linked_since=linked_since(record.link),
        year=SchoolYear.of(today),
        catalogue=catalogue,
    )


def holders_of(pupils: Iterable[Pupil]) -> dict[LasKey, tuple[Pupil, ...]]:
    """Return who is linked to each ParnasSys key."""
    found: dict[LasKey, tuple[Pupil, ...]] = {}
    for pupil in pupils:
        if pupil.linked and pupil.linked.key:
            found[pupil.linked.key] = (*found.get(pupil.linked.key, ()), pupil)
    return found


def linked_since(link: Link | None) -> date | None:
    """Return the day the link came to exist: its approval, the first one after it last ended."""
    since: date | None = None
    for step in link.steps if link else ():
        if step.move is Move.END:
            since = None
        elif step.move is Move.APPROVE and since is None:
            since = step.at.date()
    return since


def judge(entry: Entry, sender: Sender, ledger: Ledger) -> Reason:
    """Return why this result may not go out now; NONE = it may."""
    result = entry.result
    if with_another_child(entry, sender):
        return Reason.OTHER_CHILD
    year = year_of(result.taken)
    if year.first < sender.year.first - 1:
        return Reason.TOO_OLD
    test = sender.catalogue.find(result.test, result.version)
    if test is None:
        return Reason.NO_DEFINITION
    if not test.agreed:
        return Reason.NOT_AGREED
    if result.raw is None and test.representation is Representation.SCORE:
        return Reason.NO_SCORE
    if not (ledger.resends and ledger.may_send_year(year)):
        if year.first != sender.year.first:
            return Reason.OTHER_YEAR
        if sender.linked_since is None or result.taken < sender.linked_since:
            return Reason.BEFORE_LINK
    pupil = sender.pupils.get(result.pupil)
    if pupil is None:
        return Reason.NO_PUPIL
    if not pupil.active:
        return Reason.INACTIVE
    if pupil.linked is None:
        return Reason.NOT_LINKED
    if not pupil.linked.key:
        return Reason.NO_LAS_KEY
    holders = sender.holders.get(pupil.linked.key, ())
    if len(holders) > 1 and sum(one.active for one in holders) > 1:
        return Reason.SHARED_KEY
    return Reason.NONE


def with_another_child(entry: Entry, sender: Sender) -> bool:
    """Whether it may stand in ParnasSys with another child. UWLR cannot delete (uwlr.md §6.1): a person must.

    Another pupil is linked to the key it went under, somebody said that this key is not this pupil's, or the ECK iD did.
    A key that nobody has and of which nothing is said is the pupil's own, renewed: there the same result is replaced.
    """
    return bool(entry.stands_under) and stand_with_another_child(entry.result.pupil, entry.stands_under, sender)


def stand_with_another_child(pupil: PupilId, keys: Iterable[LasKey], sender: Sender) -> bool:
    """Whether results of this pupil that went under these keys may stand with another child."""
    known = sender.pupils.get(pupil)
    own = known.linked.key if known and known.linked else None
    return any(key != own and _of_another(key, pupil, sender) for key in keys)


def _of_another(key: LasKey, pupil: PupilId, sender: Sender) -> bool:
    if holders := sender.holders.get(key):
        return all(one.id != pupil for one in holders)
    known = sender.pupils.get(pupil)
    if known and key in known.parted:
        return True
    left_out = ((one.kind, one.incoming) for one in sender.said.skipped)
    told_apart = ((one.kind, one.incoming) for one in sender.said.different if one.existing == pupil)
    return (Kind.PUPIL, ref_of(key)) in chain(left_out, told_apart)


def sift(ledger: Ledger, sender: Sender, at: datetime) -> Ledger:
    """Return the ledger with every result held back or released as it should be now.

    What may stand with another child, because its pupil was linked otherwise when it was sent, waits for a person.
    A rejected result is offered again when its pupil has another ParnasSys key by now (uwlr.md §5.2, LeerlingOngeldig),
    and up to twice when it was refused for no clear reason: that may be the other side's own trouble (§5.3).
    """
    return ledger.with_entries(_changes(ledger, sender, at))


def _changes(ledger: Ledger, sender: Sender, at: datetime) -> Iterator[Entry]:
    for entry in ledger:
        if entry.state in TO_SEND or entry.state is State.HELD:
            reason = judge(entry, sender, ledger)
            if reason is Reason.TOO_OLD:
                yield entry.moved(Step(at=at, to=State.EXPIRED, reason=reason))
            elif reason is not Reason.NONE:
                if entry.state is not State.HELD:
                    yield entry.moved(Step(at=at, to=State.HELD, reason=reason))
                elif entry.reason is not reason:
                    yield entry.noted(Step(at=at, to=State.HELD, reason=reason))
            elif entry.state is State.HELD:
                yield entry.moved(Step(at=at, to=State.WAITING, reason=Reason.RELEASED))
        elif entry.state in _AT_REST and with_another_child(entry, sender):
            yield entry.moved(Step(at=at, to=State.HELD, reason=Reason.OTHER_CHILD))
        elif entry.state is State.REJECTED:
            reason = judge(entry, sender, ledger)
            if reason is Reason.TOO_OLD:
                yield entry.moved(Step(at=at, to=State.EXPIRED, reason=reason))
            elif reason is Reason.NONE and _worth_another_try(entry, sender):
                yield entry.moved(Step(at=at, to=State.WAITING, reason=Reason.RELEASED))


_AT_REST = frozenset({State.CONFIRMED, State.REJECTED, State.EXPIRED})


def _worth_another_try(entry: Entry, sender: Sender) -> bool:
    if entry.reason is Reason.PUPIL_INVALID:
        pupil = sender.pupils.get(entry.result.pupil)
        return bool(pupil and pupil.linked and pupil.linked.key and pupil.linked.key != entry.sent_as)
    if entry.reason in (Reason.MESSAGE_INVALID, Reason.OTHER_KEY) and entry.last.detail.startswith(FROM_PARNASSYS):
        return entry.refusals < TRIES_WHEN_VAGUE
    return False


FROM_PARNASSYS = "Client."
"""How the detail of a refusal begins that came from ParnasSys; our own refusal of a message is final."""
TRIES_WHEN_VAGUE = 3
