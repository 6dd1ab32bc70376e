"""One school's night of sending, for tests: its ledger, and a receiver on the other side."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable

from core.errors import ContentRefused, KoppeldeskError
from core.model import LinkAddress, SchoolYear, Secret
from core.scores.archive import Archive
from core.scores.catalogue import Catalogue
from core.scores.export import Export, Tally
from core.scores.ledger import Entry, Ledger, State
from core.scores.merge import merge
from core.scores.message import ResultMessage
from core.scores.packing import Packer
from core.scores.results import Result, key_of
from core.scores.selection import Sender
from tests.core.desk.memory import MemoryDocument
from tests.core.scores.builders import (
    NIGHT,
    SCHOOL,
    Receiver,
    Ticking,
    a_pupil,
    a_result,
    a_sender,
    the_catalogue,
)


class Night:
    """One school with its ledger, and a receiver on the other side."""

    def __init__(
        self,
        ledger: Ledger,
        receiver: Receiver | None = None,
        sender: Sender | None = None,
        catalogue: Catalogue | None = None,
    ) -> None:
        self.catalogue = catalogue or the_catalogue()
        self.document = MemoryDocument(ledger)
        self.years: dict[SchoolYear, MemoryDocument[Ledger]] = defaultdict(lambda: MemoryDocument(Ledger()))
        self.receiver = receiver or Receiver()
        self.sender = sender or a_sender()
        self.tally = Tally()
        self.clock = Ticking()

    async def run(self, *, most: int = 1000, go_on: Callable[[], bool] = lambda: True) -> bool:
        export = Export(courier=self.receiver, packer=Packer(self.catalogue), clock=self.clock, most=most)
        return await export.run(
            SCHOOL,
            self.document,
            Archive(self.years.__getitem__),
            lambda: self.sender,
            lambda year: LinkAddress(school=SCHOOL, school_year=year, key=Secret("k")),
            self.tally,
            go_on,
        )

    def entry(self, result: Result) -> Entry:
        """Return the result's entry, put away or not."""
        ledger, key = self.document.value, key_of(SCHOOL, result)
        away = {entry.key: entry for entry in Archive(self.years.__getitem__).entries(ledger)}
        return {**away, **ledger.entries}[key]

    def states(self) -> set[State]:
        return {entry.state for entry in self.document.value}


def refuses(code: str, *bad: Result) -> Callable[[ResultMessage], KoppeldeskError | None]:
    keys = {key_of(SCHOOL, result) for result in bad}

    def verdict(message: ResultMessage) -> KoppeldeskError | None:
        found = {result.key for sitting in message.sittings for result in sitting.results} & keys
        return ContentRefused("nee", reference=code) if found else None

    return verdict


def a_class(count: int) -> list[Result]:
    return [a_result(number) for number in range(1, count + 1)]


def a_class_sender(count: int) -> Sender:
    return a_sender(*(a_pupil(number) for number in range(1, count + 1)))


def corrected(night: Night, better: Result) -> None:
    """Read in another value of a result."""
    night.document.value = merge(
        night.document.value, [(key_of(SCHOOL, better), better)], at=NIGHT, by="anne", source="y.csv"
    ).ledger
