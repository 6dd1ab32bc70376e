"""Reads a table of a definition file, key by key; what is wrong is told with the path to it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Never

from core.errors import UnreadableInput
from core.language import _


class Fields:
    """One table of the file. Call `done` last: keys that nobody asked for are refused."""

    def __init__(self, file: str, values: Mapping[str, object], path: str = "") -> None:
        self.file = file
        self.path = path
        self._rest = dict(values)

    def fail(self, key: str, problem: str) -> Never:
        """Raise UnreadableInput about `key`."""
        where = f"{self.path}.{key}".strip(".")
        raise UnreadableInput(
            _("{file}, {where}: {problem}.").format(file=self.file, where=where, problem=problem),
            todo=_("Verbeter het definitiebestand."),
        )

    def text(self, key: str, *, default: str | None = None) -> str:
        """Return a text; without `default` it must be there and not empty."""
        found = self._rest.pop(key, default)
        if not isinstance(found, str):
            self.fail(key, _("hier hoort een tekst"))
        if not found and default is None:
            self.fail(key, _("mag niet leeg zijn"))
        return found

    def whole(self, key: str, *, least: int = 0) -> int:
        """Return a whole number of `least` or more."""
        return self._whole(key, self._rest.pop(key, None), least)

    def flag(self, key: str) -> bool:
        """Return true or false; must be there."""
        found = self._rest.pop(key, None)
        if not isinstance(found, bool):
            self.fail(key, _("hier hoort true of false"))
        return found

    def texts(self, key: str) -> tuple[str, ...]:
        """Return a list of texts; empty when it is not there."""
        return tuple(Fields(self.file, {"": item}, at).text("") for item, at in self._items(key))

    def wholes(self, key: str) -> tuple[int, ...]:
        """Return a list of whole numbers."""
        return tuple(self._whole(f"{key}[{n}]", item, 0) for n, (item, _at) in enumerate(self._items(key)))

    def rising(self, key: str, *, strictly: bool = False) -> tuple[Decimal, ...]:
        """Return a list of numbers, each at least as high as the one before (higher, when `strictly`)."""
        found: list[Decimal] = []
        for n, (item, _at) in enumerate(self._items(key)):
            if isinstance(item, bool) or not isinstance(item, int | Decimal):
                self.fail(f"{key}[{n}]", _("hier hoort een getal"))
            number = Decimal(item)
            if found and (number < found[-1] or (strictly and number == found[-1])):
                self.fail(
                    f"{key}[{n}]",
                    _("{number} is niet hoger dan {before} ervoor").format(number=number, before=found[-1]),
                )
            found.append(number)
        return tuple(found)

    def table(self, key: str) -> Fields | None:
        """Return a table below this one; None when it is not there."""
        found = self._rest.pop(key, None)
        if found is None:
            return None
        if not isinstance(found, dict):
            self.fail(key, _("hier hoort een tabel"))
        return Fields(self.file, found, f"{self.path}.{key}".strip("."))

    def tables(self, key: str) -> Iterator[Fields]:
        """Yield the tables of a list of tables."""
        for item, at in self._items(key):
            if not isinstance(item, dict):
                self.fail(key, _("hier hoort een lijst van tabellen"))
            yield Fields(self.file, item, at)

    def done(self) -> None:
        """Refuse what was not asked for."""
        for key in self._rest:
            self.fail(key, _("onbekend veld"))

    def _items(self, key: str) -> list[tuple[object, str]]:
        found = self._rest.pop(key, [])
        if not isinstance(found, list):
            self.fail(key, _("hier hoort een lijst"))
        return [(item, f"{self.path}.{key}[{n}]".strip(".")) for n, item in enumerate(found)]

    def _whole(self, key: str, found: object, least: int) -> int:
        if isinstance(found, bool) or not isinstance(found, int):
            self.fail(key, _("hier hoort een geheel getal"))
        if found < least:
            self.fail(key, _("moet minstens {least} zijn").format(least=least))
        return found
