"""Who may come in over SSH: public keys, each with the name, role and schools of the person who holds it."""

from __future__ import annotations

import base64
import binascii
import hashlib
from dataclasses import dataclass, replace
from datetime import datetime

from core.desk.actor import Actor, Role
from core.errors import UnreadableInput
from core.language import _
from core.model import SchoolId

ALGORITHMS = frozenset(
    {
        "ssh-ed25519",
        "ssh-rsa",
        "ecdsa-sha2-nistp256",
        "ecdsa-sha2-nistp384",
        "ecdsa-sha2-nistp521",
        "sk-ssh-ed25519@openssh.com",
        "sk-ecdsa-sha2-nistp256@openssh.com",
    }
)
"""Kinds of key that come in: what OpenSSH and PuTTY make. DSA is broken; certificates carry rights of their own."""

SHORTEST_RSA = 2048
"""Bits; shorter keys have been factored or soon will be."""

_RFC4716 = "---- BEGIN SSH2 PUBLIC KEY ----"


@dataclass(frozen=True, slots=True)
class PublicKey:
    """The public half of an SSH key."""

    algorithm: str
    blob: bytes
    """The key as it goes over the wire (RFC 4253 §6.6)."""

    @classmethod
    def parse(cls, text: str) -> PublicKey:
        """Read a line of a `.pub` file, or the file that PuTTYgen saves.

        Raises UnreadableInput, with a sentence that says what it is instead.
        """
        if "PRIVATE KEY" in text or "PuTTY-User-Key-File" in text:
            raise UnreadableInput(
                _("Dit is een geheime sleutel, en die hoort nooit ergens anders dan bij de eigenaar."),
                todo=_("Geef het bestand dat op .pub eindigt. Maak een nieuwe sleutel als deze verstuurd is."),
            )
        try:
            blob = base64.b64decode(_encoded(text), validate=True)
            algorithm = _fields(blob)[0].decode("ascii")
        except (binascii.Error, ValueError, IndexError) as error:
            raise UnreadableInput(
                _("Dit is geen openbare SSH-sleutel."),
                todo=_("Geef één regel die begint met bijvoorbeeld ssh-ed25519, uit een bestand dat op .pub eindigt."),
            ) from error
        key = cls(algorithm, blob)
        key._refuse_weak()
        return key

    def _refuse_weak(self) -> None:
        if self.algorithm not in ALGORITHMS:
            raise UnreadableInput(
                _("Sleutels van de soort {algorithm} komen hier niet binnen.").format(algorithm=self.algorithm[:40]),
                todo=_("Maak een nieuwe sleutel met: ssh-keygen -t ed25519"),
            )
        if self.algorithm == "ssh-rsa":
            bits = int.from_bytes(_fields(self.blob)[2]).bit_length()
            if bits < SHORTEST_RSA:
                raise UnreadableInput(
                    _("Deze RSA-sleutel heeft {bits} bits; dat is te kort om veilig te zijn.").format(bits=bits),
                    todo=_("Maak een nieuwe sleutel met: ssh-keygen -t ed25519"),
                )

    @property
    def fingerprint(self) -> str:
        """As OpenSSH shows it: `SHA256:` and 43 characters."""
        return "SHA256:" + base64.b64encode(hashlib.sha256(self.blob).digest()).decode("ascii").rstrip("=")

    @property
    def line(self) -> str:
        """As it stands in an authorized_keys file, without comment."""
        return f"{self.algorithm} {base64.b64encode(self.blob).decode('ascii')}"


def _encoded(text: str) -> str:
    """Return the base64 part of either form of file."""
    if _RFC4716 in text:
        lines = [line.strip() for line in text.partition(_RFC4716)[2].partition("---- END")[0].splitlines()]
        return "".join(line for line in lines if ":" not in line and '"' not in line)
    words = text.split("\n", 1)[0].split()
    return words[1] if text.strip().count("\n") == 0 else ""


def _fields(blob: bytes) -> list[bytes]:
    """Split a key into its length-prefixed parts; ValueError when the lengths do not add up."""
    fields = []
    while blob:
        size = int.from_bytes(blob[:4])
        if len(blob) < 4 + size:
            raise ValueError("truncated")
        fields.append(blob[4 : 4 + size])
        blob = blob[4 + size :]
    if len(fields) < 2:
        raise ValueError("too few parts")
    return fields


@dataclass(frozen=True, slots=True, kw_only=True)
class Pass:
    """One key and the person who comes in with it."""

    fingerprint: str
    key: str
    """`PublicKey.line`."""
    name: str
    role: Role
    schools: frozenset[SchoolId] = frozenset()
    """Empty = every school, which a beheerder never has."""
    added: datetime
    added_by: str
    last_used: datetime | None = None
    last_from: str = ""
    """Address of the last visit."""

    @property
    def actor(self) -> Actor:
        """The person as the desk knows it."""
        return Actor(name=self.name, role=self.role, schools=self.schools, fingerprint=self.fingerprint)


@dataclass(frozen=True, slots=True, kw_only=True)
class AccessList:
    """Everybody who may come in."""

    passes: tuple[Pass, ...] = ()

    def of(self, fingerprint: str) -> Pass | None:
        """Return the pass of a key, or None when nobody has it."""
        return next((each for each in self.passes if each.fingerprint == fingerprint), None)

    def named(self, who: str) -> tuple[Pass, ...]:
        """Return the passes of a name or a fingerprint; a name may have several keys."""
        return tuple(each for each in self.passes if who in (each.fingerprint, each.name))

    def plus(self, new: Pass) -> AccessList:
        """Return the list with one more pass."""
        return AccessList(passes=(*self.passes, new))

    def minus(self, gone: tuple[Pass, ...]) -> AccessList:
        """Return the list without these passes."""
        return AccessList(passes=tuple(each for each in self.passes if each not in gone))

    def used(self, fingerprint: str, at: datetime, address: str) -> AccessList:
        """Return the list with the last visit of this key noted."""
        return AccessList(
            passes=tuple(
                replace(each, last_used=at, last_from=address) if each.fingerprint == fingerprint else each
                for each in self.passes
            )
        )
