"""Letters into a Maildir: where they go while no mail server is set, readable with any mail program."""

from __future__ import annotations

import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from email.message import EmailMessage
from pathlib import Path

from core.disk.files import explained, sync_folder, write_all
from core.mail.postman import Leave, Trip


class MaildirCarrier:
    """Puts each letter in `folder/new` under a name of its own, so that carrying it again changes nothing."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    @asynccontextmanager
    async def trip(self) -> AsyncIterator[Trip]:
        """Make the folders."""
        with explained(self._folder):
            for name in ("tmp", "new", "cur"):
                (self._folder / name).mkdir(parents=True, exist_ok=True)
        yield self._carry

    async def _carry(self, message: EmailMessage, _to: str, _leave: Leave) -> None:
        name = str(message["Message-ID"]).strip("<>").partition("@")[0]
        with explained(self._folder):
            if any((self._folder / "cur").glob(f"{name}*")):
                return
            fresh = self._folder / "tmp" / name
            handle = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_CLOEXEC, 0o600)
            try:
                write_all(handle, bytes(message))
                os.fsync(handle)
            finally:
                os.close(handle)
            fresh.replace(self._folder / "new" / name)
            sync_folder(self._folder / "new")
