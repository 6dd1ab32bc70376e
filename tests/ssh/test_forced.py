"""The same app behind the real sshd: ForceCommand, with the identity of the key that sshd saw."""

from __future__ import annotations

import getpass
import os
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from core.desk.passes import AccessList, Pass
from core.store.tiny import TinyStore
from tests.ssh.client import Window, run
from tests.ssh.sshd import Sshd, installed, running

ROOT = Path(__file__).parents[2]

pytestmark = [
    pytest.mark.ssh,
    pytest.mark.skipif(not installed(), reason="the OpenSSH server is not installed"),
]


DOCUMENTED = re.compile(r"^Match User koppeldesk\n(?:    .+\n)+", re.MULTILINE)


def documented(program: Path, data: Path, config: Path) -> str:
    """Return the configuration of docs/ssh.md, with the user and the places of a test."""
    found = DOCUMENTED.search((ROOT / "docs/ssh.md").read_text())
    assert found is not None
    places = {
        "/opt/koppeldesk/.venv/bin/koppeldesk": str(program),
        "/var/lib/koppeldesk": str(data),
        "/etc/koppeldesk/config.toml": str(config),
        "User koppeldesk": f"User {getpass.getuser()}",
    }
    text = found[0]
    for place, ours in places.items():
        assert place in text
        text = text.replace(place, ours)
    return text


@pytest.fixture
def sshd(tmp_path: Path, anne: Pass, jan: Pass) -> Iterator[Sshd]:
    """A real sshd, configured as docs/ssh.md says, before our access list.

    sshd runs `AuthorizedKeysCommand` only from where nobody else can write, which a folder for tests is not.
    """
    if os.geteuid() != 0:
        pytest.skip("AuthorizedKeysCommand must belong to root")
    data, config = tmp_path / "data", tmp_path / "config.toml"
    config.touch()
    with TinyStore(data).access().edit() as draft:
        draft.value = AccessList(passes=(anne, jan))
    with TemporaryDirectory(prefix="koppeldesk-test-", dir="/opt") as safe:
        program = Path(safe) / "koppeldesk"
        program.write_text(f'#!/bin/sh\nPYTHONPATH={ROOT} exec {sys.executable} -m tui "$@"\n')
        Path(safe).chmod(0o755)
        program.chmod(0o755)
        with running(tmp_path, documented(program, data, config)) as sshd:
            yield sshd


@pytest.fixture
def careless(tmp_path: Path, keys: Path) -> Iterator[Sshd]:
    """An sshd that lets in a key our access list lacks."""
    program = tmp_path / "koppeldesk"
    program.write_text(
        f'#!/bin/sh\nPYTHONPATH={ROOT} KOPPELDESK_DATA={tmp_path}/data exec {sys.executable} -m tui "$@"\n'
    )
    program.chmod(0o755)
    (tmp_path / "keys").write_text((keys / "stranger.pub").read_text())
    lines = (f"AuthorizedKeysFile {tmp_path}/keys", f"ForceCommand {program} guest", "ExposeAuthInfo yes")
    with running(tmp_path, "\n".join(lines)) as sshd:
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
    assert "is een scherm nodig" in run(sshd.command(keys / "anne", "-T")).stderr
    assert run([*sshd.command(keys / "anne", "-s"), "sftp"]).returncode == 3
    forwarding = run(sshd.command(keys / "anne", "-W", f"127.0.0.1:{sshd.port}"))
    assert (forwarding.returncode, "forwarding failed" in forwarding.stderr) == (255, True)


def test_sshd_itself_sends_an_unknown_key_away(sshd: Sshd, keys: Path) -> None:
    answer = run([*sshd.command(keys / "stranger"), "help"])
    assert answer.returncode == 255
    assert "Permission denied (publickey)" in answer.stderr


def test_a_key_that_sshd_lets_in_and_our_access_list_lacks_is_refused(careless: Sshd, keys: Path) -> None:
    answer = run([*careless.command(keys / "stranger"), "help"])
    assert answer.returncode == 3
    assert "kent deze sleutel niet" in answer.stderr


def test_behind_sshd_the_screens_are_the_same(sshd: Sshd, keys: Path) -> None:
    with Window(sshd.command(keys / "anne")) as window:
        window.wait_for("Anne de Wit")
        window.type("\x11")
        assert window.exit_code() == 0
