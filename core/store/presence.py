"""Who is where now: a file per visitor whose lock the visitor's process holds. When the process ends, so does the lock."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from core.disk.files import explained


class LockedPresence:
    """The visitors of one place (`core.ports.Presence`), in a folder of its own."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    @contextmanager
    def enter(self, name: str) -> Iterator[None]:
        """Be there until the block, or the process, ends. Raises Damaged when the folder cannot be written."""
        with explained(self._folder):
            self._folder.mkdir(parents=True, exist_ok=True)
            path, handle = self._locked(name)
        try:
            yield
        finally:
            path.unlink(missing_ok=True)
            os.close(handle)

    def who(self) -> frozenset[str]:
        """Return the names of who is there; what processes that died left behind is cleared away."""
        return frozenset(filter(None, map(self._visitor, self._folder.glob("*.hier"))))

    def _locked(self, name: str) -> tuple[Path, int]:
        """Lock first and give the file its name then, so that nobody takes it for one that was left behind."""
        for number in range(1000):
            path = self._folder / f"{os.getpid()}-{number}.hier"
            if not path.exists():
                break
        fresh = path.with_suffix(".komt")
        handle = os.open(fresh, os.O_RDWR | os.O_CREAT | os.O_TRUNC, 0o600)
        fcntl.flock(handle, fcntl.LOCK_EX)
        os.write(handle, name.encode())
        fresh.rename(path)
        return path, handle

    @staticmethod
    def _visitor(path: Path) -> str:
        try:
            handle = os.open(path, os.O_RDONLY)
        except FileNotFoundError:
            return ""
        try:
            fcntl.flock(handle, fcntl.LOCK_SH | fcntl.LOCK_NB)
        except BlockingIOError:
            return os.read(handle, 400).decode(errors="replace")
        else:
            path.unlink(missing_ok=True)
            return ""
        finally:
            os.close(handle)
