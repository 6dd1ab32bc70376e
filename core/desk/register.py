"""`Leerlingen beheren` and what else a school sets about its own records (workflow.md §3)."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from core.desk.actor import Act, Actor
from core.desk.office import Office
from core.desk.reviews import scores_of
from core.desk.roster_csv import write_roster
from core.desk.roster_guards import require_confirmation
from core.desk.roster_merge import Fields, merged
from core.desk.roster_reading import read_roster
from core.desk.trail import counted
from core.desk.transitions import transition
from core.errors import RefusedByState, UnreadableInput
from core.importing.plan import ScoresOf
from core.importing.search import found, haystack, words
from core.language import N_, _
from core.model import Pupil, PupilId, Register, SchoolId, TeacherId
from core.record import Care

T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class PupilLine:
    """A pupil in `Leerlingen beheren`."""

    pupil: Pupil
    group: str
    """Name of the group, empty = none."""
    untouchable: bool
    scores: ScoresOf = ScoresOf()


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """What reading in a roster did."""

    new: int
    """Records, as in the next two."""
    changed: int
    total: int
    """In the test centre afterwards."""
    fields: Fields
    absent: int
    """Active pupils that the file does not mention; they stay as they are."""


class RegisterDesk:
    """What the test centre holds of a school."""

    def __init__(self, office: Office) -> None:
        self._office = office

    def show(self, actor: Actor, school: SchoolId) -> Register:
        """Return groups, teachers and pupils."""
        return self._office.record(actor, Act.LOOK, school).register

    def pupils(
        self, actor: Actor, school: SchoolId, *, search: str = "", active: bool | None = None
    ) -> Sequence[PupilLine]:
        """Return pupils by name; `active` False gives those that were deactivated."""
        record = self._office.record(actor, Act.LOOK, school)
        scores = scores_of(self._office, school)
        names = {group.id: group.name for group in record.register.groups}
        needles = words(search)
        lines = [
            PupilLine(
                pupil=pupil,
                group=names.get(pupil.group, "") if pupil.group else "",
                untouchable=pupil.id in record.care.never_touch_pupils,
                scores=scores.get(pupil.id, ScoresOf()),
            )
            for pupil in record.register.pupils
            if (active is None or pupil.active is active)
            and found(needles, haystack(pupil.name.spoken, pupil.external, pupil.id, born=pupil.born))
        ]
        return sorted(lines, key=lambda line: (line.pupil.name.listed.casefold(), line.pupil.id))

    def set_active(self, actor: Actor, school: SchoolId, pupils: Collection[PupilId], *, active: bool) -> int:
        """Reactivate pupils, or deactivate them; return how many changed. Their results stay as they are."""
        with transition(self._office, actor, Act.MANAGE_PUPILS, school) as draft:
            register = draft.value.register
            _refuse_unknown(register, pupils)
            changed = [pupil.id for pupil in register.pupils if pupil.id in pupils and pupil.active is not active]
            since = None if active else self._office.clock.now().date()
            draft.value = replace(
                draft.value,
                register=replace(
                    register,
                    pupils=tuple(
                        replace(pupil, active=active, inactive_since=since) if pupil.id in changed else pupil
                        for pupil in register.pupils
                    ),
                ),
            )
            if changed:
                to = N_("actief") if active else N_("niet actief")
                self._office.note(actor, Act.MANAGE_PUPILS, school, subject=" ".join(changed), to=to)
        return len(changed)

    def export(self, actor: Actor, school: SchoolId) -> str:
        """Return the register as the CSV file that `take_in` reads."""
        return write_roster(self._office.record(actor, Act.LOOK, school).register)

    def care(self, actor: Actor, school: SchoolId) -> Care:
        """Return what this school wants handled with care."""
        return self._office.record(actor, Act.LOOK, school).care

    def never_touch(
        self,
        actor: Actor,
        school: SchoolId,
        *,
        pupils: Collection[PupilId] = (),
        teachers: Collection[TeacherId] = (),
        on: bool = True,
    ) -> Care:
        """Put records on the list that no import changes, or take them off."""
        with transition(self._office, actor, Act.MANAGE_PUPILS, school) as draft:
            register, care = draft.value.register, draft.value.care
            _refuse_unknown(register, pupils)
            if unknown := set(teachers) - {teacher.id for teacher in register.teachers}:
                raise _not_here(unknown)
            care = replace(
                care,
                never_touch_pupils=_switched(care.never_touch_pupils, frozenset(pupils), on=on),
                never_touch_teachers=_switched(care.never_touch_teachers, frozenset(teachers), on=on),
            )
            draft.value = replace(draft.value, care=care)
            to = N_("nooit aanraken") if on else N_("weer gewoon")
            self._office.note(actor, Act.MANAGE_PUPILS, school, subject=" ".join([*pupils, *teachers]), to=to)
        return care

    def additions_only(self, actor: Actor, school: SchoolId, *, on: bool) -> Care:
        """Let imports of this school only add records and link existing ones, or let them change things again."""
        with transition(self._office, actor, Act.MANAGE_PUPILS, school) as draft:
            care = replace(draft.value.care, additions_only=on)
            draft.value = replace(draft.value, care=care)
            to = N_("alleen toevoegen") if on else N_("toevoegen en wijzigen")
            self._office.note(actor, Act.MANAGE_PUPILS, school, to=to)
        return care

    def staged(self, actor: Actor, school: SchoolId, *, on: bool) -> Care:
        """Retrieve in steps from now on, or all in one again. What comes in steps never deactivates anybody."""
        with transition(self._office, actor, Act.MANAGE_PUPILS, school) as draft:
            care = replace(draft.value.care, staged=on)
            draft.value = replace(draft.value, care=care)
            to = N_("getrapt ophalen") if on else N_("alles in één ophalen")
            self._office.note(actor, Act.MANAGE_PUPILS, school, to=to)
        return care

    def take_in(
        self, actor: Actor, school: SchoolId, content: bytes, *, confirm: str = "", dry_run: bool = False
    ) -> Taken:
        """Read in a roster file: records in it are added or filled in, others stay; links stay as they are.

        Raises UnreadableInput naming every line that is no good; RefusedByState while an import is in progress;
        RefusedByGuard when much would change and `confirm` is not the BRIN.
        """
        with transition(self._office, actor, Act.MANAGE_PUPILS, school) as draft:
            before, today = draft.value.register, self._office.clock.now().date()
            file = read_roster(content, before)
            if draft.value.open_review and not dry_run:
                raise RefusedByState(
                    _("Er staat een import open voor deze school."), todo=_("Rond die eerst af of breek die af.")
                )
            after = merged(before, file, today)
            pupils = {given.record.id for given in file.pupils}
            overruled = require_confirmation(
                before,
                after.register,
                pupils=pupils,
                groups={given.record.id for given in file.groups},
                today=today,
                school=school,
                confirm=confirm,
            )
            taken = Taken(
                new=after.new,
                changed=after.changed,
                total=len(after.register.groups) + len(after.register.teachers) + len(after.register.pupils),
                fields=after.fields,
                absent=sum(1 for pupil in before.pupils if pupil.active and pupil.id not in pupils),
            )
            if not dry_run:
                draft.value = replace(draft.value, register=after.register)
                told = counted({N_("gegevens"): taken.total})
                self._office.note(actor, Act.MANAGE_PUPILS, school, to=told, why=overruled)
        return taken


def _switched(before: frozenset[T], some: frozenset[T], *, on: bool) -> frozenset[T]:
    return before | some if on else before - some


def _refuse_unknown(register: Register, pupils: Collection[PupilId]) -> None:
    if unknown := set(pupils) - {pupil.id for pupil in register.pupils}:
        raise _not_here(unknown)


def _not_here(ids: Collection[str]) -> UnreadableInput:
    return UnreadableInput(
        _("Niet in het testcentrum: {ids}.").format(ids=", ".join(sorted(ids))), todo=_("Controleer de nummers.")
    )
