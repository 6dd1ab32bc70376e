"""For other projects' tests: `pytest -p simulator.pytest_plugin`, or `pytest_plugins = ["simulator.pytest_plugin"]`.

    def test_my_client(parnassys):
        fetch(parnassys.url)          # a world of this test's own

One server serves the whole test run; every test gets a world of its own on it, so tests never meet.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator

import httpx
import pytest

from simulator.server import Simulator, running_simulator


@pytest.fixture(scope="session")
def parnassys_server() -> Iterator[Simulator]:
    """A simulator that runs for the whole test run."""
    with running_simulator() as simulator:
        yield simulator


@pytest.fixture
def parnassys(parnassys_server: Simulator, request: pytest.FixtureRequest) -> Iterator[Simulator]:
    """A fresh world for this test alone; thrown away afterwards."""
    name = hashlib.sha256(request.node.nodeid.encode()).hexdigest()[:16]
    yield Simulator(url=parnassys_server.world(name))
    httpx.delete(f"{parnassys_server.url}/_sim/werelden/{name}")
