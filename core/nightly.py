"""The run over all schools: bounded, in order of arrival, and no school waits for another one's trouble.

A school with temporary trouble goes to the back of the queue and gives its place away while it waits.
"""

from __future__ import annotations

import asyncio
import random
from collections.abc import Callable, Coroutine, Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Protocol

from core.clock import Clock
from core.errors import DiskFull, KoppeldeskError, SchoolMustAct, TryLater, WeMustAct
from core.language import N_, _
from core.model import SchoolId
from core.night import Ending, SchoolNight
from core.patience import Breaker, Patience
from core.scores.export import Tally


@dataclass(slots=True)
class Progress:
    """What one school has had done in this run, kept over its attempts."""

    tally: Tally = field(default_factory=Tally)
    pulled: bool = False
    imported: str = ""
    held: bool = False
    attention: bool = False
    problem: KoppeldeskError | None = None
    """Something that went wrong without standing in the way of the rest."""


class Visit(Protocol):
    """Everything that happens to one school in a night."""

    def __call__(
        self, school: SchoolId, progress: Progress, go_on: Callable[[], bool], /
    ) -> Coroutine[object, object, bool]:
        """Do it; return False when `go_on` said stop before all was done.

        Raises TryLater for what may go well later tonight, any other KoppeldeskError for what may not.
        """
        ...


class Stop:
    """Asks a run to end after what is under way."""

    def __init__(self, clock: Clock, until: datetime | None = None) -> None:
        self._clock = clock
        self._until = until
        self._asked = asyncio.Event()
        self.reason = ""
        """Why, in Dutch; empty = nobody asked."""

    def ask(self, reason: str) -> None:
        """Start nothing new from now on."""
        self.reason = self.reason or reason
        self._asked.set()

    def go_on(self) -> bool:
        """Whether something new may start."""
        if not self.reason and self._until and self._clock.now() >= self._until:
            self.ask(_("het was {time}").format(time=self._until.strftime("%H:%M")))
        return not self.reason

    async def rest(self, seconds: float) -> None:
        """Wait so long, or until somebody asks to stop."""
        if self._until:
            left = (self._until - self._clock.now()) / timedelta(seconds=1)
            seconds = min(seconds, max(0.0, left))
        try:
            async with asyncio.timeout(seconds):
                await self._asked.wait()
        except TimeoutError:
            return


@dataclass(slots=True)
class _Turn:
    school: SchoolId
    attempts: int = 0
    began: datetime | None = None
    progress: Progress = field(default_factory=Progress)
    trouble: KoppeldeskError | None = None
    finished: bool = False


PATIENCE = Patience()


