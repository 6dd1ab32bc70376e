"""One value in one TinyDB file, through a storage class that never leaves half a file."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from pathlib import Path
from typing import Generic, TypeVar, cast

import msgspec
from tinydb import TinyDB
from tinydb.storages import Storage

from core.disk.files import damaged, explained, locked, replace
from core.disk.plain import codec
from core.language import _
from core.ports import Draft
from core.store.recall import Recall, mark_of

T = TypeVar("T")
FORMAT = 1
"""Of the files; a file of a later format is refused, not misread."""
_FORMAT = msgspec.Raw(msgspec.json.encode(FORMAT))
_ROW = 1


Tables = dict[str, dict[str, dict[str, msgspec.Raw]]]
"""Tables, rows, fields; what stands in a field is left as JSON until somebody knows its type."""


class SafeStorage(Storage):
    """What TinyDB reads and writes through: parsed once, replaced as a whole.

    Make one inside `locked(path)` to write; reading needs no lock, because a file is only ever replaced.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._parsed: Tables | None = None

    def read(self) -> Tables | None:
        """Return all tables, or None when there is no file."""
        if self._parsed is None:
            with explained(self._path):
                try:
                    content = self._path.read_bytes()
                except FileNotFoundError:
                    return None
            try:
                self._parsed = msgspec.json.decode(content, type=Tables)
            except msgspec.DecodeError as error:
                raise damaged(self._path, error) from error
        return self._parsed

    def write(self, data: Tables) -> None:
        """Replace the file."""
        replace(self._path, msgspec.json.encode(data))
        self._parsed = data


class TinyDocument(Generic[T]):
    """One value in one TinyDB file (`core.ports.Document`)."""

    def __init__(
        self,
        path: Path,
        kind: type[T],
        empty: T,
        around: Callable[[T], AbstractContextManager[None]] = lambda _new: nullcontext(),
        recall: Recall | None = None,
    ) -> None:
        self.path = path
        self._recall = recall or Recall()
        self._codec = codec(kind)
        self._empty = empty
        self._around = around

    def read(self) -> T:
        """Return the stored value, or the empty one. Raises Damaged; it then says where the last good copy is."""
        return self._load()

    @contextmanager
    def edit(self) -> Iterator[Draft[T]]:
        """Hold the lock, yield the value, and replace the file when it changed. Raises Damaged or TryLater."""
        with locked(self.path):
            before = self._load()
            draft = Draft(before)
            yield draft
            if draft.value is not before and draft.value != before:
                with self._around(draft.value):
                    self._store(draft.value)

    def exists(self) -> bool:
        """Whether anything was ever stored here."""
        return self.path.exists()

    def _store(self, value: T) -> None:
        # The whole file is this one row: what TinyDB would read first, to merge it, is not needed.
        row = {"format": _FORMAT, "value": msgspec.Raw(self._codec.encode(value))}
        SafeStorage(self.path).write({self.path.stem: {str(_ROW): row}})
        if mark := mark_of(self.path):
            self._recall.keep(self.path, mark, value)

    def _load(self) -> T:
        mark = mark_of(self.path)
        if mark is not None and (known := self._recall.find(self.path, mark)) is not None:
            return cast(T, known)
        value = self._parse()
        if mark is not None:
            self._recall.keep(self.path, mark, value)
        return value

    def _parse(self) -> T:
        if not self.path.exists():
            return self._empty
        table = TinyDB(self.path, storage=SafeStorage).table(self.path.stem)
        row = cast("dict[str, msgspec.Raw] | None", table.get(doc_id=_ROW))
        if row is None or not {"format", "value"} <= row.keys():
            raise damaged(self.path, _("de gegevens ontbreken"))
        if row["format"] != _FORMAT:
            raise damaged(self.path, _("onbekende indeling {format}").format(format=bytes(row["format"]).decode()))
        try:
            return self._codec.decode(row["value"])
        except msgspec.DecodeError as error:
            raise damaged(self.path, error) from error
