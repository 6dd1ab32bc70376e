"""One connection: who is it, and which of its requests are refused with which sentence."""

from __future__ import annotations

from typing import Protocol

import asyncssh
from typing_extensions import override

from core.desk.passes import Pass
from core.language import _
from tui.ssh.channel import Channel, Forwarding, sentence
from tui.ssh.keyring import Keyring
from tui.ssh.session import House, Session

SHOWN = 4
"""How many unknown keys are named to a guest who brought many."""
ONLY_TO_FORWARD = 3.0
"""Seconds until a guest who wants something forwarded, and no session, reads that nothing is."""


class Lodge(House, Protocol):
    """What a connection needs of the front door."""

    @property
    def user(self) -> str:
        """The one user name that comes in; who somebody is, the key says."""
        ...

    @property
    def keyring(self) -> Keyring:
        """The keys that come in."""
        ...

    def arrived(self, guest: Guest) -> None:
        """A guest got in."""
        ...

    def left(self, guest: Guest) -> None:
        """The connection is gone."""
        ...


class Guest(asyncssh.SSHServer):
    """Lets a known key in, under the name of its holder, and offers sessions only."""

    def __init__(self, lodge: Lodge, address: str, port: int) -> None:
        self._lodge = lodge
        self.address = address
        self.origin = f"{address}:{port}"
        self.known: Pass | None = None
        """Who it is, once the key has proved it."""
        self.last_busy = 0.0
        """When there was a session on this connection last."""
        self._sessions: list[Session] = []
        self._candidate: Pass | None = None
        self._unknown: list[str] = []
        self._told = False
        self._refused: list[Forwarding] = []
        """What was refused and the guest has not read of yet."""
        self._connection: asyncssh.SSHServerConnection | None = None

    @override
    def connection_made(self, conn: asyncssh.SSHServerConnection) -> None:
        """Keep the line."""
        self._connection = conn

    @override
    def connection_lost(self, exc: Exception | None) -> None:
        """Forget the line."""
        self._connection = None
        if self.known is not None:
            self._lodge.left(self)

    # --- who is it ---

    @override
    def begin_auth(self, username: str) -> bool:
        """Ask for a key; send away at once who comes under another user name than the one there is."""
        if username != self._lodge.user and self._connection is not None:
            self._connection.disconnect(
                asyncssh.DISC_ILLEGAL_USER_NAME,
                _("Deze gebruikersnaam bestaat hier niet. Gebruik {user}: uw sleutel zegt wie u bent.").format(
                    user=self._lodge.user
                ),
            )
        return True

    @override
    def public_key_auth_supported(self) -> bool:
        """Only keys come in."""
        return True

    @override
    def validate_public_key(self, username: str, key: asyncssh.SSHKey) -> bool:
        """Say whether this key might come in. It proves nothing yet: a client asks this of keys it does not hold.

        Must not wait for anything: asyncssh goes from here to the check of the signature and to `auth_completed`
        in one go, so that the key of the last call is the key that signed.
        """
        fingerprint = key.get_fingerprint()
        self._candidate = self._lodge.keyring.of(fingerprint)
        if self._candidate is None and fingerprint not in self._unknown:
            self._unknown.append(fingerprint)
        return self._candidate is not None

    @override
    def auth_completed(self) -> None:
        """The signature is good: the guest is the holder of the key that made it."""
        self.known = self._candidate
        self._lodge.arrived(self)

    @override
    def password_auth_supported(self) -> bool:
        """No password exists."""
        return False

    @override
    def kbdint_auth_supported(self) -> bool:
        """Offered only to say, to who has no known key, what to do: it never lets anybody in."""
        return True

    @override
    def get_kbdint_challenge(
        self, username: str, lang: str, submethods: str
    ) -> bool | tuple[str, str, str, list[tuple[str, bool]]]:
        """Say the sentence once, without asking anything."""
        if self._told:
            return False
        self._told = True
        return "", self._why_not(), "nl", []

    @override
    def validate_kbdint_response(self, username: str, responses: object) -> bool:
        """Refuse."""
        return False

    def _why_not(self) -> str:
        if not self._unknown:
            return _("Koppeldesk laat alleen binnen met een SSH-sleutel, nooit met een wachtwoord. {ask}").format(
                ask=_("Maak er een met ssh-keygen en stuur de klantenservice het bestand dat op .pub eindigt.")
            )
        keys = ", ".join(self._unknown[:SHOWN])
        return _("Koppeldesk kent deze sleutel niet: {keys}. Vraag de klantenservice om toegang.").format(keys=keys)

    # --- what may be opened ---

    @override
    def session_requested(self) -> tuple[Channel, Session] | bool:
        """Open a session for the holder of the key."""
        if self.known is None or self._connection is None:
            return False
        session = Session(self._lodge, self.known, self.origin, self._refused)
        self._sessions.append(session)
        return Channel(self._connection, self._note_refusal), session

    @override
    def connection_requested(self, dest_host: str, dest_port: int, orig_host: str, orig_port: int) -> bool:
        """Refuse to forward a port."""
        raise self._no_forwarding()

    @override
    def unix_connection_requested(self, dest_path: str) -> bool:
        """Refuse to forward a socket."""
        raise self._no_forwarding()

    @override
    def server_requested(self, listen_host: str, listen_port: int) -> bool:
        """Refuse to listen for the guest; SSH has no room for a sentence in this refusal."""
        self._note_refusal(Forwarding.PORTS)
        return False

    @override
    def unix_server_requested(self, listen_path: str) -> bool:
        """Refuse to listen for the guest."""
        self._note_refusal(Forwarding.PORTS)
        return False

    @override
    def tun_requested(self, unit: int | None) -> bool:
        """Refuse a tunnel."""
        raise self._no_forwarding()

    @override
    def tap_requested(self, unit: int | None) -> bool:
        """Refuse a tunnel."""
        raise self._no_forwarding()

    def _no_forwarding(self) -> asyncssh.ChannelOpenError:
        self._note_refusal(Forwarding.PORTS)
        return asyncssh.ChannelOpenError(asyncssh.OPEN_ADMINISTRATIVELY_PROHIBITED, sentence(Forwarding.PORTS))

    def _note_refusal(self, forwarding: Forwarding) -> None:
        if forwarding not in self._refused:
            self._refused.append(forwarding)

    # --- what the house asks for ---

    def has_no_session_for_long(self, now: float) -> bool:
        """Tell whether there has been no session on this connection for longer than one may look around."""
        self._sessions = [session for session in self._sessions if not session.over]
        if self._sessions:
            self.last_busy = now
        return now - self.last_busy > (ONLY_TO_FORWARD if self._refused else self._lodge.limits.without_session)

    def send_away_without_session(self) -> None:
        """Close a connection on which nothing happens, with the sentence that fits."""
        if self._connection is not None:
            self._connection.disconnect(
                asyncssh.DISC_BY_APPLICATION,
                " ".join(map(sentence, self._refused)) or _("Er is geen sessie geopend; de verbinding is gesloten."),
            )

    def drop(self) -> None:
        """Cut the line at once."""
        if self._connection is not None:
            self._connection.abort()

    def close(self) -> None:
        """Close the connection once what was written has been sent."""
        if self._connection is not None:
            self._connection.close()
