"""The key by which guests recognise this server: made at the first start, kept for ever."""

from __future__ import annotations

import os
from pathlib import Path

import asyncssh

from core.errors import Damaged
from core.language import _

NAME = "ssh_host_ed25519_key"


def host_key(folder: Path) -> asyncssh.SSHKey:
    """Return the server's key from `folder`; a new one is made when there is none.

    Raises Damaged when the file cannot be read or written, or can be read by others: a new key in its place would
    make every guest's client shout, so that is for a person to decide.
    """
    path = folder / NAME
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        if not path.exists():
            _make(path)
        if path.stat().st_mode & 0o077:
            raise Damaged(
                _("De sleutel van de server ({path}) is leesbaar voor anderen.").format(path=path),
                todo=_("Typ: chmod 600 {path}").format(path=path),
            )
        return asyncssh.read_private_key(path)
    except (OSError, asyncssh.KeyImportError) as error:
        raise Damaged(
            _("De sleutel van de server ({path}) is niet te lezen of te maken.").format(path=path),
            todo=_(
                "Zet hem terug uit de reservekopie. Weggooien kan, maar dan herkent niemands computer de server meer."
            ),
        ) from error


def _make(path: Path) -> None:
    """Write a new key whole or not at all, readable for nobody else at any moment."""
    fresh = path.with_name(path.name + ".new")
    fresh.unlink(missing_ok=True)
    handle = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "wb") as file:
        file.write(asyncssh.generate_private_key("ssh-ed25519").export_private_key())
        file.flush()
        os.fsync(file.fileno())
    fresh.rename(path)
