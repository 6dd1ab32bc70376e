"""The programs of sessions, as the front door sees them; and how they start where nothing is prewarmed."""

from __future__ import annotations

import asyncio
import contextlib
import os
import signal
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True, kw_only=True)
class Program:
    """What runs in a session."""

    module: str
    """As in `python -m MODULE`."""
    words: tuple[str, ...] = ()
    environ: Mapping[str, str]


class Child(Protocol):
    """A running program."""

    @property
    def ended(self) -> asyncio.Future[int]:
        """Its exit code once it ended; negative when a signal did it."""
        ...

    def send(self, wanted: signal.Signals) -> None:
        """Signal the program and what it started; nothing happens when it has ended."""
        ...


class Starter(Protocol):
    """Starts programs."""

    async def start(self, program: Program, descriptors: Sequence[int]) -> Child:
        """Start a program in a session of its own, with these as its descriptors 0, 1 and 2."""
        ...

    async def close(self) -> None:
        """Start nothing any more."""
        ...


class ColdChild:
    """A program started by this process."""

    def __init__(self, process: asyncio.subprocess.Process) -> None:
        self._process = process
        self.ended: asyncio.Future[int] = asyncio.ensure_future(process.wait())

    def send(self, wanted: signal.Signals) -> None:
        """Signal its process group; asyncio has not reaped it as long as `returncode` is None."""
        if self._process.returncode is None:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(self._process.pid, wanted)


class Cold:
    """Starts a fresh Python for every session."""

    async def start(self, program: Program, descriptors: Sequence[int]) -> Child:
        """Start a program; the first frame takes about twice as long as from the zygote."""
        stdin, stdout, stderr = descriptors
        process = await asyncio.create_subprocess_exec(
            sys.executable,
            "-m",
            "tui.ssh.stage",
            program.module,
            *program.words,
            stdin=stdin,
            stdout=stdout,
            stderr=stderr,
            env=dict(program.environ),
            start_new_session=True,
        )
        return ColdChild(process)

    async def close(self) -> None:
        """Nothing is kept between sessions."""
