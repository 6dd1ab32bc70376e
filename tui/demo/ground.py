"""The ground a demo plays on: a folder of its own, marked as such, because beginning again throws everything in it away."""

from __future__ import annotations

from pathlib import Path

from core.errors import UnreadableInput, why
from core.language import _

MARK = ".oefenwereld"
"""What lies in a folder that a demo made for itself; it holds where the demo's clock stands (`tui.demo.clock`)."""


def claim(folder: Path) -> Path:
    """Return the folder, made and marked when it was not there; UnreadableInput when it holds something else."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        if not (folder / MARK).exists() and any(folder.iterdir()):
            raise UnreadableInput(
                _("{folder} is geen map van een oefenwereld en is niet leeg.").format(folder=folder),
                stored=_("Er is niets veranderd."),
                todo=_("Kies een nieuwe of een lege map: een oefenwereld begint met weggooien wat er staat."),
            )
        (folder / MARK).touch(mode=0o600)
    except OSError as error:
        raise UnreadableInput(
            _("In {folder} kan geen oefenwereld staan: {why}.").format(folder=folder, why=why(error)),
            todo=_("Kies een map waarin u mag schrijven."),
        ) from error
    return folder
