"""`koppeldesk results` and `koppeldesk nightly`, run as their user runs them, against a simulator."""

from __future__ import annotations

import hashlib
import json
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import httpx
import pytest

from core.model import SchoolId, SchoolYear
from simulator.server import Simulator, running_simulator
from tests.core.nights.town import Town, a_town

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def parnassys() -> Iterator[Simulator]:
    with running_simulator(seed=21, schools=2) as simulator:
        yield simulator


@dataclass
class Shell:
    """A terminal on a town."""

    town: Town

    def command(self, *words: str, who: str) -> list[str]:
        data = str(self.town.office.settings.data_folder)
        return [sys.executable, "-m", "tui", "--data", data, "--as", who, *words]

    @property
    def environment(self) -> dict[str, str]:
        return {**os.environ, "PYTHONPATH": str(ROOT), "KOPPELDESK_UWLR_URL": self.town.url, "KOPPELDESK_CONFIG": ""}

    def run(self, *words: str, who: str = "Anne:klantenservice") -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            self.command(*words, who=who),
            env=self.environment,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            check=False,
            timeout=60,
        )

    def json(self, *words: str, code: int = 0) -> Any:
        done = self.run(*words, "--json")
        assert done.returncode == code, done.stderr
        return json.loads(done.stdout)

    @property
    def school(self) -> SchoolId:
        return self.town.schools[0]

    def file(self, folder: Path, *lines: str) -> str:
        path = folder / "toetsen.csv"
        head = "brin;leerling;toets;versie;afnamedatum;score"
        path.write_text("".join(f"{line}\r\n" for line in (head, *lines)), encoding="utf-8-sig")
        return str(path)


@pytest.fixture
async def shell(tmp_path: Path, parnassys: Simulator, request: pytest.FixtureRequest) -> Shell:
    name = hashlib.sha256(request.node.name.encode()).hexdigest()[:12]
    return Shell(await a_town(tmp_path / "data", parnassys.world(name), schools=2, pupils=3, chance=random.Random(1)))


def test_a_file_with_mistakes_is_refused_by_line_and_column_and_stores_nothing(shell: Shell, tmp_path: Path) -> None:
    before = shell.json("results", "status", str(shell.school))["counts"]
    wrong = shell.file(tmp_path, f"{shell.school};p1;BOOM-TL-35;2026;2026-11-03;99", f"{shell.school};nul;X;1;x;1")
    done = shell.run("results", "import", wrong)
    assert done.returncode == 2
    assert "regel 2, score: 99 ligt niet tussen 0 en 40" in done.stdout + done.stderr
    assert shell.json("results", "import", wrong, code=2)["problems"][1]["column"] == "leerling"
    half = Path(wrong)
    half.write_bytes(half.read_bytes()[:-20])
    assert shell.run("results", "import", wrong).returncode == 2
    assert shell.run("results", "import", str(tmp_path / "nergens.csv")).returncode == 2
    assert shell.json("results", "status", str(shell.school))["counts"] == before


def test_a_night_from_the_command_line_and_what_is_told_of_it(shell: Shell) -> None:
    # 1: the town has no groups and teachers, so ParnasSys' own wait for a person.
    night = shell.json("nightly", "--school", str(shell.school), code=1)
    assert night["planned"] == night["done"] == 1 and night["confirmed"] == 9
    status = shell.json("results", "status", str(shell.school))
    assert status["counts"]["bevestigd"] == 9 and len(status["results"]) == 9
    key = status["results"][0]["key"]
    assert [s["state"] for s in shell.json("results", "history", str(shell.school), key)["steps"]][-1] == "bevestigd"
    (last,) = shell.json("nightly", "--last", "3")
    assert last["night"] == night["night"]
    (alone,) = shell.json("nightly", "--last", "1")
    assert alone["night"] == night["night"] and len(alone["results"]) == 1
    assert str(shell.school) in shell.run("nightly", "--last", "1").stdout


