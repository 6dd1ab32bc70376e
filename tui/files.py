"""Files that somebody names on the command line: read whole or not at all, written whole or not at all."""

from __future__ import annotations

import errno
import os
import stat
import sys
import tempfile
from pathlib import Path

from core.errors import FULL, KoppeldeskError, TryLater, UnreadableInput, why
from core.language import _
from core.ordinary import ordinary
from core.sheet.problem import FileProblem
from core.sheet.text import text_of

LONGEST = 50_000_000
"""Bytes; ten times the results of every pupil of a large school board."""
KEY = 65_536
"""Bytes; no key is longer."""
STANDARD_INPUT = Path("-")


def content_of(path: Path, most: int = LONGEST) -> bytes:
    """Return what is in the file; `-` is standard input. UnreadableInput says why not, and when it is more than `most`."""
    try:
        content = _given(most + 1) if path == STANDARD_INPUT else ordinary(path, most)
    except OSError as error:
        if error.errno == errno.EFBIG:
            raise _too_large(path, most) from error
        raise UnreadableInput(
            _("{path} is niet te lezen: {reason}.").format(path=_shown(path), reason=why(error)),
            todo=_("Controleer de naam en de rechten van het bestand."),
        ) from error
    if len(content) > most:
        raise _too_large(path, most)
    return content


def text_from(path: Path, most: int = LONGEST) -> str:
    """Return the text in the file; raises UnreadableInput as `content_of`, and with the line that is no text."""
    content = content_of(path, most)
    try:
        return text_of(content)
    except FileProblem as error:
        raise UnreadableInput(
            f"{_shown(path)}, {error}.", todo=_("Geef het bestand zoals het gemaakt is, en anders als UTF-8.")
        ) from error


def typed_path(text: str) -> Path:
    """Return the path that somebody typed on a screen; `~` is the home folder, and nobody's home is just a name."""
    try:
        return Path(text).expanduser()
    except RuntimeError:
        return Path(text)


def write_file(path: Path, content: bytes) -> None:
    """Put `content` there, in one go: what stood there stays until the new file is whole. Raises UnreadableInput or
    TryLater; a device, such as the terminal, is simply written to.
    """
    try:
        if path.exists() and not path.is_file():
            with path.open("wb") as out:
                out.write(content)
            return
        # A link stays a link.
        target = Path(os.path.realpath(path))
        with tempfile.NamedTemporaryFile(dir=target.parent, prefix=f".{target.name[:40]}.", delete=False) as draft:
            fresh = Path(draft.name)
            try:
                draft.write(content)
                draft.flush()
                os.fsync(draft.fileno())
                fresh.chmod(stat.S_IMODE(target.stat().st_mode) if target.exists() else 0o600)
                fresh.replace(target)
            except BaseException:
                fresh.unlink(missing_ok=True)
                raise
    except OSError as error:
        raise unwritable(path, error) from error


def write_new(path: Path, content: bytes) -> None:
    """Put `content` in a file that is not there yet; an existing one is left alone. Raises as `write_file`."""
    try:
        with path.open("xb") as out:
            try:
                out.write(content)
                out.flush()
            except OSError:
                path.unlink()
                raise
    except OSError as error:
        raise unwritable(path, error) from error


def unwritable(path: Path, error: OSError) -> KoppeldeskError:
    """Return what to say when a file that was asked for cannot be written."""
    what = _("{path} is niet te schrijven: {reason}.").format(path=path, reason=why(error))
    if error.errno in FULL:
        return TryLater(what, stored=_("Er is geen half bestand achtergebleven."), todo=_("Maak ruimte vrij."))
    return UnreadableInput(what, stored=_("Er is geen bestand geschreven."), todo=_("Kies een andere naam of map."))


def _shown(path: Path) -> str:
    return _("de standaardinvoer") if path == STANDARD_INPUT else str(path)


def _given(most: int) -> bytes:
    # A program that was started with its input closed has none.
    return sys.stdin.buffer.read(most) if sys.stdin else b""


def _too_large(path: Path, most: int) -> UnreadableInput:
    size = f"{most // 1_000_000} MB" if most >= 1_000_000 else f"{most // 1024} kB"
    return UnreadableInput(
        _("{path} is groter dan {size} en is niet gelezen.").format(path=_shown(path), size=size),
        todo=_("Controleer of dit het goede bestand is, en splits het anders in delen."),
    )
