"""Who does not belong and what does not belong is refused, each with its sentence."""

from __future__ import annotations

import os
import shutil
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.ssh.client import Window, run, ssh
from tests.ssh.house import House

pytestmark = pytest.mark.ssh


def test_an_unknown_key_is_named_to_its_owner(house: House, keys: Path) -> None:
    answer = run([*ssh(house, keys / "stranger"), "help"])
    fingerprint = subprocess.run(
        ["ssh-keygen", "-lf", keys / "stranger.pub"], capture_output=True, text=True, check=True
    ).stdout.split()[1]
    assert answer.returncode == 255
    assert answer.stderr.count(f"Koppeldesk kent deze sleutel niet: {fingerprint}.") == 1
    assert not answer.stdout


def test_another_user_name_is_refused_whatever_the_key(house: House, keys: Path) -> None:
    answer = run([*ssh(house, keys / "anne", user="root"), "help"])
    assert answer.returncode == 255
    assert "Deze gebruikersnaam bestaat hier niet. Gebruik koppeldesk" in answer.stderr


def test_a_password_is_never_asked_for(house: House) -> None:
    answer = run([*ssh(house, None), "help"])
    assert answer.returncode == 255
    assert answer.stderr.count("laat alleen binnen met een SSH-sleutel, nooit met een wachtwoord") == 1
    insist = ssh(house, None, "-o", "PreferredAuthentications=password")
    assert "Permission denied" in run([*insist, "help"]).stderr


@pytest.mark.parametrize("order", [("stranger", "jan"), ("jan", "stranger")])
def test_with_two_keys_the_guest_is_the_holder_of_the_known_one(
    house: House, keys: Path, order: tuple[str, str]
) -> None:
    first, second = (keys / name for name in order)
    answer = run([*ssh(house, first, "-i", str(second)), "help"])
    assert answer.returncode == 0
    assert "U bent Jan Bos · beheerder · 12AB" in answer.stdout
    assert "kent deze sleutel niet" not in answer.stderr


def test_of_two_known_keys_the_guest_is_the_holder_of_the_one_that_signed(
    house: House, keys: Path, tmp_path: Path
) -> None:
    """A client that offers Anne's public key without having her private one, and signs with Jan's, is Jan."""
    shutil.copy(keys / "anne.pub", tmp_path / "borrowed.pub")
    shutil.copy(keys / "jan", tmp_path / "borrowed")
    (tmp_path / "borrowed").chmod(0o600)
    offered = ssh(house, tmp_path / "borrowed", "-i", str(keys / "jan"))
    answer = run([*offered, "help"])
    assert "U bent Anne" not in answer.stdout
    assert "U bent Jan Bos" in answer.stdout


@pytest.mark.parametrize(
    "command", ["ls", "sh -c id", "status; id", "status 12AB 34CD", "scp -t /tmp", "rsync --server", "'", "helpme"]
)
def test_any_other_command_is_refused(house: House, keys: Path, command: str) -> None:
    answer = run([*ssh(house, keys / "anne"), command])
    assert answer.returncode == 3
    assert "Deze opdracht bestaat hier niet. Wat wel kan: status, review 12AB, export 12AB en help." in answer.stderr
    assert not answer.stdout


@pytest.mark.parametrize(("words", "how"), [((), "ssh -t desk"), (("review", "12AB"), "ssh -t desk review 12AB")])
def test_without_a_screen_no_screens(house: House, keys: Path, words: tuple[str, ...], how: str) -> None:
    answer = run([*ssh(house, keys / "anne", "-T"), *words])
    assert answer.returncode == 3
    assert f"Typ: {how}" in answer.stderr


def test_a_port_is_not_forwarded_from_here_to_there(house: House, keys: Path) -> None:
    answer = run(ssh(house, keys / "anne", "-W", "127.0.0.1:22"))
    assert answer.returncode == 255
    assert "administratively prohibited: Koppeldesk stuurt geen poorten" in answer.stderr


def test_a_port_is_not_forwarded_from_there_to_here(house: House, keys: Path) -> None:
    answer = run([*ssh(house, keys / "anne", "-R", "0:127.0.0.1:22"), "help"])
    assert answer.returncode == 0
    assert "remote port forwarding failed" in answer.stderr
    assert answer.stderr.count("Koppeldesk stuurt geen poorten en tunnels door.") == 1
    assert "U bent Anne de Wit" in answer.stdout


