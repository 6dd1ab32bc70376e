"""Letters over SMTP, so that it is known of each whether it arrived."""

from __future__ import annotations

import asyncio
import re
import ssl
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from email.message import EmailMessage
from email.policy import SMTP as SMTP_LINES
from pathlib import Path
from typing import TYPE_CHECKING

from core.errors import Damaged, TryLater
from core.language import _
from core.mail.postman import InDoubt, Later, Leave, Never, Trip
from core.ordinary import ordinary
from core.settings import Mail

if TYPE_CHECKING:
    import aiosmtplib

PASSWORD = 4096
"""Bytes; no password is longer."""
BREATH = 0.05
"""Seconds between the body and the dot that ends it: a server that hung up halfway has told so by then."""
_DOT = re.compile(rb"(?m)^\.")


class SmtpCarrier:
    """Carries letters to the server of the settings: STARTTLS and log-in when they are set."""

    def __init__(self, mail: Mail) -> None:
        self._mail = mail

    @asynccontextmanager
    async def trip(self) -> AsyncIterator[Trip]:
        """Connect; hang up at the end."""
        # Imported here: screens that send nothing need not pay for it.
        import aiosmtplib

        mail = self._mail
        client = aiosmtplib.SMTP(
            hostname=mail.host,
            port=mail.port,
            start_tls=mail.starttls,
            tls_context=self._trust() if mail.starttls else None,
            username=mail.user or None,
            password=self._password(),
            timeout=mail.timeout_seconds,
        )
        try:
            await client.connect()
        except aiosmtplib.SMTPAuthenticationError as error:
            raise self._unfit(_("de server weigert naam of wachtwoord"), error) from error
        except ssl.SSLCertVerificationError as error:
            raise self._unfit(_("het certificaat van de server is niet te vertrouwen"), error) from error
        except (aiosmtplib.SMTPResponseException, OSError) as error:
            raise self._unreachable(error) from error
        except aiosmtplib.SMTPException as error:
            raise self._unfit(_("de server kent STARTTLS of inloggen niet"), error) from error

        async def carry(message: EmailMessage, to: str, leave: Leave) -> None:
            await _carry(client, mail.sender, message, to, leave)

        try:
            yield carry
        finally:
            await _hang_up(client)

    def _trust(self) -> ssl.SSLContext:
        try:
            return ssl.create_default_context(cafile=self._mail.ca_file or None)
        except OSError as error:
            raise self._unfit(_("het bestand met certificaten is niet te lezen"), error) from error

    def _password(self) -> str | None:
        if not self._mail.user:
            return None
        try:
            return ordinary(Path(self._mail.password_file), PASSWORD).decode("utf-8-sig").strip()
        except (OSError, UnicodeDecodeError) as error:
            raise self._unfit(_("het wachtwoordbestand is niet te lezen"), error) from error

    def _unfit(self, reason: str, error: Exception) -> Damaged:
        return Damaged(
            _("De mailserver {host} is verkeerd ingesteld: {reason}.").format(host=self._mail.host, reason=reason),
            stored=_("De berichten blijven in de wachtrij staan."),
            todo=_("Laat de beheerder van deze server de instellingen onder [mail] nakijken."),
            reference=type(error).__name__,
        )

    def _unreachable(self, error: Exception) -> TryLater:
        return TryLater(
            _("De mailserver {host}:{port} is niet te bereiken.").format(host=self._mail.host, port=self._mail.port),
            stored=_("De berichten blijven in de wachtrij staan."),
            todo=_("Ze gaan vanzelf weg zodra de server er weer is."),
            reference=type(error).__name__,
        )


async def _carry(client: aiosmtplib.SMTP, sender: str, message: EmailMessage, to: str, leave: Leave) -> None:
    """Carry one message. The body goes first and the dot that ends it apart, so that a break is on one side of it."""
    import aiosmtplib

    try:
        await client.mail(sender)
        await client.rcpt(to)
        answer = await client.execute_command(b"DATA")
        if answer.code != aiosmtplib.SMTPStatus.start_input:
            raise aiosmtplib.SMTPDataError(answer.code, answer.message)
        if client.protocol is None:
            raise aiosmtplib.SMTPServerDisconnected("gone")
        body = _DOT.sub(b"..", message.as_bytes(policy=SMTP_LINES))
        client.protocol.write(body if body.endswith(b"\r\n") else body + b"\r\n")
        await asyncio.sleep(BREATH)
        if not client.is_connected:
            raise aiosmtplib.SMTPServerDisconnected("gone")
    except (aiosmtplib.SMTPResponseException, aiosmtplib.SMTPRecipientRefused) as error:
        await _start_over(client)
        raise _verdict(error.code, error.message) from error
    except (aiosmtplib.SMTPException, OSError) as error:
        raise Later(_("de verbinding brak af voor het eind van het bericht")) from error
    leave()
    try:
        answer = await client.execute_command(b".")
    except (aiosmtplib.SMTPException, OSError) as error:
        raise InDoubt(_("de verbinding brak af voordat de server antwoord gaf")) from error
    if answer.code != aiosmtplib.SMTPStatus.completed:
        raise _verdict(answer.code, answer.message)


def _verdict(code: int, said: str) -> Later | Never:
    """Return what a refusal means: 4xx is for now, 5xx for good (RFC 5321 §4.2.1)."""
    told = f"{code} {' '.join(said.split())[:200]}"
    return Later(told) if 400 <= code < 500 else Never(told)


async def _start_over(client: aiosmtplib.SMTP) -> None:
    """Clear what the server still has of the refused message."""
    import aiosmtplib

    try:
        await client.rset()
    except (aiosmtplib.SMTPException, OSError):
        client.close()


async def _hang_up(client: aiosmtplib.SMTP) -> None:
    import aiosmtplib

    try:
        await client.quit()
    except (aiosmtplib.SMTPException, OSError):
        client.close()
