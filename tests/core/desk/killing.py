"""Processes that work on a store until they are killed, at instants that the seed decides."""

from __future__ import annotations

import multiprocessing
import multiprocessing.connection
import os
import random
import signal
import time
from collections.abc import Callable, Iterator
from pathlib import Path

Work = Callable[[Path, int, multiprocessing.connection.Connection], None]
"""Works in a folder without end; told its number, it sends "ready" when what may be interrupted begins."""


def killed(work: Work, folder: Path, *, times: int, longest: float, seed: str | int) -> Iterator[int]:
    """Yield after every kill of a worker; `longest` is how many seconds it may have worked."""
    chance = random.Random(seed)
    fork = multiprocessing.get_context("fork")
    for number in range(times):
        hear, tell = fork.Pipe(duplex=False)
        worker = fork.Process(target=work, args=(folder, number, tell), daemon=True)
        worker.start()
        assert hear.recv() == "ready"
        time.sleep(chance.uniform(0.01, longest))
        os.kill(worker.pid or 0, signal.SIGKILL)
        worker.join()
        yield number
