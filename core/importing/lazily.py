"""Values made when somebody first asks for them: a review of thousands opens without drawing up every row."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Generic, TypeVar

from core.importing.decisions import RowKey

T = TypeVar("T")


class Lazily(Generic[T]):
    """One value per row, made by `make` and kept until it is forgotten."""

    def __init__(self, make: Callable[[RowKey], T]) -> None:
        self._make = make
        self._made: dict[RowKey, T] = {}

    def __getitem__(self, key: RowKey) -> T:
        if key not in self._made:
            self._made[key] = self._make(key)
        return self._made[key]

    def forget(self, keys: Iterable[RowKey]) -> None:
        """Make the values of these rows anew when they are asked for again."""
        for key in keys:
            self._made.pop(key, None)
