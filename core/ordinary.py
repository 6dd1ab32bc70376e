"""Reads a file that somebody named: an ordinary one, and never half of it."""

from __future__ import annotations

import errno
import os
import stat
from pathlib import Path

_HANDED_OVER = ("/dev/", "/proc/")
"""Where a pipe stands that another program writes to already: `/dev/stdin`, and `/dev/fd/63` for `<(…)` in a shell."""


def ordinary(path: Path, most: int) -> bytes:
    """Return what is in the file. Raises OSError: EFBIG when it is more than `most` bytes, ENXIO when it is a device,
    which has no end, or a named pipe, which waits for somebody who may never come.
    """
    # Without waiting: opening a named pipe would wait until somebody writes to it.
    handle = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
    with os.fdopen(handle, "rb") as file:
        mode = os.fstat(handle).st_mode
        if stat.S_ISDIR(mode):
            raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR))
        if stat.S_ISFIFO(mode) and str(path).startswith(_HANDED_OVER):
            os.set_blocking(handle, True)
        elif not stat.S_ISREG(mode):
            raise OSError(errno.ENXIO, os.strerror(errno.ENXIO))
        content = file.read(most + 1)
    if len(content) > most:
        raise OSError(errno.EFBIG, os.strerror(errno.EFBIG))
    return content
