"""Remembers what was read last, so that one run does not parse the same file four times in a second."""

from __future__ import annotations

import threading
from collections import OrderedDict
from pathlib import Path

Mark = tuple[int, int, int, int]
"""Tells one generation of a file from the next: a replaced file has another inode, and another time of change."""


class Recall:
    """The values of the last few files. Values are frozen, so sharing them is safe."""

    def __init__(self, most: int = 32) -> None:
        self._most = most
        self._guard = threading.Lock()
        self._known: OrderedDict[Path, tuple[Mark, object]] = OrderedDict()

    def find(self, path: Path, mark: Mark) -> object | None:
        """Return the value of this generation of the file; None when it is not remembered."""
        with self._guard:
            known = self._known.get(path)
            if known is None or known[0] != mark:
                return None
            self._known.move_to_end(path)
            return known[1]

    def keep(self, path: Path, mark: Mark, value: object) -> None:
        """Remember the value of this generation; the one not asked for longest goes."""
        with self._guard:
            self._known[path] = (mark, value)
            self._known.move_to_end(path)
            if len(self._known) > self._most:
                self._known.popitem(last=False)


def mark_of(path: Path) -> Mark | None:
    """Return which generation of the file this is; None when there is no file or it cannot be looked at."""
    try:
        found = path.stat()
    except OSError:
        return None
    return (found.st_ino, found.st_size, found.st_mtime_ns, found.st_ctime_ns)
