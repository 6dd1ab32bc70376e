"""Files named on the command line: whole or not at all, in both directions."""

from __future__ import annotations

import io
import os
import socket
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from core.errors import KoppeldeskError, TryLater, UnreadableInput
from tui.files import KEY, STANDARD_INPUT, content_of, text_from, typed_path, write_file, write_new

ROOT = Path(__file__).parents[2]


def test_a_file_that_is_too_large_is_refused_and_never_cut(tmp_path: Path) -> None:
    path = tmp_path / "groot.csv"
    path.write_bytes(b"x" * 10)
    assert content_of(path, 10) == b"x" * 10
    with pytest.raises(UnreadableInput) as told:
        content_of(path, 9)
    assert "groter dan 0 kB en is niet gelezen" in told.value.what
    assert "Er is niets opgeslagen" in told.value.stored and "splits" in told.value.todo


def test_standard_input_has_the_same_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"x" * (KEY + 1))))
    with pytest.raises(UnreadableInput, match="groter dan 64 kB"):
        text_from(STANDARD_INPUT, KEY)


def test_a_program_without_standard_input_has_been_given_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", None)
    assert content_of(STANDARD_INPUT) == b""


def test_what_is_no_ordinary_file_is_not_read_nor_waited_for(tmp_path: Path) -> None:
    pipe, loop, line = tmp_path / "pijp", tmp_path / "lus", tmp_path / "lijn"
    os.mkfifo(pipe)
    loop.symlink_to(loop)
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind(str(line))
        for path, reason in (
            (tmp_path, "het is een map"),
            (pipe, "geen gewoon bestand"),
            (line, "geen gewoon bestand"),
            (Path("/dev/zero"), "geen gewoon bestand"),
            (loop, "lopen rond"),
            (tmp_path / "nergens", "bestaat niet"),
            (tmp_path / ("x" * 300), "de naam is te lang"),
        ):
            with pytest.raises(UnreadableInput, match=reason):
                content_of(path)


def test_what_is_no_text_is_told_with_its_line(tmp_path: Path) -> None:
    path = tmp_path / "review.json"
    path.write_bytes(b'{\n"a": "\x80"}')
    with pytest.raises(UnreadableInput, match="regel 2: hier staat een teken dat geen UTF-8 is"):
        text_from(path)
    path.write_text("sleutel", encoding="utf-16")
    assert text_from(path) == "sleutel"


def test_a_file_is_replaced_whole_and_keeps_its_rights_and_its_link(tmp_path: Path) -> None:
    path, link = tmp_path / "uit.csv", tmp_path / "elders"
    write_file(path, b"een")
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    path.chmod(0o644)
    link.symlink_to(path)
    write_file(link, b"twee")
    assert (path.read_bytes(), link.is_symlink(), stat.S_IMODE(path.stat().st_mode)) == (b"twee", True, 0o644)
    assert sorted(tmp_path.iterdir()) == [link, path]


@pytest.mark.parametrize("write", ["write_file", "write_new"])
def test_on_a_full_disk_nothing_is_left_behind(tmp_path: Path, write: str) -> None:
    """A limit on the size of files does as a full disk: the write stops half-way."""
    code = f"""
import resource, signal
from pathlib import Path
from core.errors import KoppeldeskError
from tui.files import {write} as write
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (4096, 4096))
try:
    write(Path("uit.csv"), b"x" * 100_000)
except KoppeldeskError as error:
    print(error.exit_code, error)
"""
    if write == "write_file":
        (tmp_path / "uit.csv").write_bytes(b"oud")
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )
    assert done.stdout.startswith("4 uit.csv is niet te schrijven")
    left = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    assert left == ({"uit.csv": b"oud"} if write == "write_file" else {})


def test_a_device_is_written_to_and_never_replaced(tmp_path: Path) -> None:
    full = Path("/dev/full")
    if not full.exists():
        pytest.skip("this system has no /dev/full")
    with pytest.raises(TryLater, match="de schijf is vol"):
        write_file(full, b"x")
    assert full.is_char_device()
    write_file(Path(os.devnull), b"x")
    assert Path(os.devnull).is_char_device()


def test_the_home_folder_of_nobody_is_a_name_like_any_other() -> None:
    assert typed_path("~/uit.csv") == Path.home() / "uit.csv"
    assert typed_path("~niemand-hier/uit.csv") == Path("~niemand-hier/uit.csv")


def test_a_place_that_cannot_be_written_is_wrong_usage(tmp_path: Path) -> None:
    for path in (tmp_path, tmp_path / "nergens" / "uit.csv"):
        with pytest.raises(KoppeldeskError) as told:
            write_file(path, b"x")
        assert told.value.exit_code == 2
    with pytest.raises(UnreadableInput, match="het bestaat al"):
        (tmp_path / "er").touch()
        write_new(tmp_path / "er", b"x")
