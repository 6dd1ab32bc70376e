"""Makes the rows of a review from facts, proposals and choices."""

from __future__ import annotations

from core.importing.choices import Choice, Choices, stood_in_for
from core.importing.decisions import Category, RowKey
from core.importing.differences import Difference, group_differences, pupil_differences, teacher_differences
from core.importing.merge import group_after, pupil_after, teacher_after
from core.importing.problems import doubt_of, problems_of, title_of
from core.importing.review import Review
from core.importing.rows import (
    Counterpart,
    Row,
    Standing,
    counterpart_of_group,
    counterpart_of_pupil,
    counterpart_of_teacher,
)
from core.importing.search import fold
from core.importing.tables import Existing
from core.model import GroupId, IncomingGroup, IncomingPupil, IncomingTeacher, Kind


class RowMaker:
    """Everything a row is made of; asked again for a row when something about it changed."""

    def __init__(
        self,
        review: Review,
        choices: Choices,
        existing: Existing,
        *,
        untouchable: frozenset[str] = frozenset(),
        additions_only: bool = False,
    ) -> None:
        self.choices = choices
        self.existing = existing
        self._untouchable = untouchable
        self._additions_only = additions_only
        self._changed = frozenset(review.changed)
        self._emails = {fold(t.email): t.name.listed for t in existing.teachers.values() if t.email and t.active}
        self._placing = choices.placing()

    def groups_moved(self) -> None:
        """Look again where the groups go."""
        self._placing = self.choices.placing()

    def row(self, key: RowKey) -> Row:
        """Return the row as it is now."""
        choice, proposal = self.choices[key], self.choices.proposals[key]
        incoming = self.choices.sent.get(key)
        born, group, year = None, "", ""
        match incoming:
            case IncomingPupil():
                born, year = incoming.born, incoming.year_group
                group = self.choices.sent.group_name(incoming.group)
            case IncomingTeacher():
                group = ", ".join(self.choices.sent.group_name(one) for one in incoming.groups)
            case IncomingGroup():
                year = incoming.year
            case None:
                pass
        return Row(
            key=key,
            title=title_of(self.choices, key),
            born=born,
            group=group,
            year=year,
            email=choice.email,
            category=choice.category,
            existing=self.counterpart(key.kind, choice.existing) if choice.existing else None,
            probability=proposal.probability,
            ground=proposal.ground,
            flags=proposal.flags,
            doubt=doubt_of(key, proposal, self.choices.course),
            by=choice.by,
            at=choice.at,
            problems=problems_of(key, self.choices, self.existing, self._emails),
            changes=self._changes(key, choice),
            changed_since=key in self._changed,
        )

    def standing(self, key: RowKey) -> Standing:
        """Return where the row stands now; far less work than the whole row."""
        return Standing(
            category=self.choices[key].category,
            doubt=bool(doubt_of(key, self.choices.proposals[key], self.choices.course)),
            problem=bool(problems_of(key, self.choices, self.existing, self._emails)),
        )

    def counterpart(self, kind: Kind, id_: str) -> Counterpart | None:
        """Return an existing record as it stands beside a row; None when it is not there."""
        if not self.existing.holds(kind, id_):
            return None
        match kind:
            case Kind.GROUP:
                return counterpart_of_group(self.existing.groups[id_])
            case Kind.TEACHER:
                teacher = self.existing.teachers[id_]
                groups = ", ".join(map(self.existing.group_name, teacher.groups))
                return counterpart_of_teacher(teacher, groups, untouchable=id_ in self._untouchable)
            case Kind.PUPIL:
                pupil = self.existing.pupils[id_]
                group = self.existing.group_name(pupil.group) if pupil.group else ""
                return counterpart_of_pupil(pupil, group, untouchable=id_ in self._untouchable)

    def sorting(self, key: RowKey) -> tuple[str, ...]:
        """Return what the lists are sorted by: name, and for groups the year first."""
        incoming = self.choices.sent.get(key)
        year = incoming.year if isinstance(incoming, IncomingGroup) else ""
        return year, fold(title_of(self.choices, key)), key.incoming

    def _changes(self, key: RowKey, choice: Choice) -> tuple[Difference, ...]:
        if choice.category is not Category.EXISTING or not choice.existing:
            return ()
        if self._additions_only or choice.existing in self._untouchable:
            return ()
        incoming = self.choices.sent.get(key)
        match incoming:
            case IncomingPupil() if pupil := self.existing.pupils.get(choice.existing):
                return pupil_differences(pupil, pupil_after(incoming, pupil, self._placing), self._name_of)
            case IncomingTeacher() if teacher := self.existing.teachers.get(choice.existing):
                after = teacher_after(incoming, teacher, self._placing, choice.email)
                return teacher_differences(teacher, after, self._name_of)
            case IncomingGroup() if group := self.existing.groups.get(choice.existing):
                return group_differences(group, group_after(incoming, group))
            case _:
                return ()

    def _name_of(self, id_: GroupId) -> str:
        key = stood_in_for(id_)
        return self.existing.group_name(id_) if key is None else self.choices.sent.group_name(key)
