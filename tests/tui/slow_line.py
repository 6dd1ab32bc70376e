"""A thin and long line: `python -m tests.tui.slow_line COMMAND…` runs a program in a terminal of its own behind one.

Each way bytes come out no faster than 256 kbit/s and half of 150 ms later than they went in, as over a poor connection with
a round trip of 150 ms. The program's terminal has the size of the one this runs in.
"""

from __future__ import annotations

import fcntl
import os
import pty
import select
import sys
import termios
import time
import tty
from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass, field

RATE = 256_000 / 8
"""Bytes per second."""
DELAY = 0.150 / 2
"""Seconds each way."""
PIECE = 512
"""Bytes that travel together."""
FULL = 16_384
"""Bytes on their way from which the program has to wait, as it does for a full send buffer."""


@dataclass
class Wire:
    """One direction."""

    to: int
    """File descriptor of the other end."""
    free: float = 0.0
    """When the last byte so far is on the line."""
    under_way: deque[tuple[float, bytes]] = field(default_factory=deque)

    @property
    def load(self) -> int:
        """Bytes on their way."""
        return sum(len(piece) for _due, piece in self.under_way)

    def put(self, data: bytes, now: float) -> None:
        """Send bytes on their way."""
        self.free = max(now, self.free) + len(data) / RATE
        self.under_way.append((self.free + DELAY, data))

    def deliver(self, now: float) -> None:
        """Hand over what has arrived."""
        while self.under_way and self.under_way[0][0] <= now:
            data = self.under_way.popleft()[1]
            while data:
                data = data[os.write(self.to, data) :]

    def patience(self, now: float) -> float:
        """Return the seconds until something arrives."""
        return max(0.0, self.under_way[0][0] - now) if self.under_way else 1.0


def carry(program: int) -> None:
    """Carry bytes between this terminal and the program's until the program has ended and its last byte arrived."""
    keys, picture = Wire(to=program), Wire(to=sys.stdout.fileno())
    alive = True
    while alive or picture.under_way:
        now = time.monotonic()
        listening = [0] if alive else []
        if alive and picture.load < FULL:
            listening.append(program)
        ready, _w, _x = select.select(listening, [], [], min(keys.patience(now), picture.patience(now)))
        now = time.monotonic()
        try:
            if 0 in ready:
                keys.put(os.read(0, PIECE), now)
            if program in ready:
                picture.put(os.read(program, PIECE), now)
        except OSError:
            alive = False
        if alive:
            keys.deliver(now)
        picture.deliver(now)


def main(command: Sequence[str]) -> int:
    """Run the program behind the line; return its exit code."""
    size = fcntl.ioctl(0, termios.TIOCGWINSZ, b"\0" * 8)
    child, program = pty.fork()
    if child == 0:
        fcntl.ioctl(0, termios.TIOCSWINSZ, size)
        os.execvp(command[0], list(command))
    tty.setraw(0)
    carry(program)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
