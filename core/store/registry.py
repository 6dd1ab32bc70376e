"""The list of schools in one small file, kept right with the records although they are other files.

One line per change, the last line of a school counts; rewritten when it has grown. Before a record is replaced the list
says the school is `busy`; after it, what became of it. A writer killed in between leaves `busy` behind, and the next
reader makes the line anew from the record.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

import msgspec

from core.desk.ports import SchoolLine
from core.disk.files import damaged, locked, locked_if_free, replace
from core.disk.log import append_line
from core.disk.tail import Tail
from core.errors import Damaged, TryLater
from core.language import _
from core.model import SchoolId
from core.shapes import looked_at

Patch = Callable[[SchoolLine | None], SchoolLine | None]
"""Makes a school's line from the line before; None = there is no such school."""
_SLACK = 1000


@dataclass(frozen=True, slots=True, kw_only=True)
class _Change:
    id: SchoolId
    line: SchoolLine | None = None
    busy: bool = False


class Registry:
    """The list in the file `path`. `remake` makes a line anew from the files `sources`."""

    def __init__(
        self, path: Path, sources: Callable[[SchoolId], Sequence[Path]], remake: Callable[[SchoolId], Patch]
    ) -> None:
        self._path = path
        self._sources = sources
        self._remake = remake
        self._guard = threading.Lock()
        self._tail = Tail(path)
        self._changes = 0
        self._known: dict[SchoolId, SchoolLine] = {}
        self._busy: set[SchoolId] = set()
        self._sorted: tuple[SchoolLine, ...] | None = None

    def lines(self) -> Sequence[SchoolLine]:
        """Return all schools sorted by id; only what was appended since the last call is read."""
        with self._guard:
            self._catch_up()
            busy = sorted(self._busy)
        for school in busy:
            self._mend(school)
        with self._guard:
            self._catch_up()
            if self._sorted is None:
                self._sorted = tuple(self._known[school] for school in sorted(self._known))
            return self._sorted

    @contextmanager
    def changing(self, school: SchoolId, patch: Patch, *, alone: bool = False) -> Iterator[None]:
        """Replace the school's file inside this block, under its lock: the line follows.

        `alone` says that no other file of the school can be written meanwhile: a mark that is there will do.
        """
        with self._guard:
            self._catch_up()
            known = self._known.get(school)
            busy = school in self._busy
            changes = busy or patch(known) != known
        if changes and not (alone and busy):
            self._append([_Change(id=school, line=known, busy=True)])
        yield
        if changes:
            with locked(self._path):
                with self._guard:
                    self._catch_up()
                    line = patch(self._known.get(school))
                append_line(self._path, msgspec.json.encode(_Change(id=school, line=line)))
            self._shorten()

    def set_aside(self) -> None:
        """Start the list anew when the present one cannot be read; it is kept as `NAME.beschadigd`."""
        with locked(self._path), self._guard:
            try:
                self._catch_up()
            except Damaged:
                self._path.replace(self._path.with_name(self._path.name + ".beschadigd"))

    def doubt(self, schools: Iterable[SchoolId]) -> None:
        """Have the lines of these schools made anew by the next reader."""
        self._append(_Change(id=school, busy=True) for school in schools)

    def _append(self, changes: Iterable[_Change]) -> None:
        lines = b"\n".join(map(msgspec.json.encode, changes))
        if lines:
            with locked(self._path):
                append_line(self._path, lines)

    def _mend(self, school: SchoolId) -> None:
        try:
            with ExitStack() as held:
                # When one is not free its writer is alive, and will tell what became of it.
                if all(held.enter_context(locked_if_free(path)) for path in self._sources(school)):
                    with self.changing(school, self._remake(school), alone=True):
                        pass
        except (Damaged, TryLater, OSError):
            # A record that is damaged or cannot be locked says so when it is opened; its old line stays in the list.
            return

    def _catch_up(self) -> None:
        added = self._tail.look()
        if added.anew:
            self._known, self._busy, self._changes, self._sorted = {}, set(), 0, None
        if not added.lines:
            return
        try:
            joined = b"[" + added.lines.rstrip(b"\n").replace(b"\n", b",") + b"]"
            changes = msgspec.json.decode(joined, type=looked_at(list[_Change]))
        except msgspec.DecodeError as error:
            self._tail = Tail(self._path)
            raise damaged(self._path, error, _("Maak de lijst opnieuw met: koppeldesk doctor --repair")) from error
        for change in changes:
            self._take(change)
        self._changes += len(changes)
        self._sorted = None

    def _take(self, change: _Change) -> None:
        if change.line is not None:
            self._known[change.id] = change.line
        elif not change.busy:
            self._known.pop(change.id, None)
        if change.busy:
            self._busy.add(change.id)
        else:
            self._busy.discard(change.id)

    def _shorten(self) -> None:
        """Rewrite the list when most of its lines no longer count."""
        if self._changes < 2 * len(self._known) + _SLACK:
            return
        with locked(self._path), self._guard:
            self._catch_up()
            if self._changes < 2 * len(self._known) + _SLACK:
                return
            kept = [_Change(id=s, line=line, busy=s in self._busy) for s, line in sorted(self._known.items())]
            kept += [_Change(id=s, busy=True) for s in sorted(self._busy - self._known.keys())]
            replace(self._path, b"".join(msgspec.json.encode(change) + b"\n" for change in kept))


def school_folders(folder: Path) -> list[Path]:
    """Return the folders of the schools in a data folder, in order."""
    return sorted((folder / "schools").glob("[0-9][0-9][A-Z][A-Z]-[0-9][0-9]"))
