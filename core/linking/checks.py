"""The checks of workflow.md §2.5 that customer service sees before it decides, each with its outcome."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Check(StrEnum):
    """What a machine can check before a person decides."""

    BRIN_KNOWN = "BRIN bekend"
    BRIN_FORM = "BRIN goed gevormd"
    SCHOOL_YEAR = "schooljaar"
    KEY_FORM = "autorisatiesleutel"
    SCHOOL_KEY_EMPTY = "SchoolKey leeg"
    EXTERNAL_EMPTY = "externe nummers leeg"
    CONNECTION = "verbinding"


class Outcome(StrEnum):
    """How a check came out."""

    GOOD = "goed"
    BAD = "fout"
    UNKNOWN = "niet te zeggen"
    """Could not be checked now, for instance because ParnasSys cannot be reached."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckOutcome:
    """One check with its outcome, in Dutch."""

    check: Check
    outcome: Outcome
    finding: str = ""
    """What was found."""
    remedy: str = ""
    """What to do about it, and who; empty when it is good."""
