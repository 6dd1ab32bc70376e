"""Keys at rest: AES-GCM with the school as associated data, under a master key in a file of mode 0600."""

from __future__ import annotations

import base64
import binascii
import os
from pathlib import Path
from typing import TYPE_CHECKING

from core.disk.files import explained, sync_folder, write_all
from core.errors import Damaged
from core.language import _
from core.model import SchoolId

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

_KEY_BYTES = 32
_NONCE_BYTES = 12


class FileVault:
    """Seals and opens keys with the master key in `path`, which is made when the first key is sealed."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def seal(self, school: SchoolId, key: str) -> str:
        """Encrypt `key` so that it opens for this school only. Raises Damaged when the master key is unfit."""
        nonce = os.urandom(_NONCE_BYTES)
        sealed = self._cipher(make=True).encrypt(nonce, key.encode(), str(school).encode())
        return base64.urlsafe_b64encode(nonce + sealed).decode("ascii")

    def open(self, school: SchoolId, sealed: str) -> str:
        """Return the key; raises Damaged when it was not sealed for this school or by this master key."""
        from cryptography.exceptions import InvalidTag

        cipher = self._cipher(make=False)
        try:
            raw = base64.urlsafe_b64decode(sealed)
            return cipher.decrypt(raw[:_NONCE_BYTES], raw[_NONCE_BYTES:], str(school).encode()).decode()
        except (InvalidTag, binascii.Error, ValueError) as error:
            raise Damaged(
                _("De bewaarde autorisatiesleutel van {school} past niet bij deze school of hoofdsleutel.").format(
                    school=school
                ),
                todo=_("Zet de juiste hoofdsleutel terug, of laat de school een nieuwe autorisatiesleutel plakken."),
            ) from error

    def inspect(self) -> bool:
        """Return whether there is a master key; raises Damaged when it cannot be used."""
        if there := self._path.exists():
            _read(self._path)
        return there

    def _cipher(self, *, make: bool) -> AESGCM:
        # Imported here: every start of the app would pay for it otherwise.
        from cryptography.hazmat.primitives.ciphers.aead import AESGCM

        with explained(self._path):
            if make and not self._path.exists():
                _make(self._path)
        return AESGCM(_read(self._path))


def _make(path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh = path.with_name(f"{path.name}.{os.getpid()}")
    handle = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_CLOEXEC, 0o600)
    try:
        write_all(handle, base64.b64encode(os.urandom(_KEY_BYTES)) + b"\n")
        os.fsync(handle)
    finally:
        os.close(handle)
    try:
        # A link, not a rename: of two that make a key at the same moment one wins and both use that one.
        os.link(fresh, path)
    except FileExistsError:
        pass
    finally:
        fresh.unlink()
    sync_folder(path.parent)


def _read(path: Path) -> bytes:
    if not path.exists():
        raise Damaged(
            _("De hoofdsleutel {path} ontbreekt: bewaarde autorisatiesleutels gaan niet open.").format(path=path),
            todo=_("Zet het bestand terug uit een reservekopie, of wijs het aan met KOPPELDESK_SECRET_KEY_FILE."),
        )
    with explained(path):
        mode = path.stat().st_mode & 0o777
        content = path.read_bytes()
    if mode & 0o077:
        raise Damaged(
            _("De hoofdsleutel {path} is leesbaar voor anderen (rechten {mode}).").format(
                path=path, mode=f"{mode:04o}"
            ),
            todo=_("Zet de rechten op 0600: chmod 600 {path}").format(path=path),
        )
    try:
        key = base64.b64decode(content.strip(), validate=True)
    except binascii.Error:
        key = b""
    if len(key) != _KEY_BYTES:
        raise Damaged(
            _("De hoofdsleutel {path} is beschadigd.").format(path=path),
            todo=_("Zet het bestand terug uit een reservekopie."),
        )
    return key
