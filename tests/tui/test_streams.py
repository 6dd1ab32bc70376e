"""What a pipeline does to the program's streams: closed, full, cut off, in another locale."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PROGRAM = f"{sys.executable} -m tui"
OLD = {"LC_ALL": "POSIX", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
"""A locale that knows no letter with an accent."""


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("streams")
    assert _shell("school add 12AB --name 'De Zoë ✓'", folder).returncode == 0
    return folder


def _shell(words: str, data: Path, **more: str) -> subprocess.CompletedProcess[str]:
    """Run one line of shell in which the program is called first; `bash` so that a pipe has a status of its own."""
    environ = {**os.environ, "PYTHONPATH": str(ROOT), "KOPPELDESK_DATA": str(data), **more}
    environ.pop("KOPPELDESK_LANG", None)
    line = f"set -o pipefail; {PROGRAM} {words}"
    return subprocess.run(
        ["bash", "-c", line], env=environ, capture_output=True, text=True, encoding="utf-8", check=False, timeout=60
    )


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ("link apply 12AB <&-", 3),
        ("access add Anne --role lezer <&-", 2),
        ("school list >&-", 0),
        ("school show 99ZZ 2>&-", 3),
    ],
)
def test_a_closed_stream_is_an_empty_one(words: str, code: int, data: Path) -> None:
    run = _shell(words, data)
    assert run.returncode == code
    assert "unforeseen" not in run.stderr


def test_the_number_of_a_closed_stream_is_given_to_no_file(data: Path) -> None:
    before = sorted(each.name for each in data.rglob("*"))
    assert _shell("school show 99ZZ 2>&- >&- <&-", data).returncode == 3
    assert sorted(each.name for each in data.rglob("*")) == before


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no /dev/full")
def test_output_on_a_full_disk_is_told_as_such_and_may_be_repeated(data: Path) -> None:
    run = _shell("school list --json >/dev/full", data)
    assert run.returncode == 4
    assert "de schijf is vol" in run.stderr
    assert "Referentie: " in run.stderr


@pytest.mark.parametrize("words", ["--help | true", "school list | true", "school list --json | head -c 1"])
def test_a_reader_that_leaves_early_is_no_error(words: str, data: Path) -> None:
    run = _shell(words, data)
    assert (run.returncode, run.stderr) == (0, "")


def test_a_pipe_gets_utf_8_whatever_the_locale(data: Path) -> None:
    run = _shell("school list --json", data, **OLD)
    assert run.returncode == 0
    assert json.loads(run.stdout)[0]["name"] == "De Zoë ✓"


@pytest.mark.skipif(not Path("/usr/bin/script").exists(), reason="there is no script(1) to make a terminal with")
def test_a_terminal_that_knows_few_signs_gets_question_marks(data: Path) -> None:
    line = f"{PROGRAM} school list"
    run = subprocess.run(
        ["script", "-qec", line, "/dev/null"],
        env={**os.environ, "PYTHONPATH": str(ROOT), "KOPPELDESK_DATA": str(data), **OLD},
        capture_output=True,
        stdin=subprocess.DEVNULL,
        check=False,
        timeout=60,
    )
    assert run.returncode == 0
    assert b"De Zo? ?" in run.stdout


def test_every_error_ends_in_a_short_reference(data: Path) -> None:
    for words in ("school show 99ZZ", "school show nergens", "school toon", "import pull 12AB"):
        assert _shell(words, data).stderr.splitlines()[-1].startswith("Referentie: "), words
