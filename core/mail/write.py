"""Writes letters: one Dutch template each, from which both the text and the HTML come."""

from __future__ import annotations

import re
from dataclasses import dataclass
from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import format_datetime
from functools import cached_property
from typing import TYPE_CHECKING

from core.errors import UnreadableInput
from core.language import _
from core.mail.items import Item
from core.settings import Mail

if TYPE_CHECKING:
    from jinja2 import Environment


@dataclass(frozen=True, slots=True)
class _Block:
    kind: str
    """`text`, `list` or `command`."""
    lines: tuple[str, ...]


class LetterWriter:
    """Makes the message of a letter; the same letter gives the same message, byte for byte."""

    def __init__(self, mail: Mail) -> None:
        self._mail = mail

    def __call__(self, item: Item) -> EmailMessage:
        """Return the message, with a Message-ID that is the letter's own for ever.

        Raises UnreadableInput when the address cannot stand in a header.
        """
        subject, text = self.text(item)
        message = EmailMessage()
        message["Subject"] = subject
        message["From"] = _address("Boom test onderwijs", self._mail.sender)
        message["To"] = _address(item.receiver.name, item.receiver.email)
        message["Date"] = format_datetime(item.queued)
        message["Message-ID"] = f"<{item.id}@{self._mail.sender.rpartition('@')[2]}>"
        message["Auto-Submitted"] = "auto-generated"
        message.set_content(text, charset="utf-8", cte="quoted-printable")
        html = self._environment.get_template("brief.html.j2").render(subject=subject, blocks=_blocks(text))
        message.add_alternative(html, subtype="html", charset="utf-8", cte="quoted-printable")
        # Of chance otherwise; the id is as unlikely to stand in a letter.
        message.set_boundary(f"={item.id}")
        return message

    def text(self, item: Item) -> tuple[str, str]:
        """Return subject and text of a letter."""
        facts = {
            "letter": item.letter,
            "receiver": item.receiver,
            "sender": self._mail.sender,
            "review_command": self._mail.review_command,
        }
        template = self._environment.get_template(f"{type(item.letter).__name__}.txt.j2")
        subject = str(template.make_module(facts).__dict__["subject"])
        text = re.sub(r"\n{3,}", "\n\n", template.render(facts)).strip() + "\n"
        return f"{subject} · {' '.join(item.letter.school_name.split())}", text

    @cached_property
    def _environment(self) -> Environment:
        # Imported here: most commands write no letter.
        from jinja2 import Environment, PackageLoader, StrictUndefined, select_autoescape

        return Environment(
            loader=PackageLoader("core.mail"),
            autoescape=select_autoescape(enabled_extensions=("html.j2",)),
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            keep_trailing_newline=True,
        )


def _address(name: str, email: str) -> Address:
    try:
        return Address(display_name=" ".join(name.split()), addr_spec=email)
    except (ValueError, IndexError) as error:
        raise UnreadableInput(_("Dit e-mailadres is niet te gebruiken: {email}").format(email=email)) from error


def _blocks(text: str) -> list[_Block]:
    found = []
    for part in text.strip().split("\n\n"):
        lines = tuple(line.rstrip() for line in part.strip("\n").splitlines())
        if all(line.startswith("- ") for line in lines):
            found.append(_Block("list", tuple(line[2:] for line in lines)))
        elif all(line.startswith("    ") for line in lines):
            found.append(_Block("command", tuple(line.strip() for line in lines)))
        else:
            found.append(_Block("text", lines))
    return found
