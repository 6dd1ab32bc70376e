"""The whole workflow between two processes over real HTTP, and that the demo notices when a result does not arrive."""

from __future__ import annotations

import csv
import io
import json
import os
import re
import signal
import subprocess
import sys
from pathlib import Path

import httpx
import pytest

from core.model import SchoolId
from core.store.secrets import FileVault
from simulator.server import running_simulator

ROOT = Path(__file__).parents[2]


def demo(*words: str) -> subprocess.CompletedProcess[str]:
    """Run the headless demo as CI does."""
    return subprocess.run(
        [sys.executable, "-m", "tui", "demo", "--headless", "--json", *words],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
        timeout=110,
    )


def a_tested_pupil(school: str) -> str:
    """Return the ParnasSys key of a pupil that the test centre knows in year 5."""
    roster = csv.DictReader(io.StringIO(httpx.get(f"{school}/testcentrum").text.lstrip("\ufeff")), delimiter=";")
    tested = {row["id"] for row in roster if row["jaargroep"] == "5"}
    truth = httpx.get(f"{school}/waarheid").json()
    return str(next(one["sleutel"] for one in truth["leerlingen"] if one["testcentrum"] in tested))


@pytest.mark.parametrize("seed", [1, 2, 3, 4, 5])
def test_the_whole_workflow_ends_with_exactly_the_expected_results(seed: int) -> None:
    run = demo("--seed", str(seed))
    assert run.returncode == 0, run.stderr + run.stdout
    told = json.loads(run.stdout)
    assert told["goed"]
    assert "Externe nummers gewist" in [step["title"] for step in told["stappen"]]


def test_a_result_that_parnassys_never_gets_makes_the_demo_fail() -> None:
    with running_simulator(seed=1) as simulator:
        trouble = {"soort": "Client.LeerlingOngeldig", "operatie": "BrengLeerresultaten", "nde": 1, "keren": None}
        school = httpx.get(f"{simulator.url}/_sim/schools").json()[0]
        somebody = a_tested_pupil(f"{simulator.url}/_sim/schools/{school['brin']}")
        httpx.post(f"{simulator.url}/_sim/storingen", json={**trouble, "record": somebody}).raise_for_status()
        run = demo("--simulator", simulator.url)
    assert run.returncode == 1, run.stderr + run.stdout
    assert "ontbreken" in json.loads(run.stdout)["fouten"][0]


@pytest.mark.parametrize("number", [signal.SIGHUP, signal.SIGTERM])
def test_a_demo_whose_window_closes_leaves_no_world_and_no_key_behind(tmp_path: Path, number: signal.Signals) -> None:
    environ = {**os.environ, "PYTHONPATH": str(ROOT), "TMPDIR": str(tmp_path)}
    environ.pop("PYTHONUNBUFFERED", None)  # each step is told when it is done, also in a pipe
    process = subprocess.Popen(
        [sys.executable, "-m", "tui", "demo", "--headless"],
        env=environ,
        stdout=subprocess.PIPE,
        text=True,
    )
    with process:
        assert process.stdout is not None
        assert process.stdout.readline().startswith("✓")
        assert list(tmp_path.glob("koppeldesk-demo-*"))
        process.send_signal(number)
        assert process.wait(30) == 128 + number
    assert not list(tmp_path.glob("koppeldesk-demo-*"))


def test_no_log_of_a_whole_demo_holds_a_name_or_the_key(tmp_path: Path) -> None:
    run = demo("--seed", "2", "--dir", str(tmp_path))
    assert run.returncode == 0, run.stderr
    school = next((tmp_path / "schools").iterdir())
    held = [json.loads((school / name).read_bytes()) for name in ("record.json", "review.json")]
    [record] = [document["value"] for document in held[0]["record"].values()]
    staff = " ".join([school.name, run.stdout, json.dumps([record["school"], record["link"]["steps"]])])
    names = {word for name in _people(held) for word in re.findall(r"\w{4,}", name)} - set(re.findall(r"\w+", staff))
    assert len(names) > 200
    key = FileVault(tmp_path / "secret.key").open(SchoolId("12AB"), record["link"]["sealed_key"])
    logs = [*tmp_path.glob("*.jsonl"), *tmp_path.glob("nights/*"), *school.glob("decisions-*"), school / "ledger.json"]
    assert len(logs) > 6
    for log in logs:
        text = log.read_text("utf-8")
        assert not names & set(re.findall(r"\w+", text)), log.name
        assert key not in text
    assert key not in run.stdout + run.stderr
    assert not [path for path in tmp_path.rglob("*") if path.stat().st_mode & 0o077]


def _people(held: object) -> list[str]:
    """Return every name of a person in these documents."""
    match held:
        case dict():
            own = [str(held[part]) for part in ("surname", "call_name", "given_names") if held.get(part)]
            return own + [name for each in held.values() for name in _people(each)]
        case list():
            return [name for each in held for name in _people(each)]
        case _:
            return []
