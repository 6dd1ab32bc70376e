"""The post room: the queue, the writer of letters and the postman, put together from the settings."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from core.clock import Clock
from core.mail.items import Item, Round
from core.mail.letters import Letter
from core.mail.maildir import MaildirCarrier
from core.mail.outbox import Outbox
from core.mail.postman import Carrier, Postman
from core.mail.smtp import SmtpCarrier
from core.mail.write import LetterWriter
from core.model import Administrator
from core.settings import Settings


class PostOffice:
    """Everything about letters (`core.desk.office.PostRoom`): SMTP when a host is set, else a Maildir."""

    def __init__(self, settings: Settings, clock: Clock) -> None:
        folder = settings.data_folder
        self._outbox = Outbox(folder / "post.jsonl", clock)
        self._writer = LetterWriter(settings.mail)
        mail, maildir = settings.mail, folder / "Maildir"
        self._where = f"{mail.host}:{mail.port}" if mail.host else str(maildir)
        carrier: Carrier = SmtpCarrier(mail) if mail.host else MaildirCarrier(maildir)
        self._postman = Postman(self._outbox, carrier, self._writer)

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
        return self._where

    async def round(self) -> Round:
        """Try every letter that is due now."""
        return await self._postman.round()
