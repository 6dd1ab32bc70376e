"""Nights on disk: one line per night in `nights.jsonl`, one line per school in a file of each night."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager
from pathlib import Path

import msgspec

from core.disk.files import damaged, explained, locked, locked_if_free
from core.disk.log import append_line, whole_lines
from core.errors import UnreadableInput
from core.language import _
from core.night import KEPT, Night, SchoolNight
from core.shapes import looked_at


class NightFiles:
    """The nights in one folder (`core.night.NightBook`)."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._index = folder / "nights.jsonl"

    def hold(self) -> AbstractContextManager[bool]:
        """Hold the data folder for one run; the lock goes with the process, also when it is killed."""
        with explained(self._folder):
            self._folder.mkdir(parents=True, exist_ok=True)
        return locked_if_free(self._folder / "run")

    def begin(self, night: Night) -> None:
        """Write down that a night began."""
        self._write(night)

    def note(self, night: str, visit: SchoolNight) -> None:
        """Append one school: handed to the system at once, not forced to disk, as the ledger is what counts."""
        append_line(self._file(night), msgspec.json.encode(visit), durable=False)

    def end(self, night: Night) -> None:
        """Write down that a night is over; the last line of a night counts. Forget the schools of old nights."""
        self._write(night)
        for path in sorted(self._folder.glob("[0-9]*.jsonl"))[:-KEPT]:
            with explained(path):
                path.unlink(missing_ok=True)

    def last(self, count: int) -> Sequence[Night]:
        """Return the last nights, the newest first."""
        found: dict[str, Night] = {}
        for line in whole_lines(self._index):
            try:
                night = msgspec.json.decode(line, type=looked_at(Night))
            except msgspec.DecodeError as error:
                raise damaged(self._index, error) from error
            found.pop(night.id, None)
            found[night.id] = night
        newest = list(deque(found.values(), maxlen=count))[::-1]
        return tuple(night if night.finished else self._so_far(night) for night in newest)

    def schools(self, night: str) -> Iterator[SchoolNight]:
        """Yield the schools of a night in the order they were finished; a half last line is left out."""
        path = self._file(night)
        for line in whole_lines(path):
            try:
                yield msgspec.json.decode(line, type=looked_at(SchoolNight))
            except msgspec.DecodeError as error:
                raise damaged(path, error) from error

    def _so_far(self, night: Night) -> Night:
        for visit in {visit.school: visit for visit in self.schools(night.id)}.values():
            night = night.with_school(visit)
        return night

    def _write(self, night: Night) -> None:
        with locked(self._index):
            append_line(self._index, msgspec.json.encode(night))

    def _file(self, night: str) -> Path:
        if not night.replace("-", "").isalnum():
            raise UnreadableInput(_("Nacht {night} bestaat niet.").format(night=night))
        return self._folder / f"{night}.jsonl"
