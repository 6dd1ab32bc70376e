"""Turns this process into a session's program: its terminal, its signals, its environment, then the module itself.

Run as `python -m tui.ssh.stage MODULE ARGUMENT…` for a program that starts cold; the zygote calls `perform` in a fork.
"""

from __future__ import annotations

import fcntl
import io
import os
import resource
import runpy
import signal
import sys
import termios
from collections.abc import Sequence

MOST_MEMORY = 512 * 2**20
"""Bytes that a session's program may use; more would be at the expense of the others. A large school takes 100 MB."""
IGNORED = (signal.SIGUSR1, signal.SIGUSR2)
"""Sent as a warning; a program that does not know them must not die of them."""
DEFAULT = (signal.SIGHUP, signal.SIGTERM, signal.SIGCHLD, signal.SIGWINCH, signal.SIGTSTP, signal.SIGCONT)


def take_terminal() -> None:
    """Make the terminal on standard input, when it is one, this session's controlling terminal."""
    if os.isatty(0):
        fcntl.ioctl(0, termios.TIOCSCTTY, 0)


def reset() -> None:
    """Start as a fresh program: default signals, bounded memory, no core dump (it would hold names of pupils)."""
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    _unused, hard = resource.getrlimit(resource.RLIMIT_DATA)
    if hard == resource.RLIM_INFINITY or hard > MOST_MEMORY:
        resource.setrlimit(resource.RLIMIT_DATA, (MOST_MEMORY, MOST_MEMORY))
    for number in DEFAULT:
        signal.signal(number, signal.SIG_DFL)
    for number in IGNORED:
        signal.signal(number, signal.SIG_IGN)
    signal.signal(signal.SIGINT, signal.default_int_handler)


def freshen() -> None:
    """Open the standard streams anew: they were opened on another file, which could be sought in and was no terminal."""
    sys.stdin = os.fdopen(0, encoding="utf-8", closefd=False)
    sys.stdout = _written(1)
    sys.stderr = _written(2)


def _written(number: int) -> io.TextIOWrapper:
    by_line = 1 if os.isatty(number) else -1
    return os.fdopen(number, "w", buffering=by_line, encoding="utf-8", errors="backslashreplace", closefd=False)


def perform(module: str, words: Sequence[str]) -> None:
    """Run the module as `python -m` would; leaves with SystemExit when the module does."""
    sys.argv = [module, *words]
    runpy.run_module(module, run_name="__main__", alter_sys=True)


if __name__ == "__main__":
    take_terminal()
    reset()
    perform(sys.argv[1], sys.argv[2:])
