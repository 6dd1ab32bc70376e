"""Errors as a person reads them: what happened, what was stored, what to do next, and a short reference."""

from __future__ import annotations

import logging
import secrets
import sys
import traceback

from core.errors import Damaged, KoppeldeskError
from core.language import _

_log = logging.getLogger("koppeldesk")


def report(error: KoppeldeskError) -> int:
    """Write the error on standard error and return its exit code."""
    lines = [error.what, error.stored, error.todo]
    if error.reference:
        lines.append(_("Referentie: {reference}").format(reference=error.reference))
    sys.stderr.write("\n".join(line for line in lines if line) + "\n")
    return error.exit_code


def unforeseen(error: Exception) -> Damaged:
    """Log where an unforeseen error came from, without values, and return what may be shown of it."""
    reference = secrets.token_hex(4)
    frames = traceback.extract_tb(error.__traceback__)
    where = " < ".join(f"{frame.filename}:{frame.lineno}" for frame in reversed(frames))
    _log.error("unforeseen %s [%s] at %s", type(error).__name__, reference, where)
    return Damaged(
        _("Er ging iets mis waar Koppeldesk niet op rekende ({kind}).").format(kind=type(error).__name__),
        stored=_("Wat al bevestigd was, is bewaard."),
        todo=_("Geef de referentie door aan de makers van Koppeldesk."),
        reference=reference,
    )
