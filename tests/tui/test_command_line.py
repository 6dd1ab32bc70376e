"""The frame of the command line: help without loading a command, Dutch usage errors, who acts."""

from __future__ import annotations

import inspect
import os
import subprocess
import sys
from pathlib import Path

import pytest

from core.desk.actor import Actor, Role
from core.errors import RefusedByRole, UnreadableInput
from core.model import SchoolId
from tui.cli import COMMANDS, build
from tui.identity import VARIABLE, actor_from, told_to_child

ROOT = Path(__file__).parents[2]


def koppeldesk(*words: str) -> subprocess.CompletedProcess[str]:
    """Run the program as its user does."""
    return subprocess.run(
        [sys.executable, "-m", "tui", *words],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        stdin=subprocess.DEVNULL,
        check=False,
        timeout=60,
    )


def test_help_names_every_command_and_loads_none_of_the_heavy_libraries() -> None:
    heavy = {"numpy", "httpx", "textual", "lxml"}
    watch = f"import sys; from tui.cli import build; build(); print(sorted(set(sys.modules) & {heavy}))"
    run = subprocess.run([sys.executable, "-c", watch], cwd=ROOT, capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "[]"
    assert "De nagebouwde ParnasSys." in koppeldesk("--help").stdout


@pytest.mark.parametrize("command", sorted(COMMANDS))
def test_every_command_explains_itself_with_an_example(command: str) -> None:
    app = build([command])[command]
    below = [app[name] for name in app if not name.startswith("-")] or [app]
    for one in below:
        function = one.default_command
        assert "Voorbeeld: " in (one.help or inspect.getdoc(function) or ""), one.name


@pytest.mark.parametrize("words", [("bestaatniet",), ("--bestaatniet",)])
def test_wrong_usage_is_told_in_dutch_with_exit_code_2(words: tuple[str, ...]) -> None:
    run = koppeldesk(*words)
    assert run.returncode == 2
    assert "bestaat niet" in run.stderr
    assert "--help" in run.stderr


def test_help_speaks_english_when_asked_or_says_why_not() -> None:
    run = koppeldesk("--lang", "en", "--help")
    assert run.returncode == 0
    assert ("The simulated ParnasSys." in run.stdout) is ("niet gecompileerd" not in run.stderr)


def test_a_language_there_is_not_is_wrong_usage() -> None:
    assert koppeldesk("--lang", "fr", "school", "list").returncode == 2


def test_the_actor_told_by_the_front_door_cannot_be_overruled() -> None:
    actor = Actor(name="J. Bos", role=Role.ADMINISTRATOR, schools=frozenset({SchoolId("12AB")}), fingerprint="SHA256:x")
    told = {VARIABLE: told_to_child(actor)}
    assert actor_from(told) == actor
    with pytest.raises(RefusedByRole):
        actor_from(told, "Anne:klantenservice")


@pytest.mark.parametrize("text", ["Anne", ":lezer", "Anne:baas"])
def test_a_wrong_actor_is_refused_with_the_roles_there_are(text: str) -> None:
    with pytest.raises(UnreadableInput, match="NAAM:ROL"):
        actor_from({}, text)


def test_what_the_program_makes_is_for_its_own_user_only(tmp_path: Path) -> None:
    """A data folder holds names of children: on a shared machine nobody else may even list it."""
    data = tmp_path / "gegevens"
    before = os.umask(0o022)
    try:
        added = koppeldesk("--data", str(data), "school", "add", "12AB", "--name", "De Regenboog")
        asked = koppeldesk("--data", str(data), "link", "request", "12AB")
        written = koppeldesk("--data", str(data), "audit", "--csv", str(data / "logboek.csv"))
    finally:
        os.umask(before)
    assert (added.returncode, asked.returncode, written.returncode) == (0, 0, 0)
    assert len(list(data.rglob("*"))) > 5
    assert {oct(path.stat().st_mode & 0o077) for path in (data, *data.rglob("*"))} == {oct(0)}


def test_a_file_that_is_not_there_is_told_in_dutch() -> None:
    run = koppeldesk("results", "import", "nergens.csv")
    assert run.returncode == 2
    assert "nergens.csv is niet te lezen: het bestaat niet." in run.stderr


def test_without_a_terminal_the_screens_say_so_and_end(tmp_path: Path) -> None:
    run = koppeldesk("--data", str(tmp_path))
    assert run.returncode == 2
    assert "Start koppeldesk in een terminal" in run.stderr
