"""Sends a connection away before anything was set up for it, with the sentence in SSH's own form."""

from __future__ import annotations

import asyncio
import contextlib
import socket
import struct
from typing import assert_never

import asyncssh

from core.language import _
from tui.ssh.limits import Refusal

LINGER = 1.0
"""Seconds until the socket closes: closing at once would throw away what was just sent."""
MOST_LINGERING = 256

_lingering: set[socket.socket] = set()


def sentence(refusal: Refusal) -> str:
    """Return why, and what to do."""
    match refusal:
        case Refusal.FULL:
            return _("Er kloppen nu te veel mensen tegelijk aan. Probeer het over een minuut opnieuw.")
        case Refusal.TOO_MANY_TRIES:
            return _("Te veel mislukte pogingen van uw adres. Wacht een paar minuten en probeer het opnieuw.")
        case _:
            assert_never(refusal)


def packet(text: str) -> bytes:
    """Return our greeting and a disconnect message (RFC 4253 §4.2, §6, §11.1), before any key exchange."""
    words = text.encode()
    payload = struct.pack(">BII", 1, asyncssh.DISC_TOO_MANY_CONNECTIONS, len(words)) + words + struct.pack(">I", 0)
    padding = 8 - (5 + len(payload)) % 8
    padding += 8 if padding < 4 else 0
    body = struct.pack(">IB", 1 + len(payload) + padding, padding) + payload + bytes(padding)
    return b"SSH-2.0-Koppeldesk\r\n" + body


def turn_away(connection: socket.socket, refusal: Refusal) -> None:
    """Say why and close; costs a few hundred bytes and no waiting."""
    with contextlib.suppress(OSError):
        connection.setblocking(False)
        connection.send(packet(sentence(refusal)))
        connection.shutdown(socket.SHUT_WR)
        if len(_lingering) < MOST_LINGERING:
            _lingering.add(connection)
            asyncio.get_running_loop().call_later(LINGER, _close, connection)
            return
    connection.close()


def _close(connection: socket.socket) -> None:
    _lingering.discard(connection)
    connection.close()
