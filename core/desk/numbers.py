"""The use cases of the external numbers: what clearing them means, clearing, and putting them back (workflow.md §3)."""

from __future__ import annotations

from dataclasses import replace

from core.desk.actor import Act, Actor
from core.desk.office import Office
from core.desk.trail import counted
from core.desk.transitions import transition
from core.errors import RefusedByState
from core.history import KeptNumbers
from core.importing.externals import Recognition, cleared, numbers_of, recognition, restored
from core.language import N_, _
from core.linking.numbers import IN_USE
from core.model import SchoolId
from core.record import SchoolRecord


class NumbersDesk:
    """The riskiest moment of an activation: everything that tied the two systems together goes."""

    def __init__(self, office: Office) -> None:
        self._office = office

    def clear_preview(self, actor: Actor, school: SchoolId) -> Recognition:
        """Count who can be recognised again without numbers, and who becomes ambiguous.

        Raises RefusedByState when this very link put the numbers there.
        """
        record = self._office.record(actor, Act.LOOK, school)
        _refuse_in_use(record)
        return recognition(record.register)

    def clear_external(self, actor: Actor, school: SchoolId) -> Recognition:
        """Clear every external number of the school and keep them aside; no test data is deleted by it.

        Raises RefusedByState when there is nothing to clear, or when this very link put the numbers there.
        """
        with transition(self._office, actor, Act.CLEAR_EXTERNAL, school) as draft:
            record = draft.value
            _refuse_in_use(record)
            counts = recognition(record.register)
            if not counts.anything:
                raise RefusedByState(_("Er zijn geen externe nummers om te wissen."))
            kept = numbers_of(record.register, self._office.clock.now(), actor.name)
            told = counted(
                {N_("leerlingen"): counts.pupils, N_("groepen"): counts.groups, N_("leerkrachten"): counts.teachers}
            )
            self._office.note(actor, Act.CLEAR_EXTERNAL, school, came_from=told, to=N_("leeg"))
            cleaned = record.with_register(cleared(record.register))
            draft.value = replace(cleaned, kept_numbers=_together(record.kept_numbers, kept))
        return counts

    def restore_external(self, actor: Actor, school: SchoolId) -> None:
        """Put the numbers back; possible until the next import. Raises RefusedByState when nothing is kept."""
        with transition(self._office, actor, Act.CLEAR_EXTERNAL, school) as draft:
            record = draft.value
            _refuse_in_use(record)
            register = restored(record.register, record.kept_numbers)
            self._office.note(actor, Act.CLEAR_EXTERNAL, school, came_from=N_("leeg"), to=N_("teruggezet"))
            draft.value = replace(record.with_register(register), kept_numbers=None)


def _refuse_in_use(record: SchoolRecord) -> None:
    if record.link and record.link.state in IN_USE:
        raise RefusedByState(
            _("De koppeling is {state}: de nummers zijn die van deze koppeling.").format(
                state=_(record.link.state.value)
            ),
            todo=_("Wissen hoort bij een nieuwe aanvraag. Beëindig zo nodig eerst de koppeling."),
        )


def _together(before: KeptNumbers | None, now: KeptNumbers) -> KeptNumbers:
    """Return what was kept before with what is kept now on top of it: clearing twice loses nothing."""
    if before is None:
        return now
    return replace(
        now,
        groups={**before.groups, **now.groups},
        teachers={**before.teachers, **now.teachers},
        pupils={**before.pupils, **now.pupils},
        linked_groups={**before.linked_groups, **now.linked_groups},
        linked_teachers={**before.linked_teachers, **now.linked_teachers},
        linked_pupils={**before.linked_pupils, **now.linked_pupils},
    )
