"""What the documents print to be typed can be typed."""

from __future__ import annotations

import json
import os
import re
import shlex
import shutil
import socket
import subprocess
import sys
from itertools import takewhile
from pathlib import Path

import pytest
from cyclopts import CycloptsError

from core.errors import KoppeldeskError
from tui.cli import COMMANDS, build

ROOT = Path(__file__).parents[2]
DOCUMENTS = sorted([ROOT / "README.md", ROOT / "CHANGELOG.md", *ROOT.glob("docs/*.md"), *ROOT.glob("*/README.md")])
SHELL = re.compile(r"```sh\n(.*?)```", re.DOTALL)
FRAME = ("--data", "--config", "--as", "--lang")
"""Options of the frame, with one value each; what stands before the command."""


def _blocks() -> list[str]:
    return [block for document in DOCUMENTS for block in SHELL.findall(document.read_text("utf-8"))]


def _calls(line: str) -> list[list[str]]:
    """Return the words behind each `koppeldesk` that a line of shell calls, up to what the shell keeps for itself."""
    calls = []
    for call in re.finditer(r"(?:^|&& |\|\| |; |\$\(|env )(?:\S+=\S+ )*(?:\S+/)?koppeldesk(?= |$)", line):
        lexer = shlex.shlex(line[call.end() :], posix=True, punctuation_chars="<>&|;()")
        lexer.whitespace_split = True
        calls.append(_typed(list(takewhile(lambda word: word[0] not in "<>&|;()", lexer))))
    return calls


def _typed(words: list[str]) -> list[str]:
    while words and words[0] in FRAME:
        words = words[2:]
    return words


def _printed() -> list[list[str]]:
    lines = [line for block in _blocks() for line in block.replace("\\\n", " ").splitlines()]
    examples = []
    for name in COMMANDS:
        app = build([name])[name]
        for one in [app[each] for each in app if not each.startswith("-")] or [app]:
            told = one.help or (one.default_command.__doc__ if one.default_command else "") or ""
            examples += re.findall(r"Voorbeeld: (koppeldesk .*?)(?:\n\s*\n|\Z)", told, re.DOTALL)
    return [words for text in [*lines, *(" ".join(each.split()) for each in examples)] for words in _calls(text)]


def test_every_command_that_is_printed_is_one() -> None:
    printed = _printed()
    assert len(printed) > 80
    wrong = {}
    for words in printed:
        try:
            build(words).parse_args(words, exit_on_error=False, print_error=False)
        except (CycloptsError, KoppeldeskError) as error:
            wrong[" ".join(words)] = str(error)
    assert wrong == {}


def test_every_target_of_make_that_is_printed_is_there() -> None:
    makefile = (ROOT / "Makefile").read_text("utf-8")
    code = re.compile(r"```.*?```|`[^`]*`", re.DOTALL)
    typed = " ".join(part for document in DOCUMENTS for part in code.findall(document.read_text("utf-8")))
    named = set(re.findall(r"\bmake (?:-C \S+ )?([a-z][a-z-]*)", typed))
    [benches] = re.findall(r"^BENCHES := (.*)$", makefile, re.MULTILINE)
    there = set(re.findall(r"^([a-z]+):", makefile, re.MULTILINE)) | {f"bench-{name}" for name in benches.split()}
    assert {"demo", "test", "bench"} <= named
    assert named <= there


@pytest.mark.skipif(not shutil.which("curl"), reason="this system has no curl")
def test_the_pipeline_runs_as_it_is_printed(tmp_path: Path) -> None:
    [script] = SHELL.findall((ROOT / "docs" / "pipeline.md").read_text("utf-8"))
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        script = script.replace("8088", str(free.getsockname()[1]))
    program = tmp_path / "bin" / "koppeldesk"
    program.parent.mkdir()
    program.write_text(f'#!/bin/sh\nexec {sys.executable} -m tui "$@"\n')
    program.chmod(0o755)
    environ = {**os.environ, "PATH": f"{program.parent}:{os.environ['PATH']}", "PYTHONPATH": str(ROOT)}
    run = subprocess.run(
        ["sh", "-c", script],
        cwd=tmp_path,
        env=environ,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    assert (run.returncode, run.stderr) == (0, "")
    night = json.loads(run.stdout[run.stdout.index("\n{\n") :])
    assert night["endings"] == {"klaar": 1}


def test_every_file_that_make_names_is_there() -> None:
    named = re.findall(r"\b(?:tests|docs|requirements|core)/[\w./-]*[\w/]", (ROOT / "Makefile").read_text("utf-8"))
    assert len(named) > 8
    assert [path for path in named if not (ROOT / path).exists() and ".pot" not in path] == []
