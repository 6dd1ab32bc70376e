"""The composition root: settings in, a desk on real adapters out. Nothing heavy is loaded before it is used."""

from __future__ import annotations

import random
import secrets
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING

from core.clock import Clock, SystemClock
from core.desk import Desk
from core.desk.messages import StoredExchanges
from core.desk.office import Office
from core.las import PullAnswer, Supplier
from core.mail.post import PostOffice
from core.model import LinkAddress
from core.scores.message import ResultMessage
from core.settings import Settings
from core.store.secrets import FileVault
from core.store.tiny import TinyStore

if TYPE_CHECKING:
    from core.uwlr.client import Uwlr
    from core.uwlr.record import Recorder


def build_desk(
    settings: Settings,
    *,
    clock: Clock | None = None,
    chance: random.Random | None = None,
    supplier: Supplier | None = None,
) -> Desk:
    """Return the desk on the configured data folder, clock, post and line to ParnasSys; only a demo has a supplier."""
    time = clock or SystemClock()
    store = TinyStore(settings.data_folder)
    office = Office(
        settings=settings,
        clock=time,
        ids=RandomIds(),
        chance=chance or random.Random(),
        store=store,
        vault=FileVault(settings.secret_file),
        post=PostOffice(settings, time),
        las=Line(settings=settings, clock=time, recorder=StoredExchanges(store)),
        supplier=supplier,
    )
    return Desk(office)


class RandomIds:
    """Ids that nobody can guess and that never come back."""

    def new(self) -> str:
        """Return sixteen hexadecimal signs."""
        return secrets.token_hex(8)


@dataclass
class Line:
    """The line to ParnasSys: opened per call, or held open for many calls with `held`."""

    settings: Settings
    clock: Clock
    recorder: Recorder | None = None
    """Keeps the last message of each school; None = nobody does."""
    _client: Uwlr | None = field(default=None, repr=False)

    @asynccontextmanager
    async def held(self) -> AsyncIterator[Uwlr]:
        """Keep one client open for all calls made meanwhile."""
        if self._client is not None:
            yield self._client
            return
        from core.uwlr.client import uwlr

        async with uwlr(self.settings.las, self.clock, recorder=self.recorder) as client:
            self._client = client
            try:
                yield client
            finally:
                self._client = None

    async def pull(self, address: LinkAddress, *, since: datetime | None = None, staged: bool = False) -> PullAnswer:
        """Fetch groups, teachers and pupils."""
        async with self.held() as client:
            return await client.pull(address, since=since, staged=staged)

    async def probe(self, address: LinkAddress) -> None:
        """Return when ParnasSys accepts this key for this school."""
        async with self.held() as client:
            await client.probe(address)

    async def deliver(self, address: LinkAddress, message: ResultMessage) -> None:
        """Bring one message of results."""
        async with self.held() as client:
            await client.deliver(address, message)
