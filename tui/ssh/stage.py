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
    """Make standard output write each line at once on a terminal; it was opened before there was one."""
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(line_buffering=os.isatty(1))


def perform(module: str, words: Sequence[str]) -> None:
    """Run the module as `python -m` would; leaves with SystemExit when the module does."""
    sys.argv = [module, *words]
    runpy.run_module(module, run_name="__main__", alter_sys=True)


if __name__ == "__main__":
    take_terminal()
    reset()
    perform(sys.argv[1], sys.argv[2:])
