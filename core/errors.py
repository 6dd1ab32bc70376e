"""Everything that can go wrong, split by who must act.

    KoppeldeskError                exit code
    ├── UnreadableInput            2  what was given cannot be read: a file, a form, an argument
    │   └── UnreadableReply        2  ParnasSys answered with something that is not UWLR
    ├── Refused                    3  a rule says no
    │   ├── RefusedByState         3  the move is not on the drawing of workflow.md §2
    │   ├── RefusedByRole          3  this actor may not do this, or not for this school
    │   ├── RefusedByGuard         3  a guard of workflow.md §3 asks for a typed confirmation
    │   ├── SchoolMustAct          3  ParnasSys refuses the key or the school; the school must mend it
    │   └── WeMustAct              3  ParnasSys refuses what we sent; Koppeldesk's makers must mend it
    │       └── ContentRefused     3  ParnasSys refuses a pupil, score, norm or term in a message of results
    ├── TryLater                   4  temporary: the same call may go through later
    │   ├── AnswerLost             4  sent, but no readable answer came: it may or may not have arrived
    │   └── DiskFull               4  nothing more can be written here until somebody makes room
    └── Damaged                    5  data or configuration damaged, or not writable

An error always says what happened, what was (not) stored and what to do next (workflow.md §5). No pupil's name and no
key ever stands in one.
"""

from __future__ import annotations

import errno

from core.language import _


class KoppeldeskError(Exception):
    """The root: three sentences in the language in use, and the exit code of the command line."""

    exit_code = 2

    def __init__(self, what: str, *, stored: str = "", todo: str = "", reference: str = "") -> None:
        super().__init__(what)
        self.what = what
        """What happened."""
        self.stored = stored or _("Er is niets opgeslagen.")
        """What was and was not stored."""
        self.todo = todo
        """What to do next, and who."""
        self.reference = reference
        """A short reference, e.g. the UWLR fault code or a log number; may be empty."""

    def __str__(self) -> str:
        return " ".join(part for part in (self.what, self.stored, self.todo) if part)


class UnreadableInput(KoppeldeskError):
    """What was given cannot be read."""


class UnreadableReply(UnreadableInput):
    """ParnasSys answered with something that is not a valid UWLR message."""


class Refused(KoppeldeskError):
    """A rule says no."""

    exit_code = 3


class RefusedByState(Refused):
    """The move is not on the drawing; `todo` says what is missing and who must act."""


class RefusedByRole(Refused):
    """The acting person may not do this, or not for this school."""


class RefusedByGuard(Refused):
    """A guard stops the import until somebody types the BRIN."""


class SchoolMustAct(Refused):
    """ParnasSys refuses the key or the school: only the school can mend that."""


class WeMustAct(Refused):
    """ParnasSys refuses what we sent: the makers of Koppeldesk must mend that."""


class ContentRefused(WeMustAct):
    """ParnasSys refuses something in a message of results: splitting the message finds what."""


class TryLater(KoppeldeskError):
    """Temporary; the same call may go through later."""

    exit_code = 4


class AnswerLost(TryLater):
    """What we sent may or may not have arrived; the same call may be repeated safely."""


class DiskFull(TryLater):
    """This machine's disk is full: trying something else first is no use."""


class Damaged(KoppeldeskError):
    """Data or configuration is damaged or cannot be written; nothing is overwritten."""

    exit_code = 5


FULL = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
"""What the operating system says when there is no room: temporary, everything else is damage."""


def why(error: OSError) -> str:
    """Return what the operating system says, in the language in use where it is an everyday thing."""
    known = {
        errno.ENOENT: _("het bestaat niet"),
        errno.EACCES: _("geen toegang"),
        errno.EPERM: _("geen toegang"),
        errno.EISDIR: _("het is een map"),
        errno.ENOTDIR: _("een deel van het pad is geen map"),
        errno.EEXIST: _("het bestaat al"),
        errno.ENOSPC: _("de schijf is vol"),
        errno.EDQUOT: _("de schijf is vol"),
        errno.EFBIG: _("het bestand is te groot"),
        errno.ENAMETOOLONG: _("de naam is te lang"),
        errno.ELOOP: _("de snelkoppelingen in het pad lopen rond"),
        errno.ENXIO: _("het is geen gewoon bestand"),
        errno.EROFS: _("er mag alleen gelezen worden"),
        errno.ECONNREFUSED: _("er luistert daar niets"),
        errno.EHOSTUNREACH: _("er is geen weg naartoe"),
        errno.ENETUNREACH: _("er is geen netwerk"),
        errno.ETIMEDOUT: _("er komt geen antwoord"),
        errno.EADDRINUSE: _("het adres is al in gebruik"),
        errno.EADDRNOTAVAIL: _("dat adres is niet van deze machine"),
    }
    if isinstance(error, TimeoutError):
        return known[errno.ETIMEDOUT]
    if (error.errno or 0) < 0:  # what looks names up numbers its errors below zero
        return _("die naam is op het netwerk niet bekend")
    return known.get(error.errno or 0) or error.strerror or type(error).__name__
