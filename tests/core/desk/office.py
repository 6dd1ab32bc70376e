"""An office on a real store in a temporary folder, with a ParnasSys and a post room that do as the test says."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from pathlib import Path

from core.clock import AMSTERDAM
from core.desk import Desk
from core.desk.actor import Actor, Role
from core.desk.office import Office
from core.errors import KoppeldeskError
from core.las import NoData, PullAnswer
from core.linking.link import Link, LinkState
from core.mail.items import Item, Round
from core.mail.letters import Letter
from core.model import Administrator, LinkAddress, Register, School, SchoolId, SchoolYear
from core.record import SchoolRecord
from core.scores.message import ResultMessage
from core.settings import Settings
from core.store.secrets import FileVault
from core.store.tiny import TinyStore

SCHOOL = SchoolId("12AB")
ELSEWHERE = SchoolId("07XK")
YEAR = SchoolYear(2026)
KEY = "sleutel-0123456789-7Q2F"

SERVICE = Actor(name="Anne de Wit", role=Role.SERVICE)
TRAINER = Actor(name="Tim", role=Role.TRAINER)
ADMINISTRATOR = Actor(name="J. Bos", role=Role.ADMINISTRATOR, schools=frozenset({SCHOOL}))
STRANGER = Actor(name="P. Pen", role=Role.ADMINISTRATOR, schools=frozenset({ELSEWHERE}))
READER = Actor(name="Lies", role=Role.READER)
NIGHT = Actor(name="nacht", role=Role.MACHINE)
ACTORS = {
    "klantenservice": SERVICE,
    "trainer": TRAINER,
    "beheerder": ADMINISTRATOR,
    "beheerder elders": STRANGER,
    "lezer": READER,
    "automaat": NIGHT,
}


@dataclass
class SetClock:
    """Stands still until it is moved."""

    at: datetime = datetime(2026, 11, 23, 8, 14, tzinfo=AMSTERDAM)

    def now(self) -> datetime:
        return self.at

    def pass_by(self, **time: float) -> None:
        self.at += timedelta(**time)


@dataclass
class Counted:
    """Ids 1, 2, 3, …"""

    last: int = 0

    def new(self) -> str:
        self.last += 1
        return str(self.last)


@dataclass
class ObedientLas:
    """A ParnasSys that accepts everything, or refuses with `error`."""

    error: KoppeldeskError | None = None
    probed: list[LinkAddress] = field(default_factory=list)
    while_probing: Callable[[], object] = lambda: None

    async def pull(self, address: LinkAddress, *, since: datetime | None = None, staged: bool = False) -> PullAnswer:
        return NoData()

    async def probe(self, address: LinkAddress) -> None:
        self.probed.append(address)
        self.while_probing()
        if self.error:
            raise self.error

    async def deliver(self, address: LinkAddress, message: ResultMessage) -> None:
        pass


@dataclass
class ObedientSupplier:
    """Opens every link in ParnasSys, or fails with `error`."""

    error: KoppeldeskError | None = None
    opened: list[SchoolId] = field(default_factory=list)

    def open(self, school: SchoolId) -> None:
        if self.error:
            raise self.error
        self.opened.append(school)


@dataclass
class Pigeonhole:
    """Keeps every letter, the same one once."""

    letters: list[Letter] = field(default_factory=list)

    def send(self, letter: Letter, to: Sequence[Administrator]) -> None:
        if not any(
            (type(one), one.school, one.about) == (type(letter), letter.school, letter.about) for one in self.letters
        ):
            self.letters.append(letter)

    def items(self) -> Sequence[Item]:
        return ()

    def text(self, item: Item) -> tuple[str, str]:
        return "", ""

    def again(self, item: Item, by: str) -> None:
        pass

    def purge(self, before: datetime) -> int:
        return 0

    async def reach(self) -> str:
        return "nergens"

    async def round(self) -> Round:
        return Round()


@dataclass
class Bureau:
    """The desk with everything round it in reach."""

    folder: Path
    clock: SetClock = field(default_factory=SetClock)
    las: ObedientLas = field(default_factory=ObedientLas)
    post: Pigeonhole = field(default_factory=Pigeonhole)
    settings: Settings | None = None
    """None = everything in the folder, and no line to ParnasSys."""

    def __post_init__(self) -> None:
        self.store = TinyStore(self.folder)
        self.vault = FileVault(self.folder / "secret.key")
        self.office = Office(
            settings=self.settings or Settings(data=str(self.folder)),
            clock=self.clock,
            ids=Counted(),
            chance=random.Random(1),
            store=self.store,
            vault=self.vault,
            post=self.post,
            las=self.las,
        )
        self.desk = Desk(self.office)

    def with_school(
        self, state: LinkState | None = None, school: SchoolId = SCHOOL, name: str = "De Regenboog"
    ) -> None:
        """Put a school there, with a link in this state."""
        link = None
        if state:
            link = Link(state=state, school_year=YEAR, sealed_key=self.vault.seal(school, KEY), key_tail="••••7Q2F")
        head = Administrator(name="J. Bos", email="j.bos@regenboog.example")
        with self.store.record(school).edit() as draft:
            draft.value = SchoolRecord(
                school=School(id=school, name=name, place="Assen", administrators=(head,)), link=link
            )

    def record(self, school: SchoolId = SCHOOL) -> SchoolRecord:
        """Return the school's record; it must be there."""
        found = self.store.record(school).read()
        assert found is not None
        return found

    def with_register(self, register: Register, school: SchoolId = SCHOOL) -> None:
        """Put these groups, teachers and pupils in the school."""
        with self.store.record(school).edit() as draft:
            assert draft.value is not None
            draft.value = replace(draft.value, register=register)
