"""The post room: the queue, the writer of letters and the postman, put together from the settings."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from functools import cached_property
from typing import TYPE_CHECKING

from core.clock import Clock
from core.mail.items import Item, Round
from core.mail.letters import Letter
from core.mail.outbox import Outbox
from core.model import Administrator
from core.settings import Settings

if TYPE_CHECKING:
    from core.mail.postman import Postman
    from core.mail.write import LetterWriter


class PostOffice:
    """Everything about letters (`core.desk.ports.PostRoom`): SMTP when a host is set, else a Maildir."""

    def __init__(self, settings: Settings, clock: Clock) -> None:
        folder = settings.data_folder
        self._outbox = Outbox(folder / "post.jsonl", clock)
        self._mail, self._maildir = settings.mail, folder / "Maildir"

    # What writes and carries letters is loaded with the first letter: a screen opens sooner without it.

    @cached_property
    def _writer(self) -> LetterWriter:
        from core.mail.write import LetterWriter

        return LetterWriter(self._mail)

    @cached_property
    def _postman(self) -> Postman:
        from core.mail.maildir import MaildirCarrier
        from core.mail.postman import Postman
        from core.mail.smtp import SmtpCarrier

        carrier = SmtpCarrier(self._mail) if self._mail.host else MaildirCarrier(self._maildir)
        return Postman(self._outbox, carrier, self._writer)

    def send(self, letter: Letter, to: Sequence[Administrator]) -> None:
        """Put the letter in the queue for each of these people, unless it was there before."""
        self._outbox.send(letter, to)

    def items(self) -> Sequence[Item]:
        """Every letter that is kept, the oldest first."""
        return self._outbox.items()

    def text(self, item: Item) -> tuple[str, str]:
        """Subject and text of a letter."""
        return self._writer.text(item)

    def again(self, item: Item, by: str) -> None:
        """Have a letter that was refused or is in doubt tried once more."""
        self._outbox.again(item, by)

    def purge(self, before: datetime) -> int:
        """Forget letters that are done with since `before`; return how many."""
        return self._outbox.purge(before)

    async def reach(self) -> str:
        """Return where letters go; raises TryLater or Damaged when they cannot go there now."""
        await self._postman.reach()
        return f"{self._mail.host}:{self._mail.port}" if self._mail.host else str(self._maildir)

    async def round(self) -> Round:
        """Try every letter that is due now."""
        return await self._postman.round()
