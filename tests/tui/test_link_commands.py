"""The commands about schools, links, letters and the audit log, run as their user runs them."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]
KEY = "sleutel-0123456789-7Q2F"


@dataclass
class Shell:
    """A terminal with a data folder of its own."""

    folder: Path

    def run(self, *words: str, stdin: str = "", who: str = "Anne:klantenservice") -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", "tui", "--data", str(self.folder), "--as", who, *words],
            env={**os.environ, "PYTHONPATH": str(ROOT), "KOPPELDESK_UWLR_URL": "", "KOPPELDESK_CONFIG": ""},
            input=stdin,
            capture_output=True,
            text=True,
            check=False,
            timeout=60,
        )

    def json(self, *words: str, stdin: str = "", code: int = 0) -> Any:
        done = self.run(*words, "--json", stdin=stdin)
        assert done.returncode == code, done.stderr
        return json.loads(done.stdout)


@pytest.fixture
def shell(tmp_path: Path) -> Shell:
    shell = Shell(tmp_path / "data")
    added = shell.run(
        "school", "add", "12AB", "--name", "De Regenboog", "--place", "Assen", "--administrator", "J. Bos <j@x.nl>"
    )
    assert added.returncode == 0, added.stderr
    return shell


def test_a_link_is_activated_from_the_command_line_with_the_key_from_standard_input(shell: Shell) -> None:
    assert shell.json("link", "request", "12AB")["state"] == "aangevraagd"
    assert shell.json("link", "open", "12AB")["state"] == "opengezet"
    applied = shell.json("link", "apply", "12AB", stdin=f" {KEY[:10]}\n{KEY[10:]} \r\n")
    assert (applied["state"], applied["key"]) == ("ingediend", "••••7Q2F")
    checks = shell.json("link", "check", "12AB", code=1)["checks"]
    assert [check["outcome"] for check in checks] == ["goed"] * 6 + ["niet te zeggen"]
    assert shell.run("link", "approve", "12AB").returncode == 3
    approved = shell.json("link", "approve", "12AB", "--why", "eerder gecontroleerd")
    assert approved["state"] == "goedgekeurd"
    assert [step["on_behalf"] for step in approved["steps"]] == [True, False, True, False]
    page = shell.run("school", "show", "12AB").stdout
    assert "▶ gegevens importeren" in page
    assert KEY not in page
    assert [mail["kind"] for mail in shell.json("mail", "list")] == [
        "Approved",
        "ApplicationReceived",
        "LinkOpened",
        "RequestConfirmed",
    ]
    listed = shell.run("mail", "list").stdout
    assert "UWLR-koppeling goedgekeurd · De Regenboog" in listed
    assert "Approved" not in listed
    assert len(list((shell.folder / "Maildir" / "new").iterdir())) == 4
    assert shell.json("audit", "--verify")["whole"] is True
    assert "afgenomen" in page


def test_the_key_from_a_file_and_what_is_said_of_a_key_that_cannot_be_one(shell: Shell, tmp_path: Path) -> None:
    shell.run("link", "request", "12AB")
    shell.run("link", "open", "12AB")
    empty = shell.run("link", "apply", "12AB")
    assert empty.returncode == 2
    assert "De autorisatiesleutel is leeg." in empty.stderr
    assert shell.run("link", "apply", "12AB", "--key-file", str(tmp_path / "nergens")).returncode == 2
    (tmp_path / "sleutel").write_text(KEY + "\n")
    assert shell.json("link", "apply", "12AB", "--key-file", str(tmp_path / "sleutel"))["state"] == "ingediend"


def test_a_school_is_changed_and_a_key_revealed_with_a_line_in_the_log(shell: Shell) -> None:
    shell.json("school", "change", "12AB", "--place", "Gieten", "--administrator", "M. Vos <m.vos@x.nl>")
    shell.run("link", "request", "12AB")
    shell.run("link", "open", "12AB")
    shell.run("link", "apply", "12AB", stdin=KEY)
    page = shell.json("school", "show", "12AB")
    assert (page["name"], page["place"]) == ("De Regenboog", "Gieten")
    assert [person["email"] for person in page["administrators"]] == ["m.vos@x.nl"]
    assert shell.json("link", "reveal-key", "12AB")["key"] == KEY
    assert [line["act"] for line in shell.json("audit", "--limit", "1")] == ["sleutel tonen"]
    assert shell.run("link", "restore-external", "12AB").returncode == 3


def test_a_school_without_a_place_is_named_by_its_name(shell: Shell) -> None:
    assert shell.run("school", "add", "12AC", "--name", "De Kring").returncode == 0
    assert shell.run("school", "show", "12AC").stdout.splitlines()[0] == "12AC-00  De Kring"
    assert "De Kring," not in shell.run("school", "list").stdout


@pytest.mark.parametrize(
    ("words", "who", "code", "says"),
    [
        (("link", "open", "12AB"), "Anne:klantenservice", 3, "De school moet de koppeling eerst aanvragen"),
        (("link", "open", "99ZZ"), "Anne:klantenservice", 3, "School 99ZZ-00 is hier niet bekend."),
        (("link", "request", "12AB"), "Lies:lezer", 3, "Een lezer mag dit niet"),
        (("link", "request", "12A"), "Anne:klantenservice", 2, "geen BRIN-nummer"),
        (("link", "end", "12AB"), "Anne:klantenservice", 2, "ontbreekt een gegeven"),
        (("audit", "--since", "gisteren"), "Anne:klantenservice", 2, "geen datum"),
        (("audit", "--limit", "-1"), "Anne:klantenservice", 2, "-1 regels kan niet"),
        (("nightly", "--school", "99ZZ"), "nacht:automaat", 3, "School 99ZZ-00 is hier niet bekend."),
        (("demo", "--headless", "--schools", "0"), "Anne:klantenservice", 2, "0 scholen kan niet"),
        (("mail", "show", "zzzz"), "Anne:klantenservice", 2, "geen bericht zzzz"),
        (("school", "add", "12AB", "--name", "X"), "Anne:klantenservice", 3, "staat er al"),
        (
            ("school", "add", "12AC", "--name", "X", "--administrator", "J. Bos"),
            "Anne:klantenservice",
            2,
            "e-mailadres",
        ),
    ],
)
def test_bad_input_has_its_exit_code_and_a_sentence_in_dutch(
    shell: Shell, words: tuple[str, ...], who: str, code: int, says: str
) -> None:
    done = shell.run(*words, who=who)
    assert done.returncode == code
    assert says in done.stderr
    assert "Traceback" not in done.stderr


def test_a_damaged_file_gives_exit_code_5_and_the_place_of_the_last_good_copy(shell: Shell) -> None:
    shell.run("link", "request", "12AB")
    record = shell.folder / "schools" / "12AB-00" / "record.json"
    record.write_bytes(b'{"half": ')
    done = shell.run("school", "show", "12AB")
    assert done.returncode == 5
    assert "record.json.vorige" in done.stderr
    assert record.read_bytes() == b'{"half": '
    assert shell.run("doctor", "--deep").returncode == 5


def test_the_audit_log_that_was_touched_is_told_with_exit_code_5(shell: Shell, tmp_path: Path) -> None:
    shell.run("link", "request", "12AB")
    exported = shell.run("audit", "--csv", str(tmp_path / "log.csv"))
    assert exported.returncode == 0
    assert (tmp_path / "log.csv").read_bytes().startswith(b"\xef\xbb\xbftijd;wie;rol;")
    log = shell.folder / "audit.jsonl"
    log.write_bytes(log.read_bytes().replace(b"Anne", b"Eric", 1))
    done = shell.run("audit", "--verify")
    assert done.returncode == 5
    assert "vanaf regel 1" in done.stderr


def at_a_terminal(shell: Shell, answer: str, *words: str) -> tuple[int, str]:
    """Run a command whose input and errors are a terminal, and type an answer; return its code and what it said."""
    ours, theirs = os.openpty()
    program = subprocess.Popen(
        [sys.executable, "-m", "tui", "--data", str(shell.folder), "--as", "Anne:klantenservice", *words],
        env={**os.environ, "PYTHONPATH": str(ROOT), "KOPPELDESK_UWLR_URL": "", "KOPPELDESK_CONFIG": ""},
        stdin=theirs,
        stdout=subprocess.PIPE,
        stderr=theirs,
        text=True,
    )
    os.close(theirs)
    os.write(ours, f"{answer}\n".encode())
    out, _err = program.communicate(timeout=60)
    said = os.read(ours, 65536).decode()
    os.close(ours)
    return program.returncode, out + said


def with_numbers(shell: Shell, folder: Path) -> None:
    """Give the school a pupil with an external number."""
    head = "soort;id;naam;achternaam;voorvoegsel;voorletters;roepnaam;geboortedatum;geslacht;jaargroep;groep;email;"
    path = folder / "lijst.csv"
    path.write_text(f"{head}extern_nummer;actief\nleerling;L1;;Bos;;;Fien;2017-03-12;V;5;;;4711;ja\n")
    assert shell.run("roster", "import", "12AB", str(path)).returncode == 0


def test_clearing_numbers_is_asked_at_a_terminal(shell: Shell, tmp_path: Path) -> None:
    with_numbers(shell, tmp_path)
    code, said = at_a_terminal(shell, "12AC", "link", "clear-external", "12AB")
    assert (code, "Typ 12AB" in said, "extern nummer: 1" in said) == (2, True, True)
    assert shell.json("link", "clear-external", "12AB", "--dry-run")["pupils"] == 1
    code, said = at_a_terminal(shell, "12ab", "link", "clear-external", "12AB")
    assert (code, "De nummers zijn leeg" in said) == (0, True)
    assert shell.run("link", "restore-external", "12AB").returncode == 0
    assert shell.json("link", "clear-external", "12AB", "--yes")["pupils"] == 1


DESTROYING = (
    ("link", "clear-external", "12AB"),
    ("link", "end", "12AB", "--why", "stopt"),
    ("privacy", "purge"),
    ("access", "remove", "Jan Bos"),
    ("import", "discard", "12AB"),
    ("import", "discard-held", "12AB"),
)


@pytest.mark.parametrize("words", DESTROYING, ids=" ".join)
def test_every_command_that_destroys_asks_at_a_terminal(shell: Shell, words: tuple[str, ...]) -> None:
    """Answered otherwise, it does nothing and says so."""
    code, said = at_a_terminal(shell, "nee", *words)
    assert (code, "om door te gaan" in said) == (2, True)
    assert "Traceback" not in said


def test_what_a_timer_or_script_runs_goes_on_as_agreed(shell: Shell, tmp_path: Path) -> None:
    """Clearing can be undone, ending says why, access that is taken away waits for no question (interfaces.md)."""
    with_numbers(shell, tmp_path)
    assert shell.json("link", "clear-external", "12AB")["pupils"] == 1
    assert shell.run("privacy", "purge").returncode == 2
    assert shell.run("privacy", "purge", "--yes").returncode == 0
    shell.run("link", "request", "12AB")
    assert shell.json("link", "end", "12AB", "--why", "stopt")["state"] == "beëindigd"
    assert "Jan Bos" in shell.run("access", "remove", "Jan Bos").stderr


@pytest.mark.parametrize("command", ["school", "link", "audit", "mail", "doctor", "privacy"])
def test_every_command_has_help_with_an_example(command: str) -> None:
    app = import_module(f"tui.commands.{command}").app
    subcommands = [name for name in app if not name.startswith("-")]
    for name in subcommands:
        assert f"Voorbeeld: koppeldesk {command} {name}" in (app[name].default_command.__doc__ or "")
    assert subcommands or f"Voorbeeld: koppeldesk {command}" in (app.default_command.__doc__ or "")


def test_help_is_shown_on_standard_output(shell: Shell) -> None:
    done = shell.run("link", "apply", "--help")
    assert done.returncode == 0
    assert "koppeldesk link apply 12AB < sleutel.txt" in done.stdout
