"""A bureau with a school whose ParnasSys answers what the test gives it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from core.errors import KoppeldeskError
from core.las import NoData, NothingNew, PullAnswer, Received
from core.linking.link import LinkState
from core.model import LinkAddress, Register, Roster
from tests.core.desk.office import Bureau, ObedientLas


@dataclass
class AnsweringLas(ObedientLas):
    """Answers with `roster`, or `geenwijzigingen` when the caller has seen it."""

    roster: Roster | None = None
    refusal: KoppeldeskError | None = None
    asked: list[datetime | None] = field(default_factory=list)

    async def pull(self, address: LinkAddress, *, since: datetime | None = None, staged: bool = False) -> PullAnswer:
        self.asked.append(since)
        if self.refusal:
            raise self.refusal
        if self.roster is None:
            return NoData()
        if since is not None and since == self.roster.created:
            return NothingNew()
        return Received(roster=self.roster)


@dataclass
class SchoolBureau(Bureau):
    """The bureau of one school that may import."""

    las: AnsweringLas = field(default_factory=AnsweringLas)


def a_bureau(
    folder: Path, roster: Roster | None, register: Register, state: LinkState = LinkState.APPROVED
) -> SchoolBureau:
    bureau = SchoolBureau(folder, las=AnsweringLas(roster=roster))
    bureau.with_school(state)
    bureau.with_register(register)
    return bureau
