"""One call: composed, checked, sent, recorded and understood; in the highest version that ParnasSys takes."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

import httpx
from lxml import etree

from core.clock import Clock
from core.errors import Damaged, KoppeldeskError, UnreadableReply, WeMustAct
from core.language import _
from core.model import LinkAddress
from core.settings import Las
from core.uwlr import outgoing, status
from core.uwlr.envelope import Credentials, Fault, wrap
from core.uwlr.faults import error_for
from core.uwlr.record import Exchange, Forgetful, Recorder, storable
from core.uwlr.transport import Limits, Reply, post
from core.wire.faults import FaultCode
from core.wire.names import Operation, Service, Version

AT_ONCE = 10
"""Calls at once; more made the same work slower when it was measured. The time of a call starts when its turn comes."""

T = TypeVar("T")

Content = Callable[[Version], etree._Element]
"""Makes the body of the request in the version that is going to be tried."""
Reader = Callable[[Reply, Version], T | Fault]
"""Reads the body of the reply; raises UnreadableReply."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """What to ask, of whom."""

    address: LinkAddress
    operation: Operation
    content: Content
    refusal: type[WeMustAct] = WeMustAct
    """What to raise when our own message turns out not to be valid."""


class Caller:
    """Makes calls over one HTTP client. Remembers per service which version was accepted."""

    def __init__(self, settings: Las, clock: Clock, http: httpx.AsyncClient, recorder: Recorder) -> None:
        self._settings = settings
        self._clock = clock
        self._http = http
        self._recorder = recorder
        self._limits = Limits(seconds=settings.timeout_seconds, answer_bytes=settings.max_answer_bytes)
        self._turns = asyncio.Semaphore(AT_ONCE)
        self._versions: dict[Service, Version] = {}

    async def call(self, call: Call, read: Reader[T]) -> T:
        """Make the call and return what `read` made of the reply.

        Asks in 2.3, and again in 2.2 when that is refused. Raises the errors of `faults`, `status` and `transport`.
        """
        service = call.operation.service
        answer = await self._exchange(call, self._versions.get(service, Version.V2_3), read)
        if isinstance(answer, Fault) and answer.code == FaultCode.INVALID_VERSION and service not in self._versions:
            answer = await self._exchange(call, Version.V2_2, read)
            if not isinstance(answer, Fault):
                self._versions[service] = Version.V2_2
        if isinstance(answer, Fault):
            raise error_for(answer, results=service is Service.RESULTS)
        return answer

    async def _exchange(self, call: Call, version: Version, read: Reader[T]) -> T | Fault:
        request = await self._composed(call, version)
        async with self._turns:
            return await self._send(call, version, request, read)

    async def _send(self, call: Call, version: Version, request: bytes, read: Reader[T]) -> T | Fault:
        sent = self._clock.now()
        reply: Reply | None = None
        try:
            reply = await post(self._http, self._url(call), request, call.operation.soap_action, self._limits)
            answer = _understood(reply, version, read)
        except KoppeldeskError as error:
            await self._record(call, version, sent, request, reply, error.what)
            raise
        outcome = answer.code if isinstance(answer, Fault) else _("gelukt")
        await self._record(call, version, sent, request, reply, outcome)
        return answer

    async def _composed(self, call: Call, version: Version) -> bytes:
        """Compose the request; one of results in a thread, as a school's night takes long enough to hold up others."""
        if call.operation.service is Service.RESULTS:
            return await asyncio.to_thread(self._compose, call, version)
        return self._compose(call, version)

    def _compose(self, call: Call, version: Version) -> bytes:
        credentials = Credentials(
            klantnaam=self._settings.klantnaam, klantcode=self._settings.klantcode, key=call.address.key
        )
        try:
            envelope = wrap(credentials, call.content(version))
        except ValueError as error:
            # lxml takes no control characters.
            raise outgoing.invalid("/", _("een teken dat in XML niet mag"), call.refusal) from error
        return outgoing.checked(envelope, call.operation.service, version, call.refusal)

    def _url(self, call: Call) -> str:
        if not self._settings.url:
            raise Damaged(
                _("Er is geen adres van ParnasSys ingesteld; er is niets verzonden."),
                todo=_("Zet las.url in het instellingenbestand of KOPPELDESK_UWLR_URL."),
            )
        return self._settings.url.rstrip("/") + call.operation.service.path

    async def _record(
        self, call: Call, version: Version, sent: datetime, request: bytes, reply: Reply | None, outcome: str
    ) -> None:
        """Have the exchange kept, in a thread: emptying and storing a message must not hold up other schools."""
        if isinstance(self._recorder, Forgetful):
            return
        took = self._clock.now() - sent

        def keep() -> None:
            self._recorder.record(
                Exchange(
                    at=sent,
                    took=took,
                    school=call.address.school,
                    operation=call.operation.name,
                    version=version.value,
                    status=reply.status if reply else None,
                    outcome=outcome,
                    request=storable(request),
                    answer=storable(reply.body) if reply else "",
                )
            )

        await asyncio.to_thread(keep)


def _understood(reply: Reply, version: Version, read: Reader[T]) -> T | Fault:
    """Read the reply: a SOAP message counts whatever the status, a status counts when there is no SOAP message."""
    if (wrong := status.refused_by(reply)) is not None and (300 <= reply.status < 400 or status.is_web_page(reply)):
        raise wrong
    if (page := status.not_a_message(reply)) is not None:
        raise page
    try:
        return read(reply, version)
    except UnreadableReply as unreadable:
        if wrong is not None:
            raise wrong from unreadable
        raise
