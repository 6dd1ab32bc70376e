"""The server's side of the zygote: has it fork every session's program, and starts another when it is gone."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import os
import signal
import socket
import sys
from collections.abc import Sequence

import msgspec

from tui.ssh import zygote
from tui.ssh.children import Child, Cold, Program

_log = logging.getLogger("koppeldesk.ssh")

PRELOAD = (
    "textual.drivers.linux_driver",
    "tui.cli",
    "tui.compose",
    "tui.screens.*",
    "tui.widgets.*",
    "tui.commands.imports",
    "tui.commands.review",
    "tui.commands.school",
    "core.desk.*",
    "core.store.*",
    "core.uwlr.client",
)
"""What the zygote imports before the first guest comes: all that the screens need, and nothing that starts threads
(numpy does: the matcher loads it when it is called)."""

BREATH = 1.0
"""Seconds between a zygote that went and the next, so that one that cannot live does not eat the machine."""


class WarmChild:
    """A program forked by the zygote."""

    def __init__(self, nursery: Warm, number: int) -> None:
        self._nursery = nursery
        self._number = number
        self.ended: asyncio.Future[int] = asyncio.get_running_loop().create_future()

    def send(self, wanted: signal.Signals) -> None:
        """Ask the zygote to signal it: only the parent knows that the process id is still this child's."""
        if not self.ended.done():
            self._nursery.order(zygote.Signal(self._number, wanted))


class Warm:
    """Has a zygote fork every session's program; starts another zygote when the first is gone."""

    def __init__(self, preload: Sequence[str] = PRELOAD) -> None:
        self._preload = tuple(preload)
        self._line: socket.socket | None = None
        self._process: asyncio.subprocess.Process | None = None
        self._children: dict[int, WarmChild] = {}
        self._count = 0
        self._cold = Cold()
        self._again: asyncio.Task[None] | None = None
        self._closing = False
        self.ready = asyncio.Event()

    @property
    def pid(self) -> int | None:
        """Process id of the zygote, None before there is one."""
        return self._process.pid if self._process is not None else None

    async def open(self) -> None:
        """Start the zygote; `ready` is set when it has imported everything."""
        ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        ours.setblocking(False)
        with theirs:
            self._process = await asyncio.create_subprocess_exec(
                sys.executable,
                "-m",
                "tui.ssh.zygote",
                *self._preload,
                stdin=theirs.fileno(),
                env={**os.environ, "LC_ALL": "C.UTF-8", "PYTHONUTF8": "1", "TEXTUAL_ANIMATIONS": "none"},
                start_new_session=True,
            )
        self._line = ours
        asyncio.get_running_loop().add_reader(ours, self._hear, ours)

    async def start(self, program: Program, descriptors: Sequence[int]) -> Child:
        """Have a program forked; started cold while the zygote is not ready."""
        if self._line is None or not self.ready.is_set():
            return await self._cold.start(program, descriptors)
        self._count += 1
        child = WarmChild(self, self._count)
        order = zygote.Start(self._count, program.module, program.words, dict(program.environ))
        try:
            socket.send_fds(self._line, [msgspec.json.encode(order)], list(descriptors))
        except OSError:
            return await self._cold.start(program, descriptors)
        self._children[self._count] = child
        return child

    def order(self, order: zygote.Signal) -> None:
        """Pass an order on; without a zygote its children have lost their terminal and go by themselves."""
        if self._line is not None:
            with contextlib.suppress(OSError):
                self._line.send(msgspec.json.encode(order))

    async def close(self) -> None:
        """Let the zygote go and wait for it."""
        self._closing = True
        if self._again is not None:
            self._again.cancel()
        self._hang_up()
        if self._process is not None:
            await self._process.wait()

    def _hear(self, line: socket.socket) -> None:
        try:
            message = line.recv(zygote.LONGEST)
        except BlockingIOError:
            return
        except OSError:
            message = b""
        if not message:
            _log.error("the prewarmed process is gone; programs start cold until there is another")
            self._hang_up()
            self._again = asyncio.get_running_loop().create_task(self._open_again())
            return
        match msgspec.json.decode(message, type=zygote.Report):
            case zygote.Ready():
                self.ready.set()
            case zygote.Ended(number, code):
                child = self._children.pop(number, None)
                if child is not None and not child.ended.done():
                    child.ended.set_result(code)

    async def _open_again(self) -> None:
        if self._process is not None:
            await self._process.wait()
        await asyncio.sleep(BREATH)
        if not self._closing:
            await self.open()

    def _hang_up(self) -> None:
        self.ready.clear()
        if self._line is not None:
            asyncio.get_running_loop().remove_reader(self._line)
            self._line.close()
            self._line = None
        for child in self._children.values():
            if not child.ended.done():
                child.ended.set_result(-signal.SIGHUP)
        self._children.clear()
