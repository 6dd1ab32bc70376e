"""How hard a run goes, and what is set for it while it does."""

from __future__ import annotations

import asyncio
import gc
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractAsyncContextManager, contextmanager, nullcontext
from dataclasses import dataclass

from core.las import KeptOpen, Las
from core.nightly import PATIENCE
from core.patience import Patience
from core.scores.export import MOST_IN_A_MESSAGE


@dataclass(frozen=True, slots=True, kw_only=True)
class Pace:
    """How hard a run goes."""

    concurrency: int = 16
    """Schools at once. The line carries ten calls; of the others the ledger is written meanwhile (measured)."""
    patience: Patience = PATIENCE
    seconds_a_school: float = 300.0
    most_in_a_message: int = MOST_IN_A_MESSAGE


PACE = Pace()


@contextmanager
def set_for_many_schools() -> Iterator[None]:
    """Set the interpreter for a run.

    Garbage is looked for less often: every school makes some ten thousand values that are freed without it (costs 20 MB,
    saves a tenth of the processor time). Threads take turns five times as often: the one that talks to ParnasSys has
    little to do each time, and would wait for those that reckon.
    """
    before, turn = gc.get_threshold(), sys.getswitchinterval()
    gc.set_threshold(20_000, 20, 20)
    sys.setswitchinterval(0.001)
    try:
        yield
    finally:
        gc.set_threshold(*before)
        sys.setswitchinterval(turn)


def few_threads() -> None:
    """Give this program's loop three threads: more only get in each other's way (`make bench-nightly`).

    For a program that does nothing but run a night.
    """
    asyncio.get_running_loop().set_default_executor(ThreadPoolExecutor(3))


def open_line(las: Las) -> AbstractAsyncContextManager[object]:
    """Keep one line open for the whole run, when it is one that can be kept open."""
    return las.held() if isinstance(las, KeptOpen) else nullcontext()
