"""The audit log: append-only, each entry chained to the one before by a hash, so that tampering shows."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

import msgspec

from core.desk.trail import AuditEntry, Verdict
from core.disk.files import damaged, explained, locked, write_all
from core.disk.files import replace as replace_file
from core.disk.log import append_line, last_line, lines_backward, whole_lines
from core.errors import Damaged
from core.shapes import looked_at

START = "0" * 64
"""What the first entry of all is chained to."""


class AuditLog:
    """The log in the file `path`; `NAME.kop` beside it holds number and hash of the last entry."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._head = path.with_name(path.name + ".kop")

    def append(self, *entries: AuditEntry) -> int:
        """Append the entries and return the number of the last one. Raises Damaged or TryLater."""
        with locked(self.path):
            return self._append(entries)

    def read(self, start: int = 0) -> Iterator[AuditEntry]:
        """Yield the entries from position `start` on, the oldest first. Raises Damaged on a line that is no entry."""
        position = 0
        for line in whole_lines(self.path):
            plain = self._decoded(line)
            if not _is_anchor(plain):
                if position >= start:
                    yield msgspec.convert(plain, looked_at(AuditEntry))
                position += 1

    def newest(self, containing: str = "") -> Iterator[AuditEntry]:
        """Yield the entries from the last to the first, without those that cannot hold `containing`."""
        sought = containing.encode()
        for line in lines_backward(self.path):
            if sought in line:
                plain = self._decoded(line)
                if not _is_anchor(plain):
                    yield msgspec.convert(plain, looked_at(AuditEntry))

    def verify(self) -> Verdict:
        """Walk the whole chain."""
        count, number, chained_to = 0, 0, START
        anchor: tuple[int, str] | None = None
        for line in whole_lines(self.path):
            try:
                plain = self._decoded(line)
                found, claimed = int(plain.pop("nr")), str(plain.pop("hash"))
            except (Damaged, KeyError, TypeError, ValueError):
                return Verdict(entries=count, broken_at=number + 1, head=chained_to)
            if _is_anchor(plain) and not number:
                number, chained_to = anchor = (found, claimed)
                continue
            if found != number + 1 or _hash(chained_to, found, plain) != claimed:
                return Verdict(entries=count, broken_at=number + 1, head=chained_to)
            if plain["act"] == PURGED and anchor and (plain["subject"], plain["to"]) == (str(anchor[0]), anchor[1]):
                anchor = None
            count, number, chained_to = count + 1, found, claimed
        # What was purged must be said by an entry in the chain itself, or anybody could cut off the beginning.
        broken_at = anchor[0] if anchor else None
        return Verdict(entries=count, broken_at=broken_at, cut_off=self._known_head()[0] > number, head=chained_to)

    def purge(self, before: datetime, note: AuditEntry) -> int:
        """Take away every entry older than `before`; return how many went.

        `note` says who did it: it is appended, with number and hash of the last entry that went, and the first line of
        the log then names the same two, so that the chain goes on.
        """
        with locked(self.path):
            old, kept = self._split(before)
            if old is None:
                return 0
            gone = sum(1 for _entry in self.read()) - len(kept)
            number, claimed = int(old["nr"]), str(old["hash"])
            self._append([replace(note, act=PURGED, subject=str(number), to=claimed)])
            kept.append(last_line(self.path))
            anchor = msgspec.json.encode({"nr": number, "act": PURGED, "hash": claimed})
            replace_file(self.path, b"".join(line + b"\n" for line in [anchor, *kept]))
        return gone

    def _append(self, entries: Sequence[AuditEntry]) -> int:
        number, chained_to = self._last()
        lines = []
        for entry in entries:
            number += 1
            plain = _plain(entry)
            chained_to = _hash(chained_to, number, plain)
            lines.append(msgspec.json.encode({"nr": number, **plain, "hash": chained_to}))
        if lines:
            append_line(self.path, b"\n".join(lines))
            with explained(self._head):
                head = os.open(self._head, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_CLOEXEC, 0o600)
                try:
                    write_all(head, msgspec.json.encode([number, chained_to]))
                finally:
                    os.close(head)
        return number

    def _split(self, before: datetime) -> tuple[dict[str, Any] | None, list[bytes]]:
        """Return the last entry that is too old, if there is one, and the lines that stay."""
        old: dict[str, Any] | None = None
        kept: list[bytes] = []
        for line in whole_lines(self.path):
            plain = self._decoded(line)
            if not kept and (_is_anchor(plain) or msgspec.convert(plain, looked_at(AuditEntry)).at < before):
                old = None if _is_anchor(plain) else plain
            else:
                kept.append(line)
        return old, kept

    def _last(self) -> tuple[int, str]:
        """Return number and hash that the next entry follows; those of a cut-off end, so that the cut stays visible."""
        line = last_line(self.path)
        known = self._known_head()
        if not line:
            return known
        plain = self._decoded(line)
        number = int(plain["nr"])
        return known if known[0] > number else (number, str(plain["hash"]))

    def _known_head(self) -> tuple[int, str]:
        try:
            return msgspec.json.decode(self._head.read_bytes(), type=tuple[int, str])
        except (OSError, msgspec.DecodeError):
            return 0, START

    def _decoded(self, line: bytes) -> dict[str, Any]:
        try:
            return msgspec.json.decode(line, type=dict[str, Any])
        except msgspec.DecodeError as error:
            raise damaged(self.path, error) from error


PURGED = "opgeschoond"
"""The act of the entry that says what was purged, and of the bare line in front of a purged log."""


def _is_anchor(plain: dict[str, Any]) -> bool:
    return plain.get("act") == PURGED and "at" not in plain


def _plain(entry: AuditEntry) -> dict[str, Any]:
    plain: dict[str, Any] = msgspec.to_builtins(entry)
    plain.pop("hash")
    return plain


def _hash(chained_to: str, number: int, plain: dict[str, Any]) -> str:
    content = msgspec.json.encode([chained_to, number, plain], order="deterministic")
    return hashlib.sha256(content).hexdigest()
