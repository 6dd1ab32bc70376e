"""Errors as a person reads them: what happened, what was stored, what to do next, and a short reference."""

from __future__ import annotations

import logging
import secrets
import sys
import traceback
from pathlib import Path

from core.errors import FULL, Damaged, KoppeldeskError, TryLater, why
from core.language import _

_log = logging.getLogger("koppeldesk")


def report(error: KoppeldeskError) -> int:
    """Write the error on standard error and return its exit code."""
    lines = [error.what, error.stored, error.todo]
    if reference := error.reference or _place(error):
        lines.append(_("Referentie: {reference}").format(reference=reference))
    sys.stderr.write("\n".join(line for line in lines if line) + "\n")
    return error.exit_code


def _place(error: KoppeldeskError) -> str:
    """Return where in Koppeldesk the error was raised, like `links:118`: enough for its makers, and nobody's data."""
    frames = traceback.extract_tb(error.__traceback__)
    return f"{Path(frames[-1].filename).stem}:{frames[-1].lineno}" if frames else type(error).__name__


def from_outside(error: OSError) -> KoppeldeskError:
    """Put into words what the machine refused where nobody did so before: a full disk, a right, a line."""
    kind = TryLater if isinstance(error, (ConnectionError, TimeoutError)) or error.errno in FULL else Damaged
    where = f"{error.filename}: " if error.filename else ""
    return kind(
        _("Lezen of schrijven lukte niet: {reason}.").format(reason=f"{where}{why(error)}"),
        stored=_("Wat al bevestigd was, is bewaard."),
        todo=_("Kijk of er ruimte en rechten zijn (koppeldesk doctor) en doe dit opnieuw."),
        reference=_logged(error),
    )


def unforeseen(error: Exception) -> Damaged:
    """Return what may be shown of an error that nobody foresaw."""
    return Damaged(
        _("Er ging iets mis waar Koppeldesk niet op rekende."),
        stored=_("Wat al bevestigd was, is bewaard."),
        todo=_("Geef de referentie door aan de makers van Koppeldesk."),
        reference=_logged(error),
    )


def _logged(error: Exception) -> str:
    """Log where an error came from, without values, and return under which reference."""
    reference = secrets.token_hex(4)
    frames = traceback.extract_tb(error.__traceback__)
    where = " < ".join(f"{frame.filename}:{frame.lineno}" for frame in reversed(frames))
    _log.error("unforeseen %s [%s] at %s", type(error).__name__, reference, where)
    return reference
