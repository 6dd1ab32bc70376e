"""`koppeldesk serve` and `koppeldesk access` as their users run them."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest

from tests.ssh.client import PATIENCE, Window, run

ROOT = Path(__file__).parents[2]

pytestmark = pytest.mark.ssh


def environ(data: Path) -> dict[str, str]:
    """What the program needs to find itself and its data."""
    return {**os.environ, "PYTHONPATH": str(ROOT), "KOPPELDESK_DATA": str(data)}


def access(data: Path, *words: str, key: Path | None = None) -> subprocess.CompletedProcess[str]:
    """Run `koppeldesk access`, with a public key on standard input when there is one."""
    return subprocess.run(
        [sys.executable, "-m", "tui", "access", *words],
        env=environ(data),
        input=key.read_text() if key else "",
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )


@contextmanager
def serving(data: Path, *words: str) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """Run the server; yield it with its first line."""
    with subprocess.Popen(
        [sys.executable, "-m", "tui", "serve", "--port", "0", *words],
        env=environ(data),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        try:
            assert process.stdout is not None
            yield process, process.stdout.readline()
        finally:
            if process.poll() is None:
                process.send_signal(signal.SIGTERM)
                process.send_signal(signal.SIGTERM)
                process.communicate(timeout=30)


def command(line: str, key: Path, folder: Path, *words: str, strict: str = "accept-new") -> list[str]:
    """Return what a person types who read the server's first line."""
    host, port = line.removeprefix("ready ssh://").strip().split(":")
    return [
        *("ssh", "-F", "/dev/null", "-i", str(key), "-p", port, "-l", "koppeldesk"),
        *("-o", f"UserKnownHostsFile={folder}/known", "-o", f"StrictHostKeyChecking={strict}"),
        *("-o", "IdentitiesOnly=yes", "-o", "IdentityAgent=none", "-o", f"HostKeyAlias={host}", host, *words),
    ]


def test_an_empty_folder_serves_the_first_screen_under_a_host_key_that_lasts(tmp_path: Path, keys: Path) -> None:
    """A key is added, the server started and stopped twice: same host key, same way in, clean ends."""
    data = tmp_path / "data"
    assert access(data, "add", "Anne de Wit", "--role", "klantenservice", key=keys / "anne.pub").returncode == 0
    for strict in ("accept-new", "yes"):
        with serving(data) as (server, line):
            assert re.fullmatch(r"ready ssh://127\.0\.0\.1:[0-9]+\n", line)
            with Window(command(line, keys / "anne", tmp_path, strict=strict)) as window:
                window.wait_for("Anne de Wit · klantenservice")
                window.type("\x11")
                assert window.exit_code() == 0
            server.send_signal(signal.SIGTERM)
            out, errors = server.communicate(timeout=30)
        assert (server.returncode, out) == (0, "")
        assert re.search(r"host key SHA256:[A-Za-z0-9+/]{43}\n", errors)
        assert "session name='Anne de Wit'" in errors
    assert (data / "ssh" / "ssh_host_ed25519_key").stat().st_mode & 0o777 == 0o600
    (listed,) = json.loads(access(data, "list", "--json").stdout)
    assert listed["last_used"] is not None and listed["last_from"] == "127.0.0.1"


def comes_to_say(words: list[str], sentence: str) -> bool:
    """Whether the answer has this sentence within our patience; a change reaches a server within a second or two."""
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        answer = run(words)
        if sentence in answer.stdout + answer.stderr:
            return True
        time.sleep(0.2)
    return False


def test_a_key_added_and_removed_counts_on_a_running_server(tmp_path: Path, keys: Path) -> None:
    data = tmp_path / "data"
    with serving(data, "--no-prewarm") as (_server, line):
        asked = command(line, keys / "jan", tmp_path, "help")
        assert "kent deze sleutel niet" in run(asked).stderr
        access(data, "add", "Jan Bos", "--role", "beheerder", "--school", "12AB", key=keys / "jan.pub")
        assert comes_to_say(asked, "U bent Jan Bos · beheerder · 12AB")
        assert access(data, "remove", "Jan Bos").returncode == 0
        assert comes_to_say(asked, "kent deze sleutel niet")


