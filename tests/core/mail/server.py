"""A real SMTP server on loopback that takes, refuses or hangs up as told, and a line to it that can be cut."""

from __future__ import annotations

import asyncio
import ssl
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any

from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session


@dataclass
class Mailbox:
    """What arrived, and what to answer: `answers` are used up one by one for RCPT, then everything is welcome."""

    arrived: list[EmailMessage] = field(default_factory=list)
    answers: list[str] = field(default_factory=list)
    after_data: list[str] = field(default_factory=list)
    password: bytes = b"geheim"

    async def handle_RCPT(self, server: Any, session: Session, envelope: Envelope, address: str, options: Any) -> str:
        if self.answers and (answer := self.answers.pop(0)):
            return answer
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: Any, session: Session, envelope: Envelope) -> str:
        if self.after_data and (answer := self.after_data.pop(0)):
            return answer
        assert isinstance(envelope.content, bytes)
        self.arrived.append(message_from_bytes(envelope.content, policy=policy.default))
        return "250 taken"

    def authenticate(self, server: Any, session: Any, envelope: Any, mechanism: str, data: Any) -> AuthResult:
        good = isinstance(data, LoginPassword) and data.password == self.password
        return AuthResult(success=good, handled=good)

    def ids(self) -> list[str]:
        """Message-IDs, in the order they arrived."""
        return [str(message["Message-ID"]) for message in self.arrived]


@asynccontextmanager
async def smtp_server(
    mailbox: Mailbox, *, tls: ssl.SSLContext | None = None, log_in: bool = False
) -> AsyncIterator[int]:
    """Serve the mailbox on loopback and yield the port."""
    loop = asyncio.get_running_loop()

    def protocol() -> SMTP:
        return SMTP(
            mailbox,
            hostname="localhost",
            loop=loop,
            tls_context=tls,
            require_starttls=tls is not None,
            auth_required=log_in,
            authenticator=mailbox.authenticate if log_in else None,
        )

    server = await loop.create_server(protocol, "127.0.0.1", 0)
    try:
        yield server.sockets[0].getsockname()[1]
    finally:
        server.close()
        await server.wait_closed()


@asynccontextmanager
async def line_that_breaks(port: int, *, in_body: int = 0, before_answer: int = 0) -> AsyncIterator[int]:
    """Yield the port of a line to `port`: it breaks in the first `in_body` bodies, then before as many answers."""
    cuts = {"body": in_body, "answer": before_answer}

    async def through(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        there, back = await asyncio.open_connection("127.0.0.1", port)
        state = {"body": False, "ended": False}

        async def up() -> None:
            while chunk := await reader.read(65536):
                if state["body"] and cuts["body"]:
                    cuts["body"] -= 1
                    back.write(chunk[: len(chunk) // 2])
                    await back.drain()
                    break
                if state["body"] and (chunk == b".\r\n" or chunk.endswith(b"\r\n.\r\n")):
                    state["body"], state["ended"] = False, True
                if chunk == b"DATA\r\n":
                    state["body"] = True
                back.write(chunk)

        async def down() -> None:
            while chunk := await there.read(65536):
                if state["ended"] and cuts["answer"]:
                    cuts["answer"] -= 1
                    break
                state["ended"] = False
                writer.write(chunk)

        ways = [asyncio.create_task(up()), asyncio.create_task(down())]
        await asyncio.wait(ways, return_when=asyncio.FIRST_COMPLETED)
        for way in ways:
            way.cancel()
        writer.close()
        back.close()

    server = await asyncio.start_server(through, "127.0.0.1", 0)
    try:
        yield server.sockets[0].getsockname()[1]
    finally:
        server.close()
        await server.wait_closed()
