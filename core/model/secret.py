"""A value that never shows itself."""

from __future__ import annotations


class Secret:
    """A value that never shows itself: in a log or a traceback it reads `••••`."""

    __slots__ = ("_value",)

    def __init__(self, value: str) -> None:
        self._value = value

    def reveal(self) -> str:
        """Return the value itself, for the wire and for a recorded reveal only."""
        return self._value

    @property
    def masked(self) -> str:
        """The last four characters behind dots; all dots when the value is short."""
        return "••••" + (self._value[-4:] if len(self._value) > 8 else "")

    def __repr__(self) -> str:
        return "Secret(••••)"

    __str__ = __repr__

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Secret) and other._value == self._value

    def __hash__(self) -> int:
        return hash(self._value)
