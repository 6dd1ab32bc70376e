"""Every result of a school and the state it is in (workflow.md §4)."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Ledger:
    """All results of one school."""
