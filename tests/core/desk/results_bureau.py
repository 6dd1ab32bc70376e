"""A bureau whose school has linked pupils p1, p2, … in groups 5 and 6, and whose ParnasSys takes results."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path

from core.clock import AMSTERDAM
from core.linking.link import LinkState, Move, Step
from core.model import Group, GroupId, LinkAddress, Register, SchoolId
from core.scores.message import ResultMessage
from tests.core.desk.office import SCHOOL, Bureau, ObedientLas
from tests.core.scores.builders import Receiver, a_pupil

HEADER = "brin;leerling;toets;versie;afnamedatum;score"


@dataclass
class Listening(ObedientLas):
    """A ParnasSys that also takes results."""

    receiver: Receiver = field(default_factory=Receiver)

    async def deliver(self, address: LinkAddress, message: ResultMessage) -> None:
        await self.receiver.deliver(address, message)


def a_bureau(folder: Path, *schools: SchoolId, pupils: int = 4) -> tuple[Bureau, Listening]:
    """Return the bureau and the ParnasSys behind it; the link was approved on 1 September."""
    las = Listening()
    bureau = Bureau(folder, las=las)
    for school in schools or (SCHOOL,):
        bureau.with_school(LinkState.ACTIVE, school)
        bureau.with_register(
            Register(
                groups=(
                    Group(id=GroupId("g5"), name="Groep 5", year="5"),
                    Group(id=GroupId("g6"), name="Groep 6", year="6"),
                ),
                pupils=tuple(replace(a_pupil(n), group=GroupId("g5" if n % 2 else "g6")) for n in range(1, pupils + 1)),
            ),
            school,
        )
        with bureau.store.record(school).edit() as draft:
            assert draft.value is not None and draft.value.link is not None
            approved = Step(
                at=datetime(2026, 9, 1, 9, tzinfo=AMSTERDAM),
                move=Move.APPROVE,
                came_from=LinkState.SUBMITTED,
                to=LinkState.APPROVED,
                by="Anne",
            )
            draft.value = replace(draft.value, link=replace(draft.value.link, steps=(approved,)))
    return bureau, las


def a_file(*lines: str, school: SchoolId = SCHOOL) -> bytes:
    """Return a results file with these lines, the BRIN left out of each."""
    return "".join(f"{line}\n" for line in (HEADER, *(f"{school};{line}" for line in lines))).encode()
