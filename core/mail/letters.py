"""The letters: what each one says, as facts. They count and never name pupils; templates make the sentences."""

from __future__ import annotations

from dataclasses import dataclass

from core.model import SchoolId


@dataclass(frozen=True, slots=True, kw_only=True)
class _Letter:
    school: SchoolId
    school_name: str
    about: str
    """What makes it this letter: the same kind, school and `about` is the same letter, and goes out once."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestConfirmed(_Letter):
    """We have your request for the link (workflow.md §2.1)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestRefused(_Letter):
    """Your request for the link was refused."""

    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkOpened(_Letter):
    """The link is open in ParnasSys: now it is your turn (workflow.md §2.2)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ApplicationReceived(_Letter):
    """We have your application (workflow.md §2.4)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Approved(_Letter):
    """Your application is approved; data still has to be imported (workflow.md §2.5)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rejected(_Letter):
    """Your application was rejected; correct it and apply again (workflow.md §2.5)."""

    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NewData(_Letter):
    """Data came in that cannot be read in automatically (workflow.md §3). `about` is the review's id."""

    new_groups: int = 0
    new_teachers: int = 0
    new_pupils: int = 0
    doubtful: int = 0
    """Records that may or may not be one the test centre has."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RunHeld(_Letter):
    """The nightly run met a guard and holds this school's import back (workflow.md §3)."""

    reasons: tuple[str, ...]
    """Dutch sentences with counts, without names."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Digest(_Letter):
    """What of the last night needs somebody (workflow.md §4): one letter, not one per error."""

    lines: tuple[str, ...]
    """Dutch sentences with counts, without names."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OtherChild(_Letter):
    """Results may stand with another child in ParnasSys, and must be removed there by hand (uwlr.md §6.1)."""

    results: int


Letter = (
    RequestConfirmed
    | RequestRefused
    | LinkOpened
    | ApplicationReceived
    | Approved
    | Rejected
    | NewData
    | RunHeld
    | Digest
    | OtherChild
)
