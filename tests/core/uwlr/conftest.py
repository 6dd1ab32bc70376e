"""A client of the wire that waits for nothing, and what it wrote down."""

from __future__ import annotations

from collections.abc import AsyncIterator

import httpx
import pytest

from core.settings import Las
from core.uwlr.client import Uwlr

from .calling import BASE, QUICK
from .samples import Keeper, StoppedClock


@pytest.fixture
def keeper() -> Keeper:
    return Keeper()


@pytest.fixture
async def client(keeper: Keeper) -> AsyncIterator[Uwlr]:
    async with httpx.AsyncClient(verify=False) as http:
        yield Uwlr(Las(url=BASE), StoppedClock(), http, recorder=keeper, retries=QUICK)
