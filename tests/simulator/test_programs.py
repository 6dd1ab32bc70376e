"""As programs and other projects use it: `koppeldesk simulator`, `python -m simulator`, the context manager, the plugin."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import httpx
import pytest

from simulator.server import running_simulator

ROOT = Path(__file__).parents[2]
ENVIRONMENT = {**os.environ, "PYTHONPATH": str(ROOT)}


@pytest.mark.parametrize("command", [["tui", "simulator", "--lenient"], ["simulator", "--lenient"]])
def test_the_program_prints_one_line_and_answers_until_it_is_interrupted(command: list[str]) -> None:
    words = [sys.executable, "-m", *command, "--port", "0", "--seed", "7", "--schools", "5"]
    with subprocess.Popen(
        words, cwd=ROOT, env=ENVIRONMENT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as run:
        assert run.stdout and run.stderr
        ready, _, url = run.stdout.readline().strip().partition(" ")
        assert ready == "ready"
        health = httpx.get(f"{url}/_sim/health").json()
        assert (health["seed"], health["scholen"]) == ("7", 5)
        assert httpx.get(f"{url}/_sim/instellingen").json()["soepel"] is True
        run.send_signal(signal.SIGINT)
        assert run.wait(20) == 130
        assert run.stdout.read() == ""
        assert "Traceback" not in run.stderr.read()


@pytest.mark.parametrize(
    "words", [["--scenario", "bestaat-niet"], ["--port", "70000"], ["--schools", "99999"], ["--schools", "0"]]
)
def test_a_beginning_that_cannot_be_is_refused_in_dutch(words: list[str]) -> None:
    run = subprocess.run(
        [sys.executable, "-m", "tui", "simulator", *words],
        cwd=ROOT,
        env=ENVIRONMENT,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert run.returncode == 2
    assert run.stdout == ""
    assert "Kies een ander" in run.stderr
    assert "Traceback" not in run.stderr


@pytest.mark.parametrize("command", [["tui", "simulator"], ["simulator"]])
def test_told_to_stop_is_no_failure(command: list[str]) -> None:
    words = [sys.executable, "-m", *command, "--port", "0", "--schools", "1"]
    with subprocess.Popen(words, cwd=ROOT, env=ENVIRONMENT, stdout=subprocess.PIPE, text=True) as run:
        assert run.stdout and run.stdout.readline().startswith("ready ")
        run.terminate()
        assert run.wait(20) == 0


def test_it_stops_when_its_standard_input_closes() -> None:
    run = subprocess.run(
        [sys.executable, "-m", "tui", "simulator", "--port", "0", "--until-eof"],
        cwd=ROOT,
        env=ENVIRONMENT,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert run.returncode == 0
    assert run.stdout.startswith("ready http://127.0.0.1:")


def test_a_port_in_use_is_told() -> None:
    with running_simulator() as simulator, pytest.raises(OSError, match="in use"):
        port = int(simulator.url.rpartition(":")[2])
        with running_simulator(port=port):
            pass


def test_after_the_block_nobody_listens() -> None:
    with running_simulator() as simulator:
        assert httpx.get(f"{simulator.url}/_sim/health").status_code == 200
    with pytest.raises(httpx.ConnectError):
        httpx.get(f"{simulator.url}/_sim/health")


def test_another_projects_tests_get_a_world_each(tmp_path: Path) -> None:
    tests = """
import httpx, pytest

@pytest.mark.parametrize("turn", [1, 2])
def test_mine(parnassys, turn):
    before = httpx.get(parnassys.url + "/_sim/tijd").json()["nu"]
    assert before.startswith("2026-11-23T08")
    httpx.post(parnassys.url + "/_sim/tijd", json={"dagen": 3})
"""
    (tmp_path / "test_elsewhere.py").write_text(tests)
    run = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "simulator.pytest_plugin", "-p", "no:cacheprovider", "."],
        cwd=tmp_path,
        env=ENVIRONMENT,
        capture_output=True,
        text=True,
        check=False,
        timeout=100,
    )
    assert "2 passed" in run.stdout, run.stdout + run.stderr