def test_a_score_with_another_child_is_told_and_said_to_be_removed(shell: Shell) -> None:
    school = str(shell.school)
    shell.json("nightly", "--school", school, code=1)
    taking = sorted({entry.result.pupil for entry in shell.town.office.store.ledger(shell.school).read()})
    with shell.town.office.store.record(shell.school).edit() as draft:
        assert draft.value is not None
        first, second = (next(p for p in draft.value.register.pupils if p.id == id_) for id_ in taking[:2])
        swapped = {first.id: replace(first, linked=second.linked), second.id: replace(second, linked=first.linked)}
        pupils = tuple(swapped.get(one.id, one) for one in draft.value.register.pupils)
        draft.value = replace(draft.value, register=replace(draft.value.register, pupils=pupils))
    night = shell.json("nightly", "--school", school, code=1)
    assert night["results"][0]["elsewhere"] == 6 and night["causes"][0]["results"] == 6
    found = shell.json("results", "elsewhere", school, code=1)
    assert {row["pupil"] for row in found} == set(taking[:2]) and all(row["places"] for row in found)
    shown = shell.run("results", "elsewhere", school)
    assert shown.returncode == 1 and "staat misschien bij" in shown.stdout
    assert "6 scores staan in ParnasSys misschien bij een ander kind" in shell.run("results", "status", school).stdout
    assert shell.run("results", "removed", school).returncode == 2
    assert shell.run("results", "removed", school, "kd-onbekend").returncode == 3
    assert shell.json("results", "removed", school, found[0]["key"])["removed"] == 1
    assert len(shell.json("results", "elsewhere", school, code=1)) == 5


def test_a_previous_school_year_asks_for_the_brin(shell: Shell) -> None:
    year = str(SchoolYear.of(shell.town.office.clock.now().date()).previous)
    asked = shell.run("results", "resend", str(shell.school), "--school-year", year)
    assert asked.returncode == 3 and shell.school.brin in asked.stderr
    done = shell.json("results", "resend", str(shell.school), "--school-year", year, "--confirm", shell.school.brin)
    assert done["results"] == 0
    assert shell.run("results", "resend", str(shell.school), "--school-year", "2020-2021").returncode == 3
    assert shell.run("results", "resend", str(shell.school), "--school-year", "vorig").returncode == 2


@pytest.mark.parametrize(
    "words", [["--concurrency", "0"], ["--until", "straks"], ["--last", "0"], ["--last", "-1"], ["--school", "geen"]]
)
def test_wrong_usage_of_the_night_is_told(shell: Shell, words: list[str]) -> None:
    assert shell.run("nightly", *words).returncode == 2


def test_a_reader_may_not_run_a_night(shell: Shell) -> None:
    assert shell.run("nightly", who="Lies:lezer").returncode == 3


def test_an_interrupted_night_ends_after_the_messages_in_flight_and_goes_on_later(shell: Shell) -> None:
    trouble = {"soort": "traag", "seconden": 2.0, "operatie": "BrengLeerresultaten", "keren": None}
    httpx.post(f"{shell.town.url}/_sim/storingen", json=trouble).raise_for_status()
    command = shell.command("nightly", "--concurrency", "1", "--json", who="nacht:automaat")
    with subprocess.Popen(command, env=shell.environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as run:
        _wait_for_a_message(shell)
        run.send_signal(signal.SIGINT)
        out, _err = run.communicate(timeout=60)
    assert run.returncode == 130
    night = json.loads(out)
    assert night["confirmed"] == 9 and night["endings"]["niet aan toe gekomen"] == 1
    httpx.delete(f"{shell.town.url}/_sim/storingen").raise_for_status()
    resumed = shell.json("nightly", code=1)
    assert resumed["night"] == night["night"] and resumed["confirmed"] == 18


def _wait_for_a_message(shell: Shell) -> None:
    """Return when a message of results is under way."""
    for _look in range(600):
        ledgers = [shell.town.office.store.ledger(school).read() for school in shell.town.schools]
        if any(entry.state == "onderweg" for ledger in ledgers for entry in ledger):
            return
        time.sleep(0.05)
    raise AssertionError("no message left")