class Run:
    """One run over a list of schools."""

    def __init__(
        self,
        visit: Visit,
        *,
        clock: Clock,
        chance: random.Random,
        stop: Stop,
        patience: Patience = PATIENCE,
        breaker: Breaker | None = None,
        concurrency: int = 10,
        seconds_a_school: float = 300.0,
    ) -> None:
        self._visit = visit
        self._clock = clock
        self._chance = chance
        self._stop = stop
        self._patience = patience
        self._breaker = breaker or Breaker(stop.rest)
        self._concurrency = concurrency
        self._seconds = seconds_a_school
        self._queue: asyncio.Queue[_Turn | None] = asyncio.Queue()
        self._left = 0

    async def over(self, schools: Iterable[SchoolId], done: Callable[[SchoolNight], None]) -> None:
        """Visit every school; `done` is told of each as it ends. Returns when all have ended one way or another."""
        for school in schools:
            self._queue.put_nowait(_Turn(school))
            self._left += 1
        if not self._left:
            return
        async with asyncio.TaskGroup() as group:
            for _worker in range(min(self._concurrency, self._left)):
                group.create_task(self._work(group, done))

    async def _work(self, group: asyncio.TaskGroup, done: Callable[[SchoolNight], None]) -> None:
        while (turn := await self._queue.get()) is not None:
            ending = await self._take(turn)
            pause = self._patience.pause(turn.attempts, self._chance) if ending is Ending.UNREACHED else None
            if pause is not None and self._stop.go_on() and not self._breaker.given_up:
                group.create_task(self._later(turn, pause))
                continue
            done(self._report(turn, ending))
            self._left -= 1
            if not self._left:
                for _worker in range(self._concurrency):
                    self._queue.put_nowait(None)

    async def _later(self, turn: _Turn, seconds: float) -> None:
        await self._stop.rest(seconds)
        self._queue.put_nowait(turn)

    async def _take(self, turn: _Turn) -> Ending:
        looking = await self._breaker.wait()
        if self._breaker.given_up:
            self._stop.ask(_("ParnasSys gaf niemand antwoord"))
        if not self._stop.go_on():
            self._breaker.aside(looking)
            return Ending.UNREACHED if turn.attempts else Ending.STOPPED
        turn.attempts += 1
        turn.began = turn.began or self._clock.now()
        trouble = turn.trouble = await self._attempt(turn)
        match trouble:
            case None:
                self._breaker.answered()
                return _ending(turn.progress) if turn.finished else Ending.STOPPED
            case DiskFull():
                # Not the other side's trouble, and the same for every school that comes after.
                self._stop.ask(N_("de schijf is vol"))
                self._breaker.aside(looking)
                return Ending.UNREACHED
            case TryLater():
                self._breaker.silent(looking)
                return Ending.UNREACHED
            case SchoolMustAct():
                self._breaker.answered()
                return Ending.DISTURBED
            case _ours:
                self._breaker.aside(looking)
                return Ending.FAILED

    async def _attempt(self, turn: _Turn) -> KoppeldeskError | None:
        """Return what stood in the way. A task of its own: whatever happens to one school stays with that school."""
        task = asyncio.create_task(self._visit(turn.school, turn.progress, self._stop.go_on))
        try:
            _done, slow = await asyncio.wait({task}, timeout=self._seconds)
        finally:
            task.cancel()
        if slow:
            await asyncio.wait({task})
            return _too_slow(self._seconds)
        error = task.exception()
        if error is None:
            turn.finished = task.result()
            return None
        return error if isinstance(error, KoppeldeskError) else _unforeseen(error)

    def _report(self, turn: _Turn, ending: Ending) -> SchoolNight:
        now = self._clock.now()
        tally = turn.progress.tally
        trouble = turn.trouble or turn.progress.problem
        return SchoolNight(
            school=turn.school,
            ending=ending,
            at=now,
            seconds=round((now - (turn.began or now)).total_seconds(), 3),
            attempts=turn.attempts,
            messages=tally.messages,
            sent=tally.sent,
            confirmed=tally.confirmed,
            rejected=tally.rejected,
            lost=tally.lost,
            elsewhere=tally.elsewhere,
            imported=turn.progress.imported,
            problem=trouble.what if trouble else "",
            todo=trouble.todo if trouble else "",
            reference=trouble.reference if trouble else "",
        )


def _ending(progress: Progress) -> Ending:
    if progress.problem:
        return Ending.FAILED
    if progress.held:
        return Ending.HELD
    tally = progress.tally
    return Ending.ATTENTION if tally.rejected or tally.elsewhere or progress.attention else Ending.DONE


def _too_slow(seconds: float) -> TryLater:
    return TryLater(
        _("Deze school duurde langer dan {seconds} seconden.").format(seconds=round(seconds)),
        stored=_("Wat bevestigd was, is bevestigd; de rest gaat onder hetzelfde kenmerk opnieuw."),
        todo=_("De volgende nachtelijke run probeert het vanzelf."),
    )


def _unforeseen(error: BaseException) -> WeMustAct:
    # Not its text: that may hold a name.
    return WeMustAct(
        _("Er ging iets mis waar Koppeldesk niet op rekende."),
        stored=_("Wat bevestigd was, is bevestigd; de rest wacht."),
        todo=_("Geef dit door aan de makers van Koppeldesk."),
        reference=type(error).__name__,
    )
