"""What nobody foresaw is caught in one place: a named fault for a caller, a sentence for a reader, no inside shown."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import datetime

import httpx
import pytest

from core.wire import names
from simulator.app import build
from simulator.las import Beginning, Las
from simulator.options import Options
from simulator.worlds import Worlds


class Stopped(Las):
    """A ParnasSys whose clock is broken."""

    @property
    def now(self) -> datetime:
        """Never tell."""
        raise RuntimeError("de veer is gesprongen")


@pytest.fixture
async def client() -> AsyncIterator[httpx.AsyncClient]:
    """A caller of a broken ParnasSys."""
    worlds = Worlds(Beginning(), Options())
    worlds.by_name[""] = Stopped(Beginning(), Options())
    transport = httpx.ASGITransport(build(worlds, lambda: "vast"), raise_app_exceptions=False)
    async with httpx.AsyncClient(transport=transport, base_url="http://kapot") as caller:
        yield caller


async def test_a_caller_gets_an_internal_fault(client: httpx.AsyncClient) -> None:
    answer = await client.post(names.Service.PUPILS.path, content=b"<a/>")
    assert answer.status_code == 500
    assert b"soap:Server.InterneFout" in answer.content
    assert b"veer" not in answer.content


@pytest.mark.parametrize("path", ["/inloggen", "/_sim/health"])
async def test_a_reader_gets_a_sentence(client: httpx.AsyncClient, path: str) -> None:
    answer = await client.get(path)
    assert answer.status_code == 500
    assert "iets mis in de simulator" in answer.text
    assert "veer" not in answer.text
