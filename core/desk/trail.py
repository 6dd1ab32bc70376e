"""The audit log as the desk sees it: who did what, when, for whom, and whether anybody touched it since."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from core.ports import Log


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditEntry:
    """One act: who, when, what, on what, from, to and why. Records are named by id, never by a person's name."""

    at: datetime
    by: str
    role: str
    act: str
    school: str = ""
    on_behalf: bool = False
    subject: str = ""
    came_from: str = ""
    to: str = ""
    why: str = ""
    fingerprint: str = ""
    refused: bool = False
    hash: str = ""
    """Chains this entry to the one before; set by the log."""


def counted(counts: Mapping[str, int]) -> str:
    """Return counts as the log keeps them, in Dutch and without the noughts: `leerlingen 223, groepen 8`."""
    return ", ".join(f"{name} {count}" for name, count in counts.items() if count)


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What verifying the chain brought to light."""

    entries: int
    broken_at: int | None = None
    """Number of the first entry that does not follow from the one before; None = the chain is whole."""
    cut_off: bool = False
    """Whether entries that were once written are missing at the end."""
    head: str
    """Hash of the last entry: note it elsewhere to be able to prove later that nothing before it changed."""

    @property
    def whole(self) -> bool:
        """Whether the log is as it was written."""
        return self.broken_at is None and not self.cut_off


class AuditTrail(Log[AuditEntry], Protocol):
    """An append-only log that shows tampering."""

    def newest(self, containing: str = "") -> Iterator[AuditEntry]:
        """Yield the entries from the last to the first, without those that cannot hold `containing`."""
        ...

    def verify(self) -> Verdict:
        """Walk the whole chain."""
        ...

    def purge(self, before: datetime, note: AuditEntry) -> int:
        """Take away every entry older than `before`, append `note` that says so, and return how many went."""
        ...
