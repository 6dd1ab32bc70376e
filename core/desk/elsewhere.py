"""Results that may stand with another child in ParnasSys: what to remove there by hand, and that it was done.

UWLR cannot delete (uwlr.md §6.1). A pupil that was linked to the wrong child when a result left is linked right by now;
the result waits until a person says that the wrong one is gone.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from core.desk.actor import Act, Actor
from core.desk.office import Office
from core.desk.result_rows import ResultRow, row_maker
from core.desk.scores import ScoreDesk
from core.errors import RefusedByState
from core.language import _, ngettext
from core.model import Pupil, Register, SchoolId
from core.scores.ledger import Entry, State, Step
from core.scores.message import ResultKey
from core.scores.reasons import Reason
from core.scores.selection import holders_of

MAY_STAND_ELSEWHERE = frozenset({(State.HELD, Reason.OTHER_CHILD), (State.REJECTED, Reason.OTHER_KEY)})


@dataclass(frozen=True, slots=True, kw_only=True)
class Elsewhere:
    """One result, and where it may stand."""

    row: ResultRow
    places: tuple[str, ...]
    """The children it may stand with, as in a class list; the ParnasSys number of one that nobody here is linked to."""


class ElsewhereDesk:
    """Shows what may stand with another child, and takes note of what the school removed there."""

    def __init__(self, office: Office, scores: ScoreDesk) -> None:
        self._office = office
        self._scores = scores

    def show(self, actor: Actor, school: SchoolId) -> tuple[Elsewhere, ...]:
        """Return every result that may stand with another child, by pupil."""
        record = self._office.record(actor, Act.LOOK, school)
        make = row_maker(record.register, self._scores.catalogue)
        holders = holders_of(record.register.pupils)
        found = [
            Elsewhere(
                row=make(entry),
                places=tuple(
                    _name(one, record.register) if one else _("leerling {key} in ParnasSys").format(key=key)
                    for key in entry.stands_under
                    for one in holders.get(key) or (None,)
                    if one is None or one.id != entry.result.pupil
                ),
            )
            for entry in self._office.store.ledger(school).read()
            if _waits(entry)
        ]
        return tuple(sorted(found, key=lambda one: (one.row.name, one.row.taken, one.row.test, one.row.part)))

    def removed(self, actor: Actor, school: SchoolId, keys: Iterable[ResultKey]) -> int:
        """Take note that these were removed in ParnasSys: the next run sends them to their own child.

        Return how many were. Raises RefusedByState, with nothing noted, when one of them does not wait for that.
        """
        self._office.record(actor, Act.IMPORT_RESULTS, school)
        step = Step(at=self._office.clock.now(), to=State.WAITING, reason=Reason.REMOVED, by=actor.name)
        with self._office.store.ledger(school).edit() as draft:
            found = []
            for key in dict.fromkeys(keys):
                entry = draft.value.entries.get(key)
                if entry is None or not _waits(entry):
                    raise RefusedByState(
                        _("Resultaat {key} staat niet als misschien bij een ander kind.").format(key=key),
                        todo=_("Kijk welke dat wel zijn: koppeldesk results elsewhere {school}").format(school=school),
                    )
                found.append(entry.moved(step))
            for entry in found:
                self._office.note(actor, Act.IMPORT_RESULTS, school, subject=entry.key, to=Reason.REMOVED.value)
            draft.value = draft.value.with_entries(found)
        return len(found)


def _waits(entry: Entry) -> bool:
    return (entry.state, entry.reason) in MAY_STAND_ELSEWHERE


def _name(pupil: Pupil, register: Register) -> str:
    group = next((group.name for group in register.groups if group.id == pupil.group), "")
    return f"{pupil.name.listed} ({group})" if group else pupil.name.listed


def told_elsewhere(count: int) -> str:
    """Say how many scores may stand with another child."""
    return ngettext(
        "{n} score staat in ParnasSys misschien bij een ander kind.",
        "{n} scores staan in ParnasSys misschien bij een ander kind.",
        count,
    ).format(n=count)
