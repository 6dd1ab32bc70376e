"""Makes the plan of an import from what was chosen for every row."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date

from core.errors import Refused
from core.history import ChangeSet
from core.importing.choices import Choice
from core.importing.decisions import Category, RowKey
from core.importing.differences import group_differences, pupil_differences, teacher_differences
from core.importing.guards import guards, is_renamed
from core.importing.leaving import Absence
from core.importing.merge import Placing, group_after, linked_after, pupil_after, teacher_after
from core.importing.plan import Change, Plan, ScoresOf, Tally
from core.importing.release import Owners, changes_after, leaving_after, owners, released
from core.importing.review import Proposal
from core.importing.tables import Existing, Sent
from core.language import _
from core.model import (
    Group,
    GroupId,
    IncomingPupil,
    IncomingTeacher,
    Kind,
    LasKey,
    LinkedAs,
    PersonName,
    Pupil,
    PupilId,
    Register,
    Roster,
    Teacher,
    TeacherId,
)
from core.ports import Ids


class Planner:
    """One import being planned."""

    def __init__(
        self,
        *,
        roster: Roster,
        proposals: Mapping[RowKey, Proposal],
        chosen: Mapping[RowKey, Choice],
        register: Register,
        ids: Ids,
        today: date,
        never_touch: frozenset[str] = frozenset(),
        additions_only: bool = False,
        scores: Mapping[PupilId, ScoresOf] | None = None,
        parted: Collection[tuple[RowKey, str]] = (),
    ) -> None:
        self._sent = Sent(roster)
        self._parted = parted
        self._proposals = proposals
        self._chosen = chosen
        self._existing = Existing(register)
        self._ids = ids
        self._today = today
        self._never_touch = never_touch
        self._additions_only = additions_only
        self._scores = scores or {}
        self._group_ids: dict[LasKey, GroupId] = {}

    def plan(self) -> Plan:
        """Return the plan. Raises Refused when two incoming records are linked to one existing record."""
        self._refuse_two_on_one()
        groups = tuple(self._groups())
        placing = Placing(goes_to=self._group_ids)
        names = {change.after.id: change.after.name for change in groups}
        self._name_of = lambda id_: names.get(id_) or self._existing.group_name(id_)
        teachers, pupils = tuple(self._teachers(placing)), tuple(self._pupils(placing))
        whole = self._sent.roster.completeness.whole
        absence = Absence(sent=self._sent, proposals=self._proposals, chosen=self._chosen, existing=self._existing)
        goes = whole and not self._additions_only
        leaving = tuple(absence.leaving(self._never_touch, self._scores)) if goes else ()
        of_groups = self._owners(Kind.GROUP, groups)
        of_teachers, of_pupils = self._owners(Kind.TEACHER, teachers), self._owners(Kind.PUPIL, pupils)
        register, never = self._existing.register, self._never_touch
        groups, teachers = changes_after(of_groups, groups, never), changes_after(of_teachers, teachers, never)
        pupils, leaving = changes_after(of_pupils, pupils, never), leaving_after(of_pupils, leaving)
        changed: list[set[str]] = [
            {one.after.id for one in groups},
            {one.after.id for one in teachers},
            {one.after.id for one in pupils} | {one.after.id for one in leaving},
        ]
        linked = [change for change in pupils if change.before is not None]
        active = [pupil for pupil in self._existing.register.pupils if pupil.active]
        return Plan(
            groups=tuple(change for change in groups if change.before != change.after),
            teachers=tuple(change for change in teachers if change.before != change.after),
            pupils=tuple(change for change in pupils if change.before != change.after),
            leaving=leaving,
            released=ChangeSet(
                groups=tuple(released(of_groups, register.groups, changed[0] | never)),
                teachers=tuple(released(of_teachers, register.teachers, changed[1] | never)),
                pupils=tuple(released(of_pupils, register.pupils, changed[2] | never)),
            ),
            tallies={
                Kind.GROUP: self._tally(Kind.GROUP, groups),
                Kind.TEACHER: self._tally(Kind.TEACHER, teachers),
                Kind.PUPIL: self._tally(Kind.PUPIL, pupils),
            },
            tripped=guards(
                active=active,
                leaving=[one.before for one in leaving],
                linked=len(linked),
                renamed=sum(1 for one in linked if one.before and is_renamed(one.before, one.after)),
                groups=self._existing.register.groups,
                today=self._today,
            ),
            spared=tuple(absence.spared()),
            not_whole=() if whole else self._sent.roster.completeness.doubts or (_("De lijst is niet volledig."),),
        )

    def _owners(
        self, kind: Kind, changes: Iterable[Change[Group]] | Iterable[Change[Teacher]] | Iterable[Change[Pupil]]
    ) -> Owners:
        found = owners(
            (incoming, change.after.id) for change in changes if (incoming := self._sent.get(change.key)) is not None
        )
        # Whose key a person said it is not, lets it go, also when it is nobody else's yet.
        nobody = {
            key: "" for row, existing in self._parted if row.kind is kind and (key := self._shared(row, existing))
        }
        return replace(found, keys={**nobody, **found.keys})

    def _shared(self, row: RowKey, existing: str) -> str:
        """Return the key under which this row was sent and this record is linked; empty = there is none."""
        incoming, record = self._sent.get(row), self._existing.of(row.kind).get(existing)
        linked = record.linked.key if record and record.linked else None
        return linked if linked and incoming and incoming.key == linked else ""

    def _refuse_two_on_one(self) -> None:
        taken = Counter(
            (key.kind, choice.existing)
            for key, choice in self._chosen.items()
            if choice.category is Category.EXISTING and choice.existing
        )
        if doubles := sorted(existing for (_kind, existing), count in taken.items() if count > 1):
            raise Refused(
                _("Twee gegevens uit ParnasSys zijn gekoppeld aan hetzelfde gegeven: {ids}.").format(
                    ids=", ".join(doubles)
                ),
                todo=_("Koppel een van beide aan iemand anders, of voeg die als nieuw toe."),
            )

    def _linked(self, key: RowKey) -> str | None:
        """Return the existing record this row goes to; empty = a new one; None = the row changes nothing."""
        choice = self._chosen.get(key)
        if choice is None or choice.category is Category.SKIP:
            return None
        if choice.category is Category.NEW:
            return ""
        return choice.existing if choice.existing and self._existing.holds(key.kind, choice.existing) else None

    def _groups(self) -> Iterator[Change[Group]]:
        for key, incoming in self._sent.groups.items():
            linked = self._linked(key)
            if linked is None:
                continue
            if not linked:
                new = group_after(incoming, Group(id=GroupId(self._ids.new()), name=incoming.name))
                self._group_ids[incoming.key] = new.id
                yield Change(key=key, before=None, after=new)
                continue
            before = self._existing.groups[linked]
            self._group_ids[incoming.key] = before.id
            after = group_after(incoming, before)
            if self._additions_only:
                after = replace(before, external=after.external, linked=LinkedAs(key=incoming.key))
            yield Change(key=key, before=before, after=after, differences=group_differences(before, after))

    def _teachers(self, placing: Placing) -> Iterator[Change[Teacher]]:
        for key, incoming in self._sent.teachers.items():
            linked = self._linked(key)
            if linked is None:
                continue
            email = self._chosen[key].email
            if not linked:
                blank = Teacher(id=TeacherId(self._ids.new()), name=PersonName())
                yield Change(key=key, before=None, after=teacher_after(incoming, blank, placing, email))
                continue
            before = self._existing.teachers[linked]
            after = teacher_after(incoming, before, placing, email)
            after = self._restrained_teacher(incoming, before, after)
            differences = teacher_differences(before, after, self._name_of)
            yield Change(key=key, before=before, after=after, differences=differences)

    def _pupils(self, placing: Placing) -> Iterator[Change[Pupil]]:
        for key, incoming in self._sent.pupils.items():
            linked = self._linked(key)
            if linked is None:
                continue
            if not linked:
                blank = Pupil(id=PupilId(self._ids.new()), name=PersonName())
                yield Change(key=key, before=None, after=pupil_after(incoming, blank, placing))
                continue
            before = self._existing.pupils[linked]
            after = self._restrained_pupil(incoming, before, pupil_after(incoming, before, placing))
            differences = pupil_differences(before, after, self._name_of)
            yield Change(key=key, before=before, after=after, differences=differences)

    def _restrained_teacher(self, incoming: IncomingTeacher, before: Teacher, after: Teacher) -> Teacher:
        if before.id in self._never_touch:
            return before
        if self._additions_only:
            return replace(before, external=after.external, linked=linked_after(incoming, before.linked))
        return after

    def _restrained_pupil(self, incoming: IncomingPupil, before: Pupil, after: Pupil) -> Pupil:
        if before.id in self._never_touch:
            return before
        if self._additions_only:
            linked = linked_after(incoming, before.linked)
            return replace(before, external=after.external, eckid=after.eckid, linked=linked)
        return after

    def _tally(
        self, kind: Kind, changes: tuple[Change[Group], ...] | tuple[Change[Teacher], ...] | tuple[Change[Pupil], ...]
    ) -> Tally:
        skipped = sum(1 for key, c in self._chosen.items() if key.kind is kind and c.category is Category.SKIP)
        new = sum(1 for change in changes if change.before is None)
        return Tally(
            new=new,
            to_change=len(changes) - new,
            really=sum(1 for change in changes if change.differences),
            skipped=skipped,
        )
