"""Descriptors of a session's program, read and written without ever waiting, and without ever holding much."""

from __future__ import annotations

import asyncio
import fcntl
import os
import struct
import termios
from collections.abc import Callable

from tui.ssh.limits import Pace

CHUNK = 65536
"""Bytes read at once."""
BREATH = 0.02
"""Seconds between two portions of typing that has to wait."""


class Outlet:
    """Passes on what a program writes, until nobody can write to it any more."""

    def __init__(self, descriptor: int, sink: Callable[[bytes], None]) -> None:
        os.set_blocking(descriptor, False)
        self._descriptor = descriptor
        self._sink = sink
        self._loop = asyncio.get_running_loop()
        self._reading = False
        self.ended: asyncio.Future[None] = self._loop.create_future()
        self.resume()

    def pause(self) -> None:
        """Read no more for now: the guest's line is full, and the program will feel it."""
        if self._reading:
            self._loop.remove_reader(self._descriptor)
            self._reading = False

    def resume(self) -> None:
        """Read on."""
        if not self._reading and not self.ended.done():
            self._loop.add_reader(self._descriptor, self._read)
            self._reading = True

    def close(self) -> None:
        """Stop reading; the descriptor is its owner's to close."""
        self.pause()
        if not self.ended.done():
            self.ended.set_result(None)

    def _read(self) -> None:
        try:
            data = os.read(self._descriptor, CHUNK)
        except BlockingIOError:
            return
        except OSError:  # EIO: the last program on this terminal is gone
            data = b""
        if data:
            self._sink(data)
        else:
            self.close()


class Inlet:
    """Passes on what a guest types, at the pace of a person.

    The app takes in what it gets and handles it one key after another, so keys that come faster than it can handle
    them would pile up in its memory. Nothing is lost: over the limit the guest's client is asked to wait.
    """

    def __init__(self, descriptor: int, pace: Pace, full: Callable[[], None], drained: Callable[[], None]) -> None:
        os.set_blocking(descriptor, False)
        self._descriptor = descriptor
        self._pace = pace
        self._full = full
        self._drained = drained
        self._loop = asyncio.get_running_loop()
        self._kept = bytearray()
        self._told_full = False
        self._credit, self._counted = float(pace.burst), self._loop.time()
        self._later: asyncio.TimerHandle | None = None
        self._writing = False

    def write(self, data: bytes) -> None:
        """Pass on or keep."""
        self._kept += data
        if not self._writing and self._later is None:
            self._write()
        if len(self._kept) > self._pace.keep and not self._told_full:
            self._told_full = True
            self._full()

    def close(self) -> None:
        """Forget what was not passed on."""
        self._wait_for_room(False)
        if self._later is not None:
            self._later.cancel()
            self._later = None
        self._kept.clear()

    def _write(self) -> None:
        self._later = None
        now = self._loop.time()
        self._credit = min(self._credit + (now - self._counted) * self._pace.per_second, float(self._pace.burst))
        self._counted = now
        allowed = self._kept[: int(self._credit)]
        try:
            written = os.write(self._descriptor, allowed) if allowed else 0
        except BlockingIOError:
            self._wait_for_room(True)
            return
        except OSError:  # EIO: the program is gone
            self.close()
            return
        self._credit -= written
        del self._kept[:written]
        self._wait_for_room(written < len(allowed))
        if self._kept and not self._writing:
            self._later = self._loop.call_later(BREATH, self._write)
        if self._told_full and len(self._kept) < self._pace.keep // 2:
            self._told_full = False
            self._drained()

    def _wait_for_room(self, wait: bool) -> None:
        if wait and not self._writing:
            self._loop.add_writer(self._descriptor, self._write)
        elif not wait and self._writing:
            self._loop.remove_writer(self._descriptor)
        self._writing = wait


def open_terminal(columns: int, rows: int) -> tuple[int, int]:
    """Return the server's and the program's end of a new pseudo-terminal.

    Nothing is echoed: what is typed before the app has drawn its first screen would stand on that screen.
    """
    ours, theirs = os.openpty()
    attributes = termios.tcgetattr(theirs)
    attributes[3] &= ~(termios.ECHO | termios.ICANON)
    termios.tcsetattr(theirs, termios.TCSANOW, attributes)
    resize(ours, columns, rows)
    return ours, theirs


def resize(terminal: int, columns: int, rows: int) -> None:
    """Set a terminal's window size; the program on it gets SIGWINCH."""
    fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
