"""Schools that are linked for real: opened, subscribed and keyed in a simulator, their pupils linked one to one."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path

import httpx

from core.clock import AMSTERDAM, SystemClock
from core.desk.office import Office
from core.las import Las, NoData, PullAnswer, Received
from core.linking.link import Link, LinkState, Move, Step
from core.mail.post import PostOffice
from core.model import (
    Administrator,
    LinkAddress,
    LinkedAs,
    Pupil,
    PupilId,
    Register,
    School,
    SchoolId,
    SchoolYear,
    Secret,
)
from core.record import SchoolRecord
from core.scores import message as wire
from core.scores.merge import merge
from core.scores.results import Result, TestCode, key_of
from core.settings import Las as LasSettings
from core.settings import Settings
from core.store.secrets import FileVault
from core.store.tiny import TinyStore
from core.uwlr.client import uwlr

TESTS = ("BOOM-TL", "BOOM-SP", "BOOM-RW")
LINKED = datetime(2020, 8, 2, 9, 0, tzinfo=AMSTERDAM)


class Counting:
    """Ids that count."""

    def __init__(self) -> None:
        self._last = 0

    def new(self) -> str:
        self._last += 1
        return str(self._last)


class NoLine:
    """No line to ParnasSys."""

    async def pull(self, address: LinkAddress, *, since: datetime | None = None, staged: bool = False) -> PullAnswer:
        return NoData()

    async def probe(self, address: LinkAddress) -> None:
        return None

    async def deliver(self, address: LinkAddress, message: wire.ResultMessage) -> None:
        raise AssertionError("nothing was to be sent")


def an_office_on(folder: Path, las: Las | None = None, *, url: str = "") -> Office:
    """Return an office on real files in this folder."""
    settings, clock = Settings(data=str(folder), las=LasSettings(url=url)), SystemClock()
    return Office(
        settings=settings,
        clock=clock,
        ids=Counting(),
        chance=random.Random(1),
        store=TinyStore(folder),
        vault=FileVault(folder / "secret.key"),
        post=PostOffice(settings, clock),
        las=las or NoLine(),
    )


@dataclass(frozen=True)
class Town:
    """Some schools of a simulator, linked to a data folder."""

    office: Office
    url: str
    schools: tuple[SchoolId, ...]

    def wanted(self, school: SchoolId) -> dict[str, Result]:
        """Return the results of a school by key."""
        return {entry.key: entry.result for entry in self.office.store.ledger(school).read()}

    def correct(self, school: SchoolId, results: Sequence[Result], chance: random.Random) -> None:
        """Read in other scores for these results."""
        better = [replace(r, raw=(r.raw or 0) + 1 if (r.raw or 0) < 20 else chance.randrange(20)) for r in results]
        with self.office.store.ledger(school).edit() as draft:
            draft.value = merge(
                draft.value,
                [(key_of(school, r), r) for r in better],
                at=self.office.clock.now(),
                by="anne",
                source="c.csv",
            ).ledger


async def a_town(folder: Path, url: str, *, schools: int, pupils: int, chance: random.Random) -> Town:
    """Link so many schools of the simulator, with three results for each of the first `pupils` pupils."""
    office = an_office_on(folder, url=url)
    async with httpx.AsyncClient(base_url=url) as http, uwlr(office.settings.las, office.clock) as line:
        found = (await http.get("/_sim/schools", params={"limiet": schools})).json()
        ids = []
        for card in found:
            school = SchoolId(card["brin"], card["dependancecode"])
            for act in ("open", "afnemen", "sleutel"):
                answer = (await http.post(f"/_sim/schools/{school}/koppeling/{act}")).json()
            key = Secret(answer["autorisatiesleutel"])
            year = SchoolYear.parse(card["schooljaar"])
            pulled = await line.pull(LinkAddress(school=school, school_year=year, key=key))
            assert isinstance(pulled, Received)
            register = Register(
                pupils=tuple(
                    Pupil(
                        id=PupilId(f"p{number}"),
                        name=incoming.name,
                        year_group=incoming.year_group,
                        linked=LinkedAs(key=incoming.key, eckid=incoming.eckid),
                    )
                    for number, incoming in enumerate(pulled.roster.pupils)
                )
            )
            _keep(office, school, str(card["naam"]), key, register)
            taking = [p for p in register.pupils if p.year_group in "345678"][:pupils]
            _results(office, school, taking, chance)
            ids.append(school)
    return Town(office=office, url=url, schools=tuple(ids))


def _keep(office: Office, school: SchoolId, name: str, key: Secret, register: Register) -> None:
    step = Step(at=LINKED, move=Move.APPROVE, came_from=LinkState.SUBMITTED, to=LinkState.APPROVED, by="anne")
    link = Link(state=LinkState.ACTIVE, steps=(step,), sealed_key=office.vault.seal(school, key.reveal()))
    with office.store.record(school).edit() as draft:
        draft.value = SchoolRecord(
            school=School(
                id=school, name=name, administrators=(Administrator(name="J. Bos", email="bos@voorbeeld.nl"),)
            ),
            link=link,
            register=register,
        )


def _results(office: Office, school: SchoolId, pupils: Sequence[Pupil], chance: random.Random) -> None:
    today = office.clock.now().date()
    taken = max(SchoolYear.of(today).starts, date(today.year, today.month, 1))
    results = [
        Result(
            pupil=pupil.id,
            test=TestCode(f"{test}-{'35' if pupil.year_group in '345' else '68'}"),
            version="2026",
            taken=taken,
            raw=chance.randrange(30),
        )
        for pupil in pupils
        for test in TESTS
    ]
    with office.store.ledger(school).edit() as draft:
        draft.value = merge(
            draft.value,
            [(key_of(school, result), result) for result in results],
            at=office.clock.now(),
            by="anne",
            source="a.csv",
        ).ledger
