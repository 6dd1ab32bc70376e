"""Files that survive a kill and are shared between processes: lock, replace, and what goes wrong put into words."""

from __future__ import annotations

import errno
import fcntl
import os
import shutil
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from core.errors import FULL, Damaged, DiskFull, KoppeldeskError, why
from core.language import _

_held = threading.local()


@contextmanager
def locked(path: Path) -> Iterator[None]:
    """Hold the lock of the file `path` (kept beside it, as `NAME.lock`) between threads and processes.

    Never await inside: a second task of the same thread would wait for itself, which is refused as a RuntimeError.
    """
    mine: set[Path] = _held.__dict__.setdefault("paths", set())
    if path in mine:
        raise RuntimeError(f"{path.name} is already being edited by this thread")
    with explained(path):
        path.parent.mkdir(parents=True, exist_ok=True)
        handle = os.open(lock_of(path), os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        mine.add(path)
        yield
    finally:
        mine.discard(path)
        os.close(handle)


@contextmanager
def locked_if_free(path: Path) -> Iterator[bool]:
    """Hold the lock like `locked` and yield True, or yield False at once when somebody else holds it."""
    with explained(path):
        handle = os.open(lock_of(path), os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield False
        else:
            yield True
    finally:
        os.close(handle)


def lock_of(path: Path) -> Path:
    """Return the lock file of `path`. It is empty and never removed: removing it would let two in."""
    return path.with_name(path.name + ".lock")


def previous_of(path: Path) -> Path:
    """Return where the generation before the present one is kept."""
    return path.with_name(path.name + ".vorige")


def replace(path: Path, content: bytes) -> None:
    """Put `content` in place of the file, whole or not at all; keep the generation before as `NAME.vorige`.

    Call it under `locked(path)`: the name of the temporary file is fixed, so a killed writer leaves no litter. Raises
    Damaged or TryLater, with the file as it was.
    """
    fresh = path.with_name(path.name + ".nieuw")
    try:
        with explained(path):
            handle = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_CLOEXEC, 0o600)
            try:
                write_all(handle, content)
                os.fsync(handle)
            finally:
                os.close(handle)
            _keep_previous(path)
            fresh.replace(path)
            sync_folder(path.parent)
    except KoppeldeskError:
        with suppress(OSError):
            fresh.unlink(missing_ok=True)
        raise


def write_all(handle: int, content: bytes) -> None:
    """Write every byte: a nearly full disk takes only part of what is offered."""
    rest = memoryview(content)
    while rest:
        rest = rest[os.write(handle, rest) :]


def sync_folder(folder: Path) -> None:
    """Make the names in the folder durable."""
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _keep_previous(path: Path) -> None:
    previous = previous_of(path)
    if not path.exists():
        return
    previous.unlink(missing_ok=True)
    try:
        os.link(path, previous)
    except OSError:
        # Not every file system knows hard links.
        shutil.copy(path, previous)


@contextmanager
def explained(path: Path) -> Iterator[None]:
    """Turn what the operating system says about `path` into DiskFull or Damaged (anything else)."""
    try:
        yield
    except OSError as error:
        if error.errno in FULL:
            raise DiskFull(
                _("De schijf is vol: {path} kon niet worden geschreven.").format(path=path),
                stored=_("Er is niets opgeslagen; wat er al stond is onveranderd."),
                todo=_("Maak ruimte vrij en doe dit opnieuw."),
                reference=errno.errorcode[error.errno or 0],
            ) from error
        raise Damaged(
            _("{path} is niet te lezen of te schrijven: {reason}.").format(path=path, reason=why(error)),
            stored=_("Er is niets opgeslagen; wat er al stond is onveranderd."),
            todo=_("Laat de beheerder van deze server de rechten van de gegevensmap nakijken (koppeldesk doctor)."),
            reference=errno.errorcode.get(error.errno or 0, ""),
        ) from error


def damaged(path: Path, reason: object, todo: str = "") -> Damaged:
    """Return the error for a file whose content cannot be trusted: `todo`, or where the last good copy is."""
    return Damaged(
        _("Het bestand {path} is beschadigd: {reason}.").format(path=path, reason=str(reason).rstrip(".")),
        stored=_("Er is niets opgeslagen en niets overschreven."),
        todo=todo or _last_good_copy(path),
    )


def _last_good_copy(path: Path) -> str:
    previous = previous_of(path)
    if not previous.exists():
        return _("Zet het bestand terug uit een reservekopie.")
    return _("De laatste goede versie staat in {previous}. Kijk die na en zet haar terug.").format(previous=previous)
