"""What a person asks for, made into steps of one act: a row moved, a group with its pupils, a proposal confirmed."""

from __future__ import annotations

from collections.abc import Iterable

from core.importing.choices import Choices
from core.importing.course import Claim, Course
from core.importing.decisions import Category, Lift, NotSame, Place, RowKey, Step
from core.importing.leaving import POSSIBLE
from core.importing.recollection import Recalled
from core.importing.tables import Existing


class Steps:
    """Steps about the rows of one review, as they stand when they are asked for."""

    def __init__(self, choices: Choices, course: Course, existing: Existing) -> None:
        self._choices = choices
        self._course = course
        self._existing = existing

    def moved(self, key: RowKey, category: Category, existing: str | None = None) -> Place:
        """Return the step that moves a row; to `bestaand` without a record it takes the best candidate there is."""
        if existing is None and category is not Category.NEW:
            linked = self._choices[key].existing
            existing = linked if linked and linked not in self._course.not_same(key) else self._best(key)
        return Place(kind=key.kind, incoming=key.incoming, category=category, existing=existing)

    def not_same(self, key: RowKey, existing: str) -> tuple[Step, ...]:
        """Return the steps of "not the same person": remembered, and the row goes to `nieuw` if it was linked to it."""
        said = NotSame(kind=key.kind, incoming=key.incoming, existing=existing)
        choice = self._choices[key]
        if choice.category is not Category.EXISTING or choice.existing != existing:
            return (said,)
        return said, Place(kind=key.kind, incoming=key.incoming, category=Category.NEW)

    def with_pupils(self, key: RowKey, category: Category) -> tuple[Step, ...]:
        """Return the steps that move a group with its pupils as one act; back, they are as they were before."""
        steps: list[Step] = [self.moved(key, category)]
        pupils = self._choices.sent.members.get(self._choices.sent.groups[key].key, ())
        if category is Category.SKIP:
            steps += (self.moved(pupil, category) for pupil in pupils if self._category(pupil) is not category)
        else:
            skipped = [pupil for pupil in pupils if self._category(pupil) is Category.SKIP]
            steps += (step for pupil in skipped if (step := self._back(pupil, self._course.place(key))))
        return tuple(steps)

    def group_switched(self, key: RowKey) -> tuple[Step, ...]:
        """Return the steps that leave a group and its pupils out, or take them in again as they were proposed."""
        if self._choices[key].category is not Category.SKIP:
            return self.with_pupils(key, Category.SKIP)
        back = Category.EXISTING if self._choices[key].existing else Category.NEW
        return self.with_pupils(key, back)

    def confirmed(self, keys: Iterable[RowKey]) -> tuple[Step, ...]:
        """Return the steps that confirm what is shown for these rows."""
        steps: list[Step] = []
        for key in keys:
            choice = self._choices[key]
            steps.append(
                Place(kind=key.kind, incoming=key.incoming, category=choice.category, existing=choice.existing)
            )
        return tuple(steps)

    def _category(self, key: RowKey) -> Category:
        return self._choices[key].category

    def _back(self, pupil: RowKey, left_out: Claim | None) -> Step | None:
        """Return the step that puts a pupil back where it was before it was left out with its group.

        None for who was left out by itself. Nothing is decided about a pupil by it that nobody had decided.
        """
        lift = Lift(kind=pupil.kind, incoming=pupil.incoming)
        claim = self._course.place(pupil)
        if claim is None:
            return lift if self._choices.proposals[pupil].recalled is Recalled.WITH_GROUP else None
        if left_out is None or claim.decision != left_out.decision:
            return None
        return self._course.before(pupil, claim.decision) or lift

    def _best(self, key: RowKey) -> str | None:
        """Return the likeliest record, unless it is so unlikely that only a person may come up with it."""
        ruled_out = self._course.not_same(key)
        for candidate in self._choices.proposals[key].candidates:
            if candidate.existing not in ruled_out and self._existing.holds(key.kind, candidate.existing):
                return candidate.existing if candidate.probability >= POSSIBLE else None
        return None