def test_who_wants_nothing_but_a_forwarded_port_reads_that_and_is_out(house: House, keys: Path) -> None:
    answer = run(ssh(house, keys / "anne", "-N", "-R", "0:127.0.0.1:22"))
    assert answer.returncode == 255
    assert answer.stderr.count("Koppeldesk stuurt geen poorten en tunnels door.") == 1


def test_files_are_not_transferred(house: House, keys: Path, tmp_path: Path) -> None:
    answer = run([*ssh(house, keys / "anne", "-s"), "sftp"])
    assert answer.returncode == 3
    assert "Koppeldesk kent geen bestandsoverdracht (sftp, scp)." in answer.stderr


@pytest.fixture
def agent(tmp_path: Path) -> Iterator[str]:
    """The socket of a running ssh-agent."""
    if shutil.which("ssh-agent") is None:
        pytest.skip("ssh-agent is not installed")
    socket = tmp_path / "agent"
    running = subprocess.Popen(["ssh-agent", "-D", "-a", socket], stdout=subprocess.DEVNULL)
    while not socket.exists():
        time.sleep(0.02)
    yield str(socket)
    running.terminate()
    running.wait()


NO_AGENT = "Koppeldesk stuurt uw ssh-agent niet door. Log in zonder -A, of met ForwardAgent no."
NO_X11 = "Koppeldesk stuurt geen X11 door. Log in zonder -X en -Y, of met ForwardX11 no."


def test_the_agent_is_not_forwarded_and_the_guest_reads_it(house: House, keys: Path, agent: str) -> None:
    """OpenSSH asks for it without wanting a reply; the agent of the guest is asked for nothing."""
    answer = run(
        [*ssh(house, keys / "anne", "-A", "-v", agent=agent), "help"],
        environ={"SSH_AUTH_SOCK": agent, "HOME": os.environ.get("HOME", "/")},
    )
    assert "Requesting authentication agent forwarding" in answer.stderr
    assert "client_request_agent" not in answer.stderr
    assert answer.stderr.count(NO_AGENT) == 1
    assert answer.returncode == 0


def test_x11_is_not_forwarded_and_the_guest_reads_it(house: House, keys: Path) -> None:
    answer = run([*ssh(house, keys / "anne", "-X"), "help"], environ={"DISPLAY": "localhost:99"})
    assert "X11 forwarding request failed" in answer.stderr
    assert answer.stderr.count(NO_X11) == 1
    assert "U bent Anne de Wit" in answer.stdout


def test_who_comes_for_the_screens_reads_what_is_not_forwarded_before_they_open_and_after_leaving(
    house: House, keys: Path, agent: str
) -> None:
    """The sentences are written before the app takes the alternate screen, so that they stand there when it leaves."""
    options = ("-A", "-X", "-R", "0:127.0.0.1:22")
    environ = {"SSH_AUTH_SOCK": agent, "DISPLAY": "localhost:99"}
    with Window(ssh(house, keys / "anne", *options, agent=agent), columns=120, environ=environ) as window:
        window.wait_for("wie Anne de Wit")
        window.type("q")
        assert window.exit_code() == 0
        before, _opened, after = bytes(window.received).partition(b"\x1b[?1049h")
    for refused in (NO_AGENT, NO_X11, "Koppeldesk stuurt geen poorten en tunnels door."):
        assert before.decode().count(refused) == 1
        assert refused not in after.decode()


def test_who_forwards_nothing_reads_nothing_of_it(house: House, keys: Path) -> None:
    assert run([*ssh(house, keys / "anne"), "help"]).stderr == ""


def test_a_command_runs_with_the_rights_of_the_key(house: House, keys: Path) -> None:
    answer = run([*ssh(house, keys / "anne"), "status", "12ab", "--json"])
    assert (answer.returncode, answer.stdout) == (0, "opdracht school show 12AB-00 --json\n")
    assert answer.stderr == "fout\n"
    answer = run([*ssh(house, keys / "jan"), "export", "12AB-01"])
    assert answer.stdout == "opdracht import show 12AB-01 --csv=-\n"


@pytest.mark.parametrize("command", ["export", "review"])
def test_a_command_without_its_school_says_so(house: House, keys: Path, command: str) -> None:
    answer = run([*ssh(house, keys / "anne"), command])
    assert answer.returncode == 2
    assert f"{command} 12AB" in answer.stderr


def test_a_school_that_is_none_is_refused(house: House, keys: Path) -> None:
    answer = run([*ssh(house, keys / "anne"), "export", "$(id)"])
    assert answer.returncode == 2
    assert "geen BRIN-nummer" in answer.stderr
