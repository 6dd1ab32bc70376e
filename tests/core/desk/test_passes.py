"""A public key is read from any form people have it in, and what cannot come in is refused with the reason."""

from __future__ import annotations

import pytest
from asyncssh import generate_private_key

from core.desk.passes import PublicKey
from core.errors import UnreadableInput


def lines(algorithm: str, form: str = "openssh", bits: int = 2048) -> tuple[str, str]:
    """Return a fresh public key as text, and its fingerprint according to asyncssh."""
    key = generate_private_key(algorithm, key_size=bits) if algorithm == "ssh-rsa" else generate_private_key(algorithm)
    return key.export_public_key(form).decode(), key.get_fingerprint()


@pytest.mark.parametrize("algorithm", ["ssh-ed25519", "ecdsa-sha2-nistp256"])
@pytest.mark.parametrize("form", ["openssh", "rfc4716"])
def test_a_key_is_read_with_the_fingerprint_that_openssh_shows(algorithm: str, form: str) -> None:
    text, fingerprint = lines(algorithm, form)
    assert PublicKey.parse(text).fingerprint == fingerprint
    assert PublicKey.parse(PublicKey.parse(text).line).fingerprint == fingerprint


def test_a_comment_may_hold_anything() -> None:
    text, fingerprint = lines("ssh-ed25519")
    assert PublicKey.parse(f"{text.strip()} anne@werk plek 3\n").fingerprint == fingerprint


@pytest.mark.parametrize(
    ("text", "because"),
    [
        ("", "geen openbare"),
        ("hallo", "geen openbare"),
        ("ssh-ed25519 AAAA", "geen openbare"),
        ("ssh-ed25519 é", "geen openbare"),
        ("-----BEGIN OPENSSH PRIVATE KEY-----\nabc", "geheime sleutel"),
        ("PuTTY-User-Key-File-3: ssh-ed25519", "geheime sleutel"),
        (lines("ssh-dss")[0], "soort ssh-dss"),
        (lines("ssh-rsa", bits=1024)[0], "1024 bits"),
        (lines("ssh-ed25519")[0] + lines("ssh-ed25519")[0], "geen openbare"),
    ],
    ids=["empty", "a word", "cut off", "odd letters", "private", "putty", "dss", "short rsa", "two at once"],
)
def test_what_is_no_usable_public_key_is_refused_with_the_reason(text: str, because: str) -> None:
    with pytest.raises(UnreadableInput, match=because) as refused:
        PublicKey.parse(text)
    assert refused.value.todo
