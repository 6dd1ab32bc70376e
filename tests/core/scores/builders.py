"""Pupils, registers and tests that hide what does not matter."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from datetime import date, datetime, timedelta
from functools import cache
from pathlib import Path

import core
from core.clock import AMSTERDAM
from core.errors import AnswerLost, KoppeldeskError
from core.model import GroupId, LasKey, LinkAddress, LinkedAs, PersonName, Pupil, PupilId, SchoolId, SchoolYear
from core.scores.catalogue import Catalogue
from core.scores.ledger import Ledger
from core.scores.merge import merge
from core.scores.message import ResultKey, ResultMessage
from core.scores.results import Result, TestCode, key_of
from core.scores.selection import Sender, holders_of

FIXTURES = Path(core.__file__).parent.parent / "fixtures"
SCHOOL = SchoolId("12AB")
TODAY = date(2026, 11, 24)
NIGHT = datetime(2026, 11, 24, 2, 0, tzinfo=AMSTERDAM)


@cache
def the_catalogue() -> Catalogue:
    """Return the tests that come with the program."""
    return Catalogue.of_folder(FIXTURES / "tests")


def a_pupil(number: int = 1, *, year: str = "5", active: bool = True, key: str | None = "") -> Pupil:
    """Return a pupil with id `pN`, linked to the ParnasSys key `las-N` unless `key` says otherwise (None: not)."""
    linked = None if key is None else LinkedAs(key=LasKey(key or f"las-{number}"))
    return Pupil(
        id=PupilId(f"p{number}"),
        name=PersonName(surname=f"Bakker{number}", call_name="Fien"),
        year_group=year,
        group=GroupId("g5"),
        active=active,
        linked=linked,
    )


class OneSchool:
    """Pupils p1, p2, … of school 12AB, for the intake."""

    def __init__(self, *pupils: Pupil) -> None:
        self._pupils = {pupil.id: pupil for pupil in pupils or (a_pupil(1), a_pupil(2))}

    def pupils(self, school: SchoolId) -> Mapping[PupilId, Pupil] | None:
        return self._pupils if school == SCHOOL else None


def a_sender(*pupils: Pupil, since: date | None = date(2026, 9, 1)) -> Sender:
    """Return what decides for school 12AB, with pupils p1 and p2 unless told otherwise."""
    pupils = pupils or (a_pupil(1), a_pupil(2))
    return Sender(
        pupils={pupil.id: pupil for pupil in pupils},
        holders=holders_of(pupils),
        linked_since=since,
        year=SchoolYear.of(TODAY),
        catalogue=the_catalogue(),
    )


def a_result(
    pupil: int = 1,
    *,
    test: str = "BOOM-TL-35",
    version: str = "2026",
    taken: date = date(2026, 11, 3),
    raw: int | None = 12,
    part: str = "",
) -> Result:
    """Return a result of pupil `pN` that may be sent."""
    return Result(pupil=PupilId(f"p{pupil}"), test=TestCode(test), version=version, taken=taken, raw=raw, part=part)


def a_ledger(*results: Result) -> Ledger:
    """Return a ledger in which these results wait."""
    found = [(key_of(SCHOOL, result), result) for result in results]
    return merge(Ledger(), found, at=NIGHT, by="anne", source="x.csv").ledger


class Ticking:
    """A clock that goes a second further each time somebody looks."""

    def __init__(self, start: datetime = NIGHT) -> None:
        self.moment = start

    def now(self) -> datetime:
        self.moment += timedelta(seconds=1)
        return self.moment


class Receiver:
    """The other side of the line: stores what it accepts and checks what UWLR lets it check.

    `script` says what happens to each message in turn: an error to raise, or None; `verdict` finds what is wrong in it.
    """

    def __init__(
        self,
        *script: KoppeldeskError | None,
        verdict: Callable[[ResultMessage], KoppeldeskError | None] = lambda _message: None,
    ) -> None:
        self.script = list(script)
        self.verdict = verdict
        self.held: dict[ResultKey, object] = {}
        self.messages: list[ResultMessage] = []
        self.after_send: Callable[[], None] = lambda: None

    async def deliver(self, address: LinkAddress, message: ResultMessage) -> None:
        before = [known.created for known in self.messages if known.school == message.school]
        assert not before or message.created > before[-1], "not later than the message before"
        keys = [result.key for sitting in message.sittings for result in sitting.results]
        assert len(keys) == len(set(keys)), "a key twice in one message"
        codes = [test.code.text for test in message.tests]
        assert len(codes) == len(set(codes)), "two versions of one test in a message"
        assert {result.test for sitting in message.sittings for result in sitting.results} == set(codes)
        assert address.school_year == message.school_year
        self.messages.append(message)
        await asyncio.sleep(0)
        self.after_send()
        planned = self.script.pop(0) if self.script else None
        if planned is not None and not isinstance(planned, AnswerLost):
            raise planned
        if (refused := self.verdict(message)) is not None:
            raise refused
        for sitting in message.sittings:
            for result in sitting.results:
                self.held[result.key] = (sitting.pupil, result.outcome)
        if planned is not None:
            raise planned
