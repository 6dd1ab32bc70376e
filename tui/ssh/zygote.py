"""A process that has everything imported already and forks one program per session.

Its one thread waits on a socket from the server (standard input). It never runs an event loop and starts no thread, so
that a fork is safe; what it has imported is shared memory for all sessions. When the server goes, it goes.
"""

from __future__ import annotations

import gc
import importlib
import os
import pkgutil
import selectors
import signal
import socket
import sys
from collections.abc import Sequence
from types import FrameType

import msgspec

from tui.ssh import stage

LONGEST = 65536
"""Bytes of one order."""


class Start(msgspec.Struct, frozen=True, tag=True):
    """Start a program; its descriptors 0, 1 and 2 travel along."""

    number: int
    """The server's own number for it: a process id may be another's by the time it is used."""
    module: str
    words: tuple[str, ...]
    environ: dict[str, str]


class Signal(msgspec.Struct, frozen=True, tag=True):
    """Send a signal to a program and everything it started."""

    number: int
    signal: int


class Ready(msgspec.Struct, frozen=True, tag=True):
    """Everything is imported."""


class Ended(msgspec.Struct, frozen=True, tag=True):
    """A program ended: exit code, negative when a signal did it."""

    number: int
    code: int


Order = Start | Signal
Report = Ready | Ended
_orders = msgspec.json.Decoder(Order)


def _nothing(_number: int, _frame: FrameType | None) -> None:
    """Let SIGCHLD wake the selector."""


def serve(line: socket.socket) -> Start | None:
    """Obey the server until it goes. Returns an order in the fork that has to carry it out, else None."""
    children: dict[int, int] = {}
    woken, waker = socket.socketpair()
    waker.setblocking(False)
    woken.setblocking(False)
    signal.signal(signal.SIGCHLD, _nothing)
    signal.set_wakeup_fd(waker.fileno(), warn_on_full_buffer=False)
    with selectors.DefaultSelector() as selector:
        selector.register(line, selectors.EVENT_READ)
        selector.register(woken, selectors.EVENT_READ)
        while True:
            ready = {key.fileobj for key, _events in selector.select()}
            if woken in ready:
                woken.recv(4096)
                _reap(line, children)
            if line in ready:
                message, descriptors, _flags, _address = socket.recv_fds(line, LONGEST, 3)
                if not message:
                    return None
                match _orders.decode(message):
                    case Start() as order:
                        process = os.fork()
                        if process == 0:
                            signal.set_wakeup_fd(-1)
                            _become(descriptors)
                            return order
                        children[process] = order.number
                        for descriptor in descriptors:
                            os.close(descriptor)
                    case Signal(number, wanted):
                        for process in [each for each, known in children.items() if known == number]:
                            _send(process, wanted)


def _reap(line: socket.socket, children: dict[int, int]) -> None:
    while children:
        process, status = os.waitpid(-1, os.WNOHANG)
        if process == 0:
            return
        report: Report = Ended(children.pop(process), os.waitstatus_to_exitcode(status))
        line.send(msgspec.json.encode(report))


def _send(process: int, wanted: int) -> None:
    """Signal a child that has not been reaped, so that its id is surely still its own."""
    try:
        os.killpg(process, wanted)
    except ProcessLookupError:
        os.kill(process, wanted)


def _become(descriptors: Sequence[int]) -> None:
    """Leave the zygote behind: a session of its own, its own descriptors and nothing else."""
    os.setsid()
    for target, descriptor in enumerate(descriptors):
        os.dup2(descriptor, target)
    os.closerange(3, os.sysconf("SC_OPEN_MAX"))


def warm_up(preload: Sequence[str]) -> None:
    """Import these modules; `package.*` stands for a package and all modules in it."""
    for name in preload:
        module = importlib.import_module(name.removesuffix(".*"))
        if name.endswith(".*"):
            for found in pkgutil.walk_packages(module.__path__, f"{module.__name__}."):
                importlib.import_module(found.name)


def main(preload: Sequence[str]) -> None:
    """Import, report, obey; in a fork: run the program."""
    warm_up(preload)
    line = socket.socket(fileno=os.dup(0))
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    gc.collect()
    gc.freeze()
    line.send(msgspec.json.encode(Ready()))
    order = serve(line)
    if order is None:
        return
    os.environ.clear()
    os.environ.update(order.environ)
    stage.take_terminal()
    stage.reset()
    stage.freshen()
    stage.perform(order.module, order.words)


if __name__ == "__main__":
    main(sys.argv[1:])
