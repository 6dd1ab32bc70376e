"""A store that keeps the access list and the audit log in memory; schools it has none."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from datetime import datetime
from pathlib import Path
from typing import Generic, TypeVar

from core.clock import AMSTERDAM
from core.desk.office import Office
from core.desk.passes import AccessList
from core.desk.ports import SchoolLine, StoredFile
from core.desk.trail import AuditEntry, Verdict
from core.errors import KoppeldeskError
from core.importing.review import Decision, Review
from core.las import NoData, PullAnswer
from core.model import LinkAddress, SchoolId, SchoolYear
from core.night import Night, SchoolNight
from core.ports import Draft
from core.record import SchoolRecord
from core.scores.ledger import Ledger
from core.scores.message import ResultMessage
from core.settings import Settings
from core.store.presence import LockedPresence
from core.uwlr.record import LastExchanges
from tests.core.desk.office import Pigeonhole

T = TypeVar("T")


class MemoryDocument(Generic[T]):
    """A document that is forgotten with the process."""

    def __init__(self, value: T) -> None:
        self.value = value
        self.stored = False

    def read(self) -> T:
        return self.value

    @contextmanager
    def edit(self) -> Iterator[Draft[T]]:
        draft = Draft(self.value)
        yield draft
        self.stored = self.stored or draft.value is not self.value
        self.value = draft.value

    def exists(self) -> bool:
        return self.stored


class MemoryLog(Generic[T]):
    """A log that is forgotten with the process."""

    def __init__(self) -> None:
        self.entries: list[T] = []

    def append(self, *entries: T) -> int:
        self.entries.extend(entries)
        return len(self.entries)

    def read(self, start: int = 0) -> Iterator[T]:
        yield from self.entries[start:]


class MemoryTrail(MemoryLog[AuditEntry]):
    """An audit log that nobody can touch."""

    def newest(self, containing: str = "") -> Iterator[AuditEntry]:
        return reversed(self.entries)

    def verify(self) -> Verdict:
        return Verdict(entries=len(self.entries), head="")

    def purge(self, before: datetime, note: AuditEntry) -> int:
        return 0


class MemoryNights:
    """Nights that are forgotten with the process."""

    def __init__(self) -> None:
        self.nights: dict[str, Night] = {}
        self.visits: list[tuple[str, SchoolNight]] = []
        self.free = True

    def hold(self) -> AbstractContextManager[bool]:
        return nullcontext(self.free)

    def begin(self, night: Night) -> None:
        self.nights[night.id] = night

    def note(self, night: str, visit: SchoolNight) -> None:
        self.visits.append((night, visit))

    def end(self, night: Night) -> None:
        self.nights[night.id] = night

    def last(self, count: int) -> Sequence[Night]:
        return list(self.nights.values())[::-1][:count]

    def schools(self, night: str) -> Iterator[SchoolNight]:
        return (visit for known, visit in self.visits if known == night)


class MemoryStore:
    """Only what who-may-come-in needs."""

    def __init__(self) -> None:
        self.access_list: MemoryDocument[AccessList] = MemoryDocument(AccessList())
        self.audit_log: MemoryTrail = MemoryTrail()

    def access(self) -> MemoryDocument[AccessList]:
        return self.access_list

    def audit(self) -> MemoryTrail:
        return self.audit_log

    def lines(self) -> Sequence[SchoolLine]:
        return ()

    def annotate(self, school: SchoolId, change: Callable[[SchoolLine], SchoolLine]) -> None:
        pass

    def record(self, school: SchoolId) -> MemoryDocument[SchoolRecord | None]:
        return MemoryDocument(None)

    def review(self, school: SchoolId) -> MemoryDocument[Review | None]:
        return MemoryDocument(None)

    def decisions(self, school: SchoolId, review: str) -> MemoryLog[Decision]:
        return MemoryLog()

    def nights(self) -> MemoryNights:
        return MemoryNights()

    def files(self, school: SchoolId) -> Sequence[StoredFile]:
        return ()

    def forget(self, school: SchoolId, name: str) -> None:
        pass

    def rebuild(self) -> int:
        return 0

    def health(self, *, deep: bool) -> Iterator[KoppeldeskError]:
        return iter(())

    def presence(self, school: SchoolId) -> LockedPresence:
        return LockedPresence(Path("/nonexistent"))

    def ledger(self, school: SchoolId) -> MemoryDocument[Ledger]:
        return MemoryDocument(Ledger())

    def archive(self, school: SchoolId, year: SchoolYear) -> MemoryDocument[Ledger]:
        return MemoryDocument(Ledger())

    def exchanges(self, school: SchoolId) -> MemoryDocument[LastExchanges]:
        return MemoryDocument(LastExchanges())


class NobodyThere(Pigeonhole):
    """Vault, school administration, clock and post room of a test that needs none of them."""

    def seal(self, school: SchoolId, key: str) -> str:
        return ""

    def open(self, school: SchoolId, sealed: str) -> str:
        return ""

    def inspect(self) -> bool:
        return True

    async def pull(self, address: LinkAddress, *, since: datetime | None = None, staged: bool = False) -> PullAnswer:
        return NoData()

    async def probe(self, address: LinkAddress) -> None:
        pass

    async def deliver(self, address: LinkAddress, message: ResultMessage) -> None:
        pass

    def now(self) -> datetime:
        return datetime(2026, 11, 23, 8, 14, tzinfo=AMSTERDAM)

    def new(self) -> str:
        return "1"


def an_office(store: MemoryStore) -> Office:
    """Return an office around this store."""
    nobody = NobodyThere()
    return Office(
        settings=Settings(),
        clock=nobody,
        ids=nobody,
        chance=random.Random(1),
        store=store,
        vault=nobody,
        post=nobody,
        las=nobody,
    )
