"""What arrived and how it was answered: the tests' and trainers' evidence. No names, no keys, no wall clock."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass
from datetime import datetime

MAX_ENTRIES = 20_000
MAX_MESSAGES = 100
MAX_MESSAGE_BYTES = 2_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One call on the UWLR services."""

    number: int
    at: datetime
    """The simulator's own clock."""
    operation: str
    """UWLR operation; empty when the message did not say."""
    school: str
    """`12AB-00`; empty when the message did not say."""
    client: str
    """Klantnaam."""
    version: str
    """Xsdversie of the request."""
    outcome: str
    """`antwoord`, `geenwijzigingen`, `geengegevens`, `bevestiging` or a fault code."""
    reason: str = ""
    """Why it is a fault: never sent to the peer."""
    trouble: str = ""
    """Kind of the planned mishap that struck this call."""
    records: int = 0
    """Pupils or teachers answered, or results received."""
    bytes_in: int = 0
    bytes_out: int = 0


class Journal:
    """The last calls, oldest first, with the last messages as they came in (keys masked)."""

    def __init__(self) -> None:
        self.entries: deque[Entry] = deque(maxlen=MAX_ENTRIES)
        self.messages: dict[int, bytes] = {}
        self.count = 0
        """Calls ever, also those that fell out."""

    def copy(self) -> Journal:
        """Return the same entries in a journal of their own."""
        other = Journal()
        other.entries.extend(self.entries)
        other.messages.update(self.messages)
        other.count = self.count
        return other

    def write(self, entry: Entry, message: bytes) -> None:
        """Keep an entry and its message."""
        self.count = entry.number
        self.entries.append(entry)
        if len(message) <= MAX_MESSAGE_BYTES:
            self.messages[entry.number] = message
            if len(self.messages) > MAX_MESSAGES:
                del self.messages[next(iter(self.messages))]

    def select(self, *, since: int = 0, operation: str = "", school: str = "") -> list[Entry]:
        """Return the entries after number `since`, of one operation and school if asked."""
        return [
            entry
            for entry in self.entries
            if entry.number > since and operation in ("", entry.operation) and school in ("", entry.school)
        ]
