"""What a list shows: rows that are asked for one by one, each under a key that is its own wherever it stands."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from rich.text import Text


class Rows(Protocol):
    """What a list shows: asked only for the rows in sight."""

    def __len__(self) -> int: ...

    def cells(self, index: int) -> Sequence[str | Text]:
        """Return the cells of one row, as many as there are columns."""
        ...

    def key(self, index: int) -> str:
        """Return what identifies the row, whatever its place."""
        ...


@dataclass(frozen=True, slots=True)
class PlainRows:
    """Rows that are known already: pairs of key and cells."""

    rows: Sequence[tuple[str, Sequence[str | Text]]]

    def __len__(self) -> int:
        return len(self.rows)

    def cells(self, index: int) -> Sequence[str | Text]:
        """Return the cells of one row."""
        return self.rows[index][1]

    def key(self, index: int) -> str:
        """Return the key of one row."""
        return self.rows[index][0]
