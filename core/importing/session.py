"""One look at one review: rows, counts and problems, kept up to date entry by entry so that a key answers at once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta

from core.importing.choices import Choices
from core.importing.course import Course
from core.importing.decisions import Category, Decision, RowKey
from core.importing.detail import existing_options, options_of
from core.importing.lazily import Lazily
from core.importing.problems import email_is_fine, notice_of
from core.importing.review import Review
from core.importing.rowmaker import RowMaker
from core.importing.rows import Counts, Detail, Option, Problem, Row, Selection, Show, Standing
from core.importing.search import found, haystack, words
from core.importing.steps import Steps
from core.importing.tables import Existing
from core.model import IncomingGroup, Kind, LasKey, Register, SchoolId

__all__ = ["ReviewSession", "email_is_fine"]


class ReviewSession:
    """What one person (or command) sees of a review."""

    def __init__(
        self,
        *,
        school: SchoolId,
        review: Review,
        register: Register,
        course: Course,
        untouchable: frozenset[str] = frozenset(),
        additions_only: bool = False,
    ) -> None:
        self.school = school
        self.course = course
        self.untouchable = untouchable
        self.additions_only = additions_only
        self.load(review, register)

    def load(self, review: Review, register: Register) -> None:
        """Show other proposals or another register: after a refresh, or a change in `Leerlingen beheren`."""
        self.review = review
        self.existing = Existing(register)
        self.choices = Choices(review, self.course)
        self.steps = Steps(self.choices, self.course, self.existing)
        self._maker = RowMaker(
            review,
            self.choices,
            self.existing,
            untouchable=self.untouchable,
            additions_only=self.additions_only,
        )
        self._rows = Lazily(self._maker.row)
        self._standing = Lazily(self._maker.standing)
        self._order: Mapping[Kind, list[RowKey]] = {
            kind: sorted((key for key, _choice in self.choices.items() if key.kind is kind), key=self._maker.sorting)
            for kind in Kind
        }
        self._texts: dict[RowKey, str] = {}

    @property
    def seen(self) -> int:
        """How many entries of the log this session has taken in."""
        return self.course.entries

    def take_in(self, entries: Iterable[Decision]) -> frozenset[RowKey]:
        """Apply new entries of the log; return the rows that look different."""
        touched: set[RowKey] = set()
        for entry in entries:
            touched |= self.course.apply(entry)
        dirty = self.choices.update(touched)
        if any(key.kind is Kind.GROUP for key in touched):
            self._maker.groups_moved()
        self._rows.forget(dirty)
        self._standing.forget(dirty)
        return dirty

    def rows(self, selection: Selection) -> list[Row]:
        """Return the rows of a list in the order of names."""
        return [self._rows[key] for key in self.keys(selection)]

    def keys(self, selection: Selection) -> list[RowKey]:
        """Return which rows a list holds, in the order of names, without drawing them up."""
        needles = words(selection.search)
        members = None if selection.group is None else set(self._members(selection.kind, selection.group))
        return [
            key
            for key in self._order[selection.kind]
            if (selection.category is None or self._standing[key].category is selection.category)
            and self._shown(key, selection.show)
            and (members is None or key in members)
            and (not needles or found(needles, self._text(self._rows[key])))
        ]

    def row(self, key: RowKey) -> Row:
        """Return one row; KeyError when ParnasSys did not send it."""
        return self._rows[key]

    def standing(self, key: RowKey) -> Standing:
        """Return where a row stands, without drawing it up; KeyError when ParnasSys did not send it."""
        return self._standing[key]

    def __contains__(self, key: RowKey) -> bool:
        return key in self.choices

    def detail(self, key: RowKey) -> Detail:
        """Return a row with its candidates, best first, each with its reasons."""
        return Detail(
            row=self._rows[key],
            options=options_of(key, self._maker, self.course),
            notice=notice_of(key, self.choices.proposals[key], self.course),
        )

    def find_existing(self, key: RowKey, query: str = "", limit: int = 50) -> tuple[Option, ...]:
        """Return what this row can be linked to (`koppeling aanpassen`): candidates first, then all others by name."""
        return existing_options(key, self._maker, self.course, words(query), limit)

    def counts(self, kind: Kind) -> Counts:
        """Return the counts of one tab."""
        clear = dict.fromkeys(Category, 0)
        everything = dict.fromkeys(Category, 0)
        problems = doubts = 0
        for key in self._order[kind]:
            standing = self._standing[key]
            everything[standing.category] += 1
            doubts += standing.doubt
            if standing.problem:
                problems += 1
            else:
                clear[standing.category] += 1
        return Counts(
            received=len(self._order[kind]),
            new=clear[Category.NEW],
            existing=clear[Category.EXISTING],
            skipped=clear[Category.SKIP],
            problems=problems,
            doubts=doubts,
            in_category=everything,
        )

    def problems(self) -> tuple[Problem, ...]:
        """Return everything that blocks the commit, tab by tab in the order of the lists."""
        rows = (self._rows[key] for key in self._all() if self._standing[key].problem)
        return tuple(problem for row in rows for problem in row.problems)

    def doubts(self) -> tuple[Row, ...]:
        """Return the rows that a person must still look at."""
        return tuple(self._rows[key] for key in self._all() if self._standing[key].doubt)

    def groups(self) -> tuple[tuple[LasKey, str], ...]:
        """Return key and name of the groups a list can be narrowed to."""
        ordered = (self.choices.sent.groups[key] for key in self._order[Kind.GROUP])
        return tuple((group.key, group.name) for group in ordered)

    def place_of(self, person: str) -> RowKey | None:
        """Return the row this person worked in last: where the review reopens."""
        _at, key = self.course.last_of.get(person, (None, None))
        return key if key is not None and key in self else None

    def company(self, me: str, now: datetime, within: timedelta = timedelta(minutes=15)) -> dict[str, RowKey | None]:
        """Return who else decided something lately, and in which row."""
        return {who: key for who, (at, key) in self.course.last_of.items() if who != me and now - at <= within}

    def _members(self, kind: Kind, group: LasKey) -> Iterable[RowKey]:
        if kind is not Kind.GROUP:
            return self.choices.sent.connected.get(group, ())
        return [key for key, sent in self.choices.sent.groups.items() if sent.key == group]

    def _all(self) -> Iterable[RowKey]:
        return (key for kind in Kind for key in self._order[kind])

    def _shown(self, key: RowKey, show: Show) -> bool:
        match show:
            case Show.ALL:
                return True
            case Show.DOUBT:
                return self._standing[key].doubt
            case Show.CHANGED:
                return bool(self._rows[key].changes)
            case Show.PROBLEM:
                return self._standing[key].problem
            case Show.CLEAR:
                return not self._standing[key].problem

    def _text(self, row: Row) -> str:
        if row.key not in self._texts:
            sent = self.choices.sent.get(row.key)
            spoken = (
                "" if sent is None or isinstance(sent, IncomingGroup) else f"{sent.name.spoken} {sent.name.surname}"
            )
            number = str(row.key.incoming)
            self._texts[row.key] = haystack(row.title, spoken, row.group, row.year, row.email, number, born=row.born)
        return self._texts[row.key]
