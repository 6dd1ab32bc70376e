"""ParnasSys as a port, over UWLR. Importing this costs httpx: import it where a client is made, not before."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime

import httpx
import stamina

from core.clock import Clock
from core.errors import AnswerLost, ContentRefused, Damaged, TryLater, UnreadableReply
from core.language import _
from core.las import NoData, NothingNew, PullAnswer, Received
from core.model import LinkAddress
from core.scores.message import ResultMessage
from core.settings import Las
from core.uwlr import answers, confirmations, staged
from core.uwlr.caller import AT_ONCE, Call, Caller
from core.uwlr.reading import Contents, Nothing, Unchanged
from core.uwlr.record import Forgetful, Recorder
from core.uwlr.requests import GroupSet, pupil_request
from core.uwlr.results import results_request
from core.uwlr.rosters import assemble
from core.wire.names import BRENG_LEERRESULTATEN, HAAL_LEERLINGGEGEVENS, Operation


@dataclass(frozen=True, slots=True, kw_only=True)
class Retries:
    """How often a pull is tried again when the trouble is temporary, in seconds."""

    attempts: int = 3
    first_wait: float = 0.5
    longest_wait: float = 8.0
    total: float = 30.0
    """No new attempt after this long: whoever waits at a screen waited for one time-out, not for three."""


@asynccontextmanager
async def uwlr(
    settings: Las, clock: Clock, *, recorder: Recorder | None = None, retries: Retries | None = None
) -> AsyncIterator[Uwlr]:
    """Open the one HTTP client that all calls go over, ten at once, and close it at the end.

    Raises Damaged when the machine's settings for certificates or a proxy cannot be used.
    """
    # A retry is no news for the terminal, where its log line would land otherwise.
    stamina.instrumentation.set_on_retry_hooks(())
    limits = httpx.Limits(max_connections=AT_ONCE, max_keepalive_connections=AT_ONCE)
    # A proxy in the environment is honoured, but never for a simulator on this machine.
    nearby: dict[str, httpx.AsyncBaseTransport | None] = {"all://127.0.0.1": None, "all://localhost": None}
    try:
        http = httpx.AsyncClient(limits=limits, mounts=nearby)
    except (OSError, ValueError, ImportError) as error:
        raise Damaged(
            _("Met de certificaten of de proxy die op deze machine zijn ingesteld kan niet worden gebeld."),
            todo=_("Controleer de variabelen SSL_CERT_FILE, SSL_CERT_DIR, HTTPS_PROXY, HTTP_PROXY en ALL_PROXY."),
            reference=type(error).__name__,
        ) from error
    async with http:
        yield Uwlr(settings, clock, http, recorder=recorder, retries=retries)


class Uwlr:
    """The client: `core.las.Las` for pupil data and `core.scores.message.Courier` for results."""

    def __init__(
        self,
        settings: Las,
        clock: Clock,
        http: httpx.AsyncClient,
        *,
        recorder: Recorder | None = None,
        retries: Retries | None = None,
    ) -> None:
        self._clock = clock
        self._caller = Caller(settings, clock, http, recorder or Forgetful())
        self._retries = retries or Retries()

    async def pull(self, address: LinkAddress, *, since: datetime | None = None, staged: bool = False) -> PullAnswer:
        """Fetch groups, teachers and pupils: all in one, or `staged`.

        Tries again a few times when the trouble is temporary. Raises SchoolMustAct, WeMustAct, TryLater or
        UnreadableReply; nothing is stored here.
        """
        fetch = self._fetch_staged if staged else self._fetch
        async for attempt in stamina.retry_context(
            on=TryLater,
            attempts=self._retries.attempts,
            wait_initial=self._retries.first_wait,
            wait_max=self._retries.longest_wait,
            timeout=self._retries.total,
        ):
            with attempt:
                found = await fetch(address, since)
        match found:
            case Unchanged():
                return NothingNew()
            case Nothing():
                return NoData()
        return Received(roster=assemble(found, address.school, address.school_year, self._clock.now(), since=since))

    async def probe(self, address: LinkAddress) -> None:
        """Return when ParnasSys accepts this key for this school: asks for what changed since this moment."""
        await self._ask(address, HAAL_LEERLINGGEGEVENS, self._clock.now(), None)

    async def deliver(self, address: LinkAddress, message: ResultMessage) -> None:
        """Bring one message of results, in one attempt; see `Courier.deliver` for the errors."""
        call = Call(
            address=address,
            operation=BRENG_LEERRESULTATEN,
            content=lambda version: results_request(message, version),
            refusal=ContentRefused,
        )
        try:
            await self._caller.call(call, lambda reply, _v: confirmations.read(reply.body, charset=reply.charset))
        except UnreadableReply as error:
            raise AnswerLost(
                _("ParnasSys antwoordde op de resultaten met iets onleesbaars."),
                todo=_("De resultaten gaan later nog eens, onder dezelfde kenmerken."),
            ) from error

    async def _fetch(self, address: LinkAddress, since: datetime | None) -> list[Contents] | Unchanged | Nothing:
        answer = await self._ask(address, HAAL_LEERLINGGEGEVENS, since, None)
        return [answer] if isinstance(answer, Contents) else answer

    async def _fetch_staged(self, address: LinkAddress, since: datetime | None) -> list[Contents] | Unchanged | Nothing:
        return await staged.fetch(
            lambda operation, moment, groups: self._ask(address, operation, moment, groups), since
        )

    async def _ask(
        self, address: LinkAddress, operation: Operation, since: datetime | None, of: GroupSet | None
    ) -> staged.Part:
        call = Call(
            address=address,
            operation=operation,
            content=lambda version: pupil_request(
                operation, version, address.school, address.school_year, since=since, of=of
            ),
        )
        return await self._caller.call(
            call, lambda reply, version: answers.read(reply.body, operation, version, charset=reply.charset)
        )
