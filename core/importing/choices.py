"""What counts for every row now: the proposal, or what somebody decided; kept up to date act by act."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from core.importing.course import Claim, Course
from core.importing.decisions import Category, GiveEmail, Place, RowKey
from core.importing.merge import Placing
from core.importing.review import Proposal, Review
from core.importing.search import fold
from core.importing.tables import Existing, Sent
from core.model import GroupId, IncomingTeacher, Kind, LasKey

_NEW = "nieuw:"


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """Where a row stands."""

    category: Category
    existing: str | None = None
    """The record it is linked to, or counts as when it is skipped."""
    email: str = ""
    """Of a teacher: filled in, or as sent."""
    by: str = ""
    """Who decided; empty = as proposed."""
    at: datetime | None = None


class Choices:
    """The choices of all rows, with the indexes that tell which rows hang together."""

    def __init__(self, review: Review, course: Course) -> None:
        self.sent = Sent(review.roster)
        self.proposals = {proposal.key: proposal for proposal in review.proposals}
        self.course = course
        self._choice: dict[RowKey, Choice] = {}
        self._on: defaultdict[tuple[Kind, str], set[RowKey]] = defaultdict(set)
        self._emails: defaultdict[str, set[RowKey]] = defaultdict(set)
        for key in self.proposals:
            self._put(key, self._decided(key))

    def __getitem__(self, key: RowKey) -> Choice:
        return self._choice[key]

    def __contains__(self, key: RowKey) -> bool:
        return key in self._choice

    def items(self) -> Iterator[tuple[RowKey, Choice]]:
        """Yield every row with its choice, in the order of the proposals."""
        return iter(self._choice.items())

    def linked_to(self, kind: Kind, existing: str) -> frozenset[RowKey]:
        """Return the rows that are to be linked to this record."""
        return frozenset(self._on.get((kind, existing), ()))

    def with_email(self, email: str) -> frozenset[RowKey]:
        """Return the new teachers with this address."""
        return frozenset(self._emails.get(fold(email), ()))

    def category_of_group(self, key: LasKey | None) -> Category | None:
        """Return where a group of ParnasSys goes; None when it was not described."""
        if key is None or key not in self.sent.by_key:
            return None
        choice = self._choice.get(RowKey(Kind.GROUP, self.sent.by_key[key].ref))
        return choice.category if choice else None

    def placing(self) -> Placing:
        """Return where the groups go, with a stand-in id for a group that is still to be made."""
        goes_to = {}
        for key, group in self.sent.by_key.items():
            choice = self._choice.get(RowKey(Kind.GROUP, group.ref))
            if choice and choice.category is Category.EXISTING and choice.existing:
                goes_to[key] = GroupId(choice.existing)
            elif choice and choice.category is Category.NEW:
                goes_to[key] = stand_in(key)
        return Placing(goes_to=goes_to)

    def update(self, keys: Iterable[RowKey]) -> frozenset[RowKey]:
        """Take in what changed for these rows; return every row that may look different now."""
        dirty: set[RowKey] = set()
        for key in keys:
            if key not in self.proposals:
                continue
            dirty |= self._company(key)
            self._take(key)
            self._put(key, self._decided(key))
            dirty |= self._company(key)
        return frozenset(dirty)

    def _company(self, key: RowKey) -> set[RowKey]:
        choice = self._choice[key]
        company = {key}
        if choice.existing:
            company |= self._on.get((key.kind, choice.existing), set())
        if choice.email:
            company |= self._emails.get(fold(choice.email), set())
        if key.kind is Kind.GROUP and key in self.sent.groups:
            company.update(self.sent.connected.get(self.sent.groups[key].key, ()))
        return company

    def _decided(self, key: RowKey) -> Choice:
        proposal = self.proposals[key]
        placed, given = self.course.place(key), self.course.email(key)
        email = given.step.email if given and isinstance(given.step, GiveEmail) else self._sent_email(key)
        last = max((claim for claim in (placed, given) if claim), key=lambda claim: claim.entry, default=None)
        category, existing = _matched(proposal) if self.course.lifted(key) else _placed(placed, proposal)
        return Choice(
            category=category,
            existing=existing,
            email=email,
            by=last.by if last else "",
            at=last.at if last else None,
        )

    def _sent_email(self, key: RowKey) -> str:
        incoming = self.sent.teachers.get(key)
        return incoming.email if isinstance(incoming, IncomingTeacher) else ""

    def _put(self, key: RowKey, choice: Choice) -> None:
        self._choice[key] = choice
        if choice.category is Category.EXISTING and choice.existing:
            self._on[key.kind, choice.existing].add(key)
        if choice.category is Category.NEW and choice.email:
            self._emails[fold(choice.email)].add(key)

    def _take(self, key: RowKey) -> None:
        choice = self._choice[key]
        self._on.get((key.kind, choice.existing or ""), set()).discard(key)
        self._emails.get(fold(choice.email), set()).discard(key)


def stand_in(key: LasKey) -> GroupId:
    """Return the id by which a preview names a group that does not exist yet."""
    return GroupId(f"{_NEW}{key}")


def stood_in_for(id_: GroupId) -> LasKey | None:
    """Return the key of the incoming group that a stand-in id names; None for the id of a real group."""
    return LasKey(id_.removeprefix(_NEW)) if id_.startswith(_NEW) else None


def usable(choice: Choice, existing: Existing, kind: Kind) -> bool:
    """Whether the record that a row is to be linked to is there."""
    return choice.existing is not None and existing.holds(kind, choice.existing)


def _matched(proposal: Proposal) -> tuple[Category, str | None]:
    """Return what matching proposes, whatever was left out before."""
    return (Category.EXISTING if proposal.existing else Category.NEW), proposal.existing


def _placed(claim: Claim | None, proposal: Proposal) -> tuple[Category, str | None]:
    if claim is None or not isinstance(claim.step, Place):
        return proposal.category, proposal.existing
    step = claim.step
    match step.category:
        case Category.NEW:
            return Category.NEW, None
        case Category.SKIP:
            return Category.SKIP, step.existing or proposal.existing
        case Category.EXISTING:
            return Category.EXISTING, step.existing
