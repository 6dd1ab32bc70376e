"""A session's line to its guest; refuses what the guest's client offers to forward, so that the guest reads it."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from enum import Enum
from typing import assert_never

import asyncssh
from asyncssh.packet import SSHPacket
from typing_extensions import override

from core.language import _

WINDOW = 131072
"""Bytes that a guest may send before we have read them."""


class Forwarding(Enum):
    """What a client could ask us to forward; the value is OpenSSH's option for it."""

    PORTS = "-L"
    AGENT = "-A"
    X11 = "-X"


def sentence(refused: Forwarding) -> str:
    """Return why not, and what to do."""
    match refused:
        case Forwarding.PORTS:
            return _("Koppeldesk stuurt geen poorten en tunnels door. Log in zonder -L, -R, -D en -w.")
        case Forwarding.AGENT:
            return _("Koppeldesk stuurt uw ssh-agent niet door. Log in zonder -A, of met ForwardAgent no.")
        case Forwarding.X11:
            return _("Koppeldesk stuurt geen X11 door. Log in zonder -X en -Y, of met ForwardX11 no.")
        case _:
            assert_never(refused)


class Channel(asyncssh.SSHServerChannel[bytes]):
    """A session's line, that tells which forwarding its guest asked for.

    asyncssh refuses it by itself, without telling (door: `agent_forwarding`, `x11_forwarding`); it calls
    `_process_…_request` by the name of the request. OpenSSH asks for its agent without wanting a reply, so that only
    the session can say that nothing comes of it.
    """

    def __init__(self, connection: asyncssh.SSHServerConnection, refused: Callable[[Forwarding], None]) -> None:
        super().__init__(
            connection,
            asyncio.get_running_loop(),
            allow_pty=True,
            line_editor=False,
            line_echo=False,
            line_history=0,
            max_line_length=0,
            encoding=None,
            errors="strict",
            window=WINDOW,
            max_pktsize=32768,
        )
        self._refused = refused

    @override
    def _process_auth_agent_req_at_openssh_dot_com_request(self, packet: SSHPacket) -> None:
        self._refused(Forwarding.AGENT)
        super()._process_auth_agent_req_at_openssh_dot_com_request(packet)

    @override
    def _process_x11_req_request(self, packet: SSHPacket) -> bool | None:
        self._refused(Forwarding.X11)
        return super()._process_x11_req_request(packet)
