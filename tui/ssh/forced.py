"""The second way in: the system's sshd has let somebody in and starts us; the key it saw says who it is."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Mapping, MutableMapping
from pathlib import Path

from core.clock import SystemClock
from core.desk.passes import AccessList, Pass, PublicKey
from core.errors import RefusedByRole, UnreadableInput
from core.language import _
from core.ports import Document
from tui.ssh import orders, stage, terminal
from tui.ssh.keyring import Keyring

ORIGINAL = "SSH_ORIGINAL_COMMAND"
"""What the guest asked for, as sshd passes it on."""
SEEN = "SSH_USER_AUTH"
"""Names the file in which sshd wrote the key that authenticated (ExposeAuthInfo)."""


def come_in(
    access: Document[AccessList], environ: MutableMapping[str, str], inherited: Mapping[str, str], *, trainers: bool
) -> int:
    """Answer the guest's wish under the name of the key; return the exit code.

    Raises RefusedByRole when sshd does not tell the key or the key is not in the list.
    """
    keyring = Keyring(access, time.monotonic, trainers=trainers)
    known = _known(environ.get(SEEN, ""), keyring)
    keyring.used(known, SystemClock().now(), environ.get("SSH_CONNECTION", "").partition(" ")[0])
    has_screen = os.isatty(0)
    wish: orders.Wish = orders.Exec(environ[ORIGINAL]) if ORIGINAL in environ else orders.Shell()
    match orders.answer(wish, known.actor, has_screen=has_screen):
        case orders.Say(text, code):
            (sys.stderr if code else sys.stdout).write(text + "\n")
            return code
        case orders.Screens(words) | orders.Command(words):
            window = terminal.harmless(environ.get("TERM", ""), 0, 0) if has_screen else None
            made = terminal.environment(inherited, environ, known.actor, window)
            environ.clear()
            environ.update(made)
            stage.reset()
            from tui.cli import run

            return run(words)


def _known(seen: str, keyring: Keyring) -> Pass:
    try:
        lines = Path(seen).read_text(encoding="ascii").splitlines()
        key = PublicKey.parse(next(line for line in lines if line.startswith("publickey ")).removeprefix("publickey "))
    except (OSError, UnicodeDecodeError, StopIteration, UnreadableInput) as error:
        raise RefusedByRole(
            _("De SSH-server zegt niet met welke sleutel u binnenkwam."),
            todo=_("Vraag wie de server beheert om ExposeAuthInfo yes in sshd_config."),
        ) from error
    known = keyring.of(key.fingerprint)
    if known is None:
        raise RefusedByRole(
            _("Koppeldesk kent deze sleutel niet: {key}.").format(key=key.fingerprint),
            todo=_("Vraag de klantenservice om toegang."),
        )
    return known
