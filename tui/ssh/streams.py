"""Descriptors of a session's program, read and written without ever waiting, and without ever holding much."""

from __future__ import annotations

import asyncio
import fcntl
import os
import struct
import termios
from collections.abc import Callable

CHUNK = 65536
"""Bytes read at once."""


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
    """Passes on what a guest types, at the pace of the program."""

    def __init__(self, descriptor: int, limit: int, full: Callable[[], None], drained: Callable[[], None]) -> None:
        os.set_blocking(descriptor, False)
        self._descriptor = descriptor
        self._limit = limit
        self._full = full
        self._drained = drained
        self._loop = asyncio.get_running_loop()
        self._kept = bytearray()
        self._writing = False
        self._told_full = False

    def write(self, data: bytes) -> None:
        """Pass on or keep; over the limit the guest is asked to wait, which bounds what is kept to the SSH window."""
        self._kept += data
        if not self._writing:
            self._write()
        if len(self._kept) > self._limit and not self._told_full:
            self._told_full = True
            self._full()

    def close(self) -> None:
        """Forget what was not passed on."""
        if self._writing:
            self._loop.remove_writer(self._descriptor)
            self._writing = False
        self._kept.clear()

    def _write(self) -> None:
        try:
            del self._kept[: os.write(self._descriptor, self._kept[:CHUNK])]
        except BlockingIOError:
            pass
        except OSError:
            self.close()
            return
        if self._kept and not self._writing:
            self._loop.add_writer(self._descriptor, self._write)
            self._writing = True
        elif not self._kept and self._writing:
            self._loop.remove_writer(self._descriptor)
            self._writing = False
        if self._told_full and len(self._kept) < self._limit // 2:
            self._told_full = False
            self._drained()


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
