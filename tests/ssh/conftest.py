"""One open house for all tests of a worker; tests that need other limits open their own."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from core.desk.actor import Role
from core.desk.passes import Pass
from tests.ssh.house import House, a_key, a_pass, an_open_house

needs_ssh = pytest.mark.skipif(shutil.which("ssh") is None, reason="the OpenSSH client is not installed")


@pytest.fixture(scope="session")
def keys(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with throw-away keys: anne, jan and stranger."""
    if shutil.which("ssh-keygen") is None:
        pytest.skip("the OpenSSH client is not installed")
    folder = tmp_path_factory.mktemp("keys")
    for name in ("anne", "jan", "stranger"):
        a_key(folder, name)
    return folder


@pytest.fixture(scope="session")
def anne(keys: Path) -> Pass:
    """Support staff."""
    return a_pass(keys / "anne", "Anne de Wit")


@pytest.fixture(scope="session")
def jan(keys: Path) -> Pass:
    """Administrator of one school."""
    return a_pass(keys / "jan", "Jan Bos", Role.ADMINISTRATOR, "12AB")


@pytest.fixture(scope="session")
def house(tmp_path_factory: pytest.TempPathFactory, anne: Pass, jan: Pass) -> Iterator[House]:
    """A prewarmed front door where Anne and Jan come in."""
    with an_open_house(tmp_path_factory.mktemp("house"), warm=True) as house:
        house.admit(anne, jan)
        yield house
