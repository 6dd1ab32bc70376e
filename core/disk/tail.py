"""Follows an append-only file: gives what was added since the last look, without reading the rest again."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from core.disk.files import explained


@dataclass(frozen=True, slots=True)
class Added:
    """What was added since the last look."""

    lines: bytes
    """Whole lines, each with its line end."""
    anew: bool = False
    """Whether the file is another one than before: forget what was read, `lines` is all of it."""


class Tail:
    """One reader's place in the file `path`."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._file = (0, 0)
        self._offset = 0

    def look(self) -> Added:
        """Return what is new. Raises Damaged when the file cannot be read."""
        with explained(self._path):
            try:
                handle = self._path.open("rb")
            except FileNotFoundError:
                anew = self._offset > 0
                self._offset = 0
                return Added(b"", anew)
            with handle:
                size = handle.seek(0, 2)
                about = os.fstat(handle.fileno())
                file = (about.st_dev, about.st_ino)
                anew = self._offset > 0 and (file != self._file or size < self._offset)
                if anew:
                    self._offset = 0
                self._file = file
                if size == self._offset:
                    return Added(b"", anew)
                handle.seek(self._offset)
                content = handle.read()
        lines = content[: content.rfind(b"\n") + 1]
        self._offset += len(lines)
        return Added(lines, anew)
