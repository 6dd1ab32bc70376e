"""No module does work at import: importing any of ours opens no file for writing, no socket, and starts no process."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]

WATCHED = """
import sys
WORK = {"socket.connect", "socket.bind", "subprocess.Popen", "os.system", "os.mkdir", "os.remove", "os.rename"}
def watch(event, args):
    if event in WORK or (event == "open" and isinstance(args[1], str) and set(args[1]) & set("wax+")):
        raise SystemExit(f"work at import: {event}")
sys.dont_write_bytecode = True
import importlib, asyncio, concurrent.futures, multiprocessing
import asyncssh  # of others: looks for a system library when it is imported
sys.addaudithook(watch)
for name in sys.argv[1:]:
    importlib.import_module(name)
"""


def modules(package: str) -> list[str]:
    """Name every module of a package, the runnable `__main__` ones left out."""
    paths = sorted((ROOT / package).rglob("*.py"))
    names = (".".join(path.relative_to(ROOT).with_suffix("").parts) for path in paths)
    return [name.removesuffix(".__init__") for name in names if not name.endswith("__main__")]


@pytest.mark.parametrize("package", ["core", "tui", "simulator"])
def test_importing_a_package_does_no_work(package: str) -> None:
    run = subprocess.run(
        [sys.executable, "-c", WATCHED, *modules(package)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 0, run.stderr
