"""Append-only logs: one line per append, durable when it returns; a half last line is ignored and mended."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Generic, TypeVar

import msgspec

from core.disk.files import damaged, explained, locked, sync_folder, write_all
from core.disk.plain import codec

T = TypeVar("T")
_BLOCK = 65536


class JsonLog(Generic[T]):
    """The log in the file `path`. What one call appends is one line, so it is there whole or not at all."""

    def __init__(self, path: Path, kind: type[T]) -> None:
        self.path = path
        self._codec = codec(kind)

    def append(self, *entries: T) -> int:
        """Append the entries and return how many the log then holds. Raises Damaged or TryLater."""
        plain = [self._codec.dump(entry) for entry in entries]
        if plain:
            with locked(self.path):
                append_line(self.path, msgspec.json.encode(plain if len(plain) > 1 else plain[0]))
        return sum(len(msgspec.json.decode(line)) if line[:1] == b"[" else 1 for line in whole_lines(self.path))

    def read(self, start: int = 0) -> Iterator[T]:
        """Yield the entries from number `start` on. Raises Damaged when a line in the middle is no good."""
        for number, plain in enumerate(self._plain()):
            if number >= start:
                try:
                    yield self._codec.load(plain)
                except msgspec.ValidationError as error:
                    raise damaged(self.path, error) from error

    def _plain(self) -> Iterator[object]:
        for line in whole_lines(self.path):
            try:
                found = msgspec.json.decode(line)
            except msgspec.DecodeError as error:
                raise damaged(self.path, error) from error
            if isinstance(found, list):
                yield from found
            else:
                yield found


def append_line(path: Path, line: bytes, *, durable: bool = True) -> None:
    """Append one line and make it durable; a half line left by a killed writer is taken away first.

    Not `durable`: it survives a kill of this program, and perhaps not a power cut.
    Call it under `locked(path)`. Raises Damaged or DiskFull with the log as it was.
    """
    with explained(path):
        fresh = not path.exists()
        handle = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        try:
            end = _end_of_last_line(handle)
            os.ftruncate(handle, end)
            os.lseek(handle, end, os.SEEK_SET)
            try:
                write_all(handle, line + b"\n")
                if durable:
                    os.fsync(handle)
            except OSError:
                os.ftruncate(handle, end)
                raise
        finally:
            os.close(handle)
        if fresh and durable:
            sync_folder(path.parent)


def whole_lines(path: Path) -> Iterator[bytes]:
    """Yield the lines that were written whole, without their line end; nothing when there is no file."""
    with explained(path):
        try:
            handle = path.open("rb")
        except FileNotFoundError:
            return
    with handle:
        for line in handle:
            if line.endswith(b"\n"):
                yield line[:-1]


def lines_backward(path: Path) -> Iterator[bytes]:
    """Yield the whole lines from the last to the first; only what is asked for is read."""
    with explained(path):
        try:
            handle = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
        except FileNotFoundError:
            return
    try:
        end, rest = _end_of_last_line(handle), b""
        while end > 0:
            start = max(0, end - _BLOCK)
            first, *lines = (os.pread(handle, end - start, start) + rest).split(b"\n")
            for line in reversed(lines):
                if line:
                    yield line
            end, rest = start, first
        if rest:
            yield rest
    finally:
        os.close(handle)


def last_line(path: Path) -> bytes:
    """Return the last whole line, read from the end of the file; empty when there is none."""
    with explained(path):
        try:
            handle = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
        except FileNotFoundError:
            return b""
        try:
            end = _end_of_last_line(handle)
            start = _after_newline(handle, end - 1) if end else 0
            return os.pread(handle, end - start, start)[:-1]
        finally:
            os.close(handle)


def _end_of_last_line(handle: int) -> int:
    return _after_newline(handle, os.fstat(handle).st_size)


def _after_newline(handle: int, before: int) -> int:
    """Return the offset just after the last newline that stands before offset `before`; 0 when there is none."""
    while before > 0:
        start = max(0, before - 4096)
        found = os.pread(handle, before - start, start).rfind(b"\n")
        if found >= 0:
            return start + found + 1
        before = start
    return 0
