"""One simulator for the tests of a folder, and a world of its own for each of them."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator

import httpx
import pytest

from simulator.server import Simulator, running_simulator
from tests.simulator.callers import Caller


@pytest.fixture(scope="session")
def simulator_server() -> Iterator[Simulator]:
    """One server for all tests that ask for it."""
    with running_simulator(seed=7, schools=6) as running:
        yield running


@pytest.fixture
def caller(simulator_server: Simulator, request: pytest.FixtureRequest) -> Iterator[Caller]:
    """A caller in a world of this test alone."""
    name = hashlib.sha256(request.node.nodeid.encode()).hexdigest()[:16]
    caller = Caller(simulator_server.world(name))
    with caller.http:
        yield caller
    httpx.delete(f"{simulator_server.url}/_sim/werelden/{name}")
