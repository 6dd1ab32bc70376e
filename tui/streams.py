"""The three standard streams as every command may count on them: open, and able to carry every sign."""

from __future__ import annotations

import io
import os
import sys


def make_sound() -> None:
    """Open what was closed on nothing, and let no sign be too much for what is written.

    A stream that is closed at the start (`<&-`, some CI runners) would give its number to the next file opened. A
    terminal gets what it can show, with a question mark for the rest; a pipe or a file always gets UTF-8, whatever the
    locale, so that a name in JSON or CSV stays that name.
    """
    for number in range(3):
        try:
            os.fstat(number)
        except OSError:
            # The lowest free number, and the ones below are open: it gets exactly this one.
            os.open(os.devnull, os.O_RDWR)
    sys.stdin = sys.stdin or os.fdopen(0, encoding="utf-8")
    sys.stdout = sys.stdout or os.fdopen(1, "w", encoding="utf-8")
    sys.stderr = sys.stderr or os.fdopen(2, "w", encoding="utf-8")
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            # By the line: whoever follows a pipeline sees each step when it is done, not all of them at the end.
            stream.reconfigure(encoding=None if stream.isatty() else "utf-8", errors="replace", line_buffering=True)


def drop_output() -> None:
    """Let what is still to be written go nowhere: its reader is gone or its disk is full, which was told already."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
