"""The same app behind the real sshd: ForceCommand, with the identity of the key that sshd saw."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from core.access import AccessList, Pass
from core.store.tiny import TinyStore
from tests.ssh.client import Window, run
from tests.ssh.sshd import Sshd, installed, running

ROOT = Path(__file__).parents[2]

pytestmark = [
    pytest.mark.ssh,
    pytest.mark.skipif(not installed(), reason="the OpenSSH server is not installed"),
]


@pytest.fixture
def sshd(tmp_path: Path, keys: Path, anne: Pass, jan: Pass) -> Iterator[Sshd]:
    """A real sshd with the keys of our access list, as `access authorized-keys` gives them, and one it lacks."""
    with TinyStore(tmp_path / "data").access().edit() as draft:
        draft.value = AccessList(passes=(anne, jan))
    program = tmp_path / "koppeldesk"
    program.write_text(
        f'#!/bin/sh\nPYTHONPATH={ROOT} KOPPELDESK_DATA={tmp_path}/data exec {sys.executable} -m tui "$@"\n'
    )
    program.chmod(0o755)
    given = subprocess.run([program, "access", "authorized-keys"], capture_output=True, text=True, check=True).stdout
    stranger = (keys / "stranger.pub").read_text()
    with running(tmp_path, f"{given}restrict,pty {stranger}", f"{program} guest") as sshd:
        yield sshd


def test_behind_sshd_the_guest_is_the_holder_of_the_key(sshd: Sshd, keys: Path) -> None:
    answer = run([*sshd.command(keys / "jan"), "help"])
    assert (answer.returncode, "U bent Jan Bos · beheerder · 12AB" in answer.stdout) == (0, True)
    answer = run([*sshd.command(keys / "anne"), "help"])
    assert "U bent Anne de Wit · klantenservice · alle scholen" in answer.stdout


def test_behind_sshd_everything_else_is_refused_with_the_same_sentences(sshd: Sshd, keys: Path) -> None:
    answer = run([*sshd.command(keys / "anne"), "sh -c id"])
    assert (answer.returncode, answer.stdout) == (3, "")
    assert "Deze opdracht bestaat hier niet." in answer.stderr
    assert "kent deze sleutel niet" in run([*sshd.command(keys / "stranger"), "help"]).stderr
    assert "is een scherm nodig" in run(sshd.command(keys / "anne", "-T")).stderr
    assert run([*sshd.command(keys / "anne", "-s"), "sftp"]).returncode == 3
    forwarding = run(sshd.command(keys / "anne", "-W", f"127.0.0.1:{sshd.port}"))
    assert (forwarding.returncode, "forwarding failed" in forwarding.stderr) == (255, True)


def test_behind_sshd_the_screens_are_the_same(sshd: Sshd, keys: Path) -> None:
    with Window(sshd.command(keys / "anne")) as window:
        window.wait_for("Anne de Wit")
        window.type("\x11")
        assert window.exit_code() == 0
