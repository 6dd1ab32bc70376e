"""The simulator's README keeps its word: its first call works as written, and what it names exists."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest

from simulator.trouble import TransportTrouble
from tests.simulator.callers import Caller

README = (Path(__file__).parents[2] / "simulator" / "README.md").read_text("utf-8")


@pytest.mark.skipif(not shutil.which("curl"), reason="this system has no curl")
def test_the_first_call_works_as_written(caller: Caller) -> None:
    script = README.split("```sh\n")[1].split("```")[0]
    lines = [line for line in script.splitlines() if not line.startswith("koppeldesk")]
    script = "\n".join(lines).replace("S=http://127.0.0.1:8088", f"S={caller.url}")
    run = subprocess.run(["bash", "-c", script], capture_output=True, text=True, check=True, timeout=60)
    assert "<leerlingen><leerling key=" in run.stdout


def test_every_path_it_names_is_in_the_api(caller: Caller) -> None:
    paths = caller.http.get("/_sim/openapi.json").json()["paths"]
    named = {path.rstrip("`") for path in re.findall(r"`(?:GET|POST|PATCH|DELETE) /_sim(/[^`\s]*)`", README)}
    assert len(named) > 8
    assert named <= set(paths)


def test_it_explains_every_mishap() -> None:
    assert [kind for kind in TransportTrouble if f"`{kind}`" not in README] == []
