"""The clients of people who do not have OpenSSH: PuTTY (as its plink, the same code without a window) and Dropbear."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.ssh.client import Window, run
from tests.ssh.house import House

pytestmark = pytest.mark.ssh

Command = Callable[..., list[str]]
"""Returns the command line of a client, for the holder of a key, with more words."""


def needs(program: str) -> pytest.MarkDecorator:
    return pytest.mark.skipif(shutil.which(program) is None, reason=f"{program} is not installed")


@pytest.fixture
def plink(house: House, keys: Path, tmp_path: Path) -> Command:
    """PuTTY; its keys are in a form of its own."""
    assert house.door is not None
    address = ("-P", str(house.port), "-l", "koppeldesk", "-hostkey", house.door.fingerprint, "-noagent")

    def command(name: str, *options: str, words: tuple[str, ...] = ()) -> list[str]:
        key = tmp_path / f"{name}.ppk"
        subprocess.run(["puttygen", keys / name, "-o", key], check=True)
        return ["plink", *address, "-i", str(key), *options, "127.0.0.1", *words]

    return command


@needs("plink")
def test_putty_shows_the_screens_passes_keys_and_brings_the_exit_code(plink: Command, tmp_path: Path) -> None:
    with Window(plink("anne", "-batch"), columns=100, rows=30, environ={"HOME": str(tmp_path)}) as window:
        window.wait_for("wie Anne de Wit")
        window.wait_for("namen Güneş van ’t Zand · Zoë [b] · Đặng")
        window.type("ë")
        window.wait_for("ë")
        window.type("x")
        assert window.exit_code() == 7


@needs("plink")
def test_putty_names_an_unknown_key_also_where_nobody_can_answer(plink: Command, tmp_path: Path) -> None:
    answer = run(plink("stranger", "-batch", words=("help",)), environ={"HOME": str(tmp_path)})
    assert answer.returncode == 1
    assert "Koppeldesk kent deze sleutel niet: SHA256:" in answer.stderr


@needs("plink")
def test_putty_reads_what_is_not_forwarded(plink: Command, tmp_path: Path) -> None:
    answer = run(
        plink("anne", "-batch", "-X", words=("help",)), environ={"HOME": str(tmp_path), "DISPLAY": "localhost:99"}
    )
    assert answer.returncode == 0
    assert "Koppeldesk stuurt geen X11 door." in answer.stderr


@needs("dbclient")
@pytest.mark.parametrize(
    ("name", "code", "sentence"),
    [("anne", 0, "U bent Anne de Wit"), ("stranger", 1, "Koppeldesk kent deze sleutel niet: SHA256:")],
)
def test_dropbear_that_guesses_the_key_exchange_gets_in_or_reads_why_not(
    house: House, keys: Path, tmp_path: Path, name: str, code: int, sentence: str
) -> None:
    key = tmp_path / name
    subprocess.run(["dropbearconvert", "openssh", "dropbear", keys / name, key], check=True, capture_output=True)
    client = ["dbclient", "-y", "-p", str(house.port), "-l", "koppeldesk", "-i", str(key), "127.0.0.1", "help"]
    answer = run(client, environ={"HOME": str(tmp_path), "USER": os.environ.get("USER", "")})
    assert answer.returncode == code
    assert sentence in answer.stdout + answer.stderr
