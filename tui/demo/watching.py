"""Notices that a step of a story is done, by looking at both ends; nobody has to say so."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, assert_never

from core.errors import RefusedByState
from core.language import _
from core.linking.link import LinkState, Move
from core.record import SchoolRecord
from core.scores.ledger import TO_SEND, State
from simulator.world.scenario_model import Watch
from tui.demo.acts import SchoolActs
from tui.demo.stage import SERVICE, Stage

_STATES = {
    Watch.REQUESTED: LinkState.REQUESTED,
    Watch.OPENED: LinkState.OPENED,
    Watch.SUBMITTED: LinkState.SUBMITTED,
    Watch.APPROVED: LinkState.APPROVED,
    Watch.ACTIVE: LinkState.ACTIVE,
    Watch.DISTURBED: LinkState.DISTURBED,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Since:
    """What there was when a step began; only what came after it can end it."""

    transitions: int
    imports: int
    night: str
    keys: int


def record_of(stage: Stage, acts: SchoolActs) -> SchoolRecord:
    """Return the school's record."""
    record = stage.desk.office.store.record(acts.school).read()
    if record is None:
        raise RefusedByState(_("School {school} staat niet op de oefenwereld.").format(school=acts.school))
    return record


def since(stage: Stage, acts: SchoolActs) -> Since:
    """Take the measure of this moment."""
    record = record_of(stage, acts)
    return Since(
        transitions=len(record.link.steps) if record.link else 0,
        imports=len(record.imports),
        night=_last_night(stage),
        keys=int(_inside(stage, acts)["sleutels_gemaakt"]),
    )


def noticed(watch: Watch, stage: Stage, acts: SchoolActs, began: Since) -> bool:
    """Say whether what the step waits for has happened since it began."""
    record = record_of(stage, acts)
    match watch:
        case Watch.READ:
            return False
        case Watch.OPENED if _inside(stage, acts)["koppeling"] == "dicht":
            return False  # written down here, but nobody opened it in ParnasSys
        case Watch.REQUESTED | Watch.OPENED | Watch.SUBMITTED | Watch.APPROVED | Watch.ACTIVE | Watch.DISTURBED:
            steps = record.link.steps[began.transitions :] if record.link else ()
            return any(step.to is _STATES[watch] for step in steps)
        case Watch.CLEARED:
            register = record.register
            return not any([one.external for one in register.groups] + [one.external for one in register.pupils])
        case Watch.RENEWED:
            steps = record.link.steps[began.transitions :] if record.link else ()
            return any(step.move is Move.RENEW_KEY for step in steps)
        case Watch.SUBSCRIBED:
            return bool(_inside(stage, acts)["koppeling"] in ("afgenomen", "actief"))
        case Watch.KEY_SET:
            return bool(_inside(stage, acts)["sleutels_gemaakt"] > began.keys)
        case Watch.PULLED:
            return bool(record.open_review) or len(record.imports) > began.imports
        case Watch.DECIDED:
            if not record.open_review:
                return len(record.imports) > began.imports
            return stage.desk.imports.summary(SERVICE, acts.school).ready
        case Watch.IMPORTED:
            return len(record.imports) > began.imports
        case Watch.HELD:
            return record.held is not None
        case Watch.NIGHT:
            return _last_night(stage) != began.night
        case Watch.CONFIRMED:
            entries = stage.desk.office.store.ledger(acts.school).read().entries.values()
            states = {entry.state for entry in entries}
            return _last_night(stage) != began.night and State.CONFIRMED in states and not states & TO_SEND
        case _:
            assert_never(watch)


def _inside(stage: Stage, acts: SchoolActs) -> dict[str, Any]:
    inside: dict[str, Any] = stage.ask("GET", f"/schools/{acts.school}")
    return inside


def _last_night(stage: Stage) -> str:
    nights = stage.desk.office.store.nights().last(1)
    return nights[0].id if nights and nights[0].finished else ""