def below(process: int) -> set[int]:
    """Return the processes that this one started, and theirs."""
    parents = {}
    for stat in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):
            parents[int(stat.parent.name)] = int(stat.read_text().rpartition(")")[2].split()[1])
    found = {process}
    while more := {child for child, parent in parents.items() if parent in found} - found:
        found |= more
    return found - {process}


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="processes are followed in /proc, which is not here")
@pytest.mark.parametrize("how", ["--prewarm", "--no-prewarm"])
def test_a_server_that_is_killed_leaves_no_program_behind(tmp_path: Path, keys: Path, how: str) -> None:
    data = tmp_path / "data"
    access(data, "add", "Anne de Wit", "--role", "klantenservice", key=keys / "anne.pub")
    with serving(data, how) as (server, line), Window(command(line, keys / "anne", tmp_path)) as window:
        window.wait_for("Anne de Wit")
        programs = below(server.pid)
        assert programs
        server.kill()
        server.communicate(timeout=30)
        deadline = time.monotonic() + PATIENCE
        while left := {each for each in programs if Path(f"/proc/{each}").exists()}:
            assert time.monotonic() < deadline, left
            time.sleep(0.1)


def test_a_server_that_somebody_started_goes_with_them(tmp_path: Path) -> None:
    """The demo's server: its standard input closes when the demo ends, however it ends."""
    with serving(tmp_path, "--until-eof") as (server, line):
        assert line
        assert server.stdin is not None
        server.stdin.close()
        assert server.wait(timeout=PATIENCE) == 0


def test_a_port_that_is_taken_is_told_with_what_to_do(tmp_path: Path) -> None:
    with serving(tmp_path / "one") as (_server, line):
        port = line.strip().rpartition(":")[2]
        second = subprocess.run(
            [sys.executable, "-m", "tui", "serve", "--port", port],
            env=environ(tmp_path / "two"),
            capture_output=True,
            text=True,
            check=False,
            timeout=60,
        )
    assert second.returncode == 2
    assert "--port" in second.stderr


@pytest.mark.parametrize("damage", [b"onzin", b""])
def test_a_damaged_host_key_is_never_replaced(tmp_path: Path, damage: bytes) -> None:
    key = tmp_path / "ssh" / "ssh_host_ed25519_key"
    key.parent.mkdir()
    key.write_bytes(damage)
    key.chmod(0o600)
    with serving(tmp_path) as (server, line):
        _out, errors = server.communicate(timeout=30)
    assert (server.returncode, line) == (5, "")
    assert "reservekopie" in errors
    assert key.read_bytes() == damage


def test_a_host_key_that_others_can_read_is_refused(tmp_path: Path) -> None:
    with serving(tmp_path) as (_server, line):
        assert line
    (tmp_path / "ssh" / "ssh_host_ed25519_key").chmod(0o644)
    with serving(tmp_path) as (server, line):
        _out, errors = server.communicate(timeout=30)
    assert (server.returncode, line) == (5, "")
    assert "chmod 600" in errors


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("add", "Jan", "--role", "baas"), 2),
        (("add", "Jan", "--role", "beheerder"), 3),
        (("add", "Jan", "--role", "beheerder", "--school", "xx"), 2),
        (("add", "Jan", "--role", "klantenservice", "--school", "12AB"), 3),
        (("add", "Jan"), 2),
        (("remove", "Niemand"), 2),
    ],
)
def test_what_cannot_be_is_told_with_the_right_exit_code(
    tmp_path: Path, keys: Path, words: tuple[str, ...], code: int
) -> None:
    answer = access(tmp_path, *words, key=keys / "jan.pub")
    assert answer.returncode == code, answer.stderr
    assert answer.stderr
    assert json.loads(access(tmp_path, "list", "--json").stdout) == []


def test_a_private_key_is_sent_back_and_not_kept(tmp_path: Path, keys: Path) -> None:
    answer = access(tmp_path, "add", "Jan", "--role", "klantenservice", key=keys / "jan")
    assert answer.returncode == 2
    assert "geheime sleutel" in answer.stderr
    assert not (tmp_path / "access.json").exists() or "PRIVATE" not in (tmp_path / "access.json").read_text()
