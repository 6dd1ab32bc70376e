"""The client against golden answers, fault by fault and status by status (over respx: no socket)."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

import httpx
import pytest
import respx
from lxml import etree

from core.clock import AMSTERDAM
from core.errors import (
    AnswerLost,
    ContentRefused,
    Damaged,
    KoppeldeskError,
    SchoolMustAct,
    TryLater,
    UnreadableReply,
    WeMustAct,
)
from core.las import Las as LasPort
from core.las import NoData, NothingNew, Received
from core.scores.message import Courier
from core.settings import Las
from core.uwlr.client import Uwlr
from core.wire.faults import FaultCode

from .calling import GOOD, PAGE, PUPILS, QUICK, RESULTS, fault, xml
from .samples import ADDRESS, ARITHMETIC, NORMED, NOW, SCHOOL, Keeper, StoppedClock, a_message, golden


def ports(client: Uwlr) -> tuple[LasPort, Courier]:
    """The client is both ports: the type checker reads this."""
    return client, client


@respx.mock
async def test_a_pull_asks_as_the_standard_says_and_gives_the_roster(client: Uwlr) -> None:
    route = respx.post(PUPILS).mock(return_value=xml(GOOD))
    answer = await client.pull(ADDRESS)
    assert isinstance(answer, Received)
    assert [pupil.name.call_name for pupil in answer.roster.pupils] == ["Fien", "Ela Deniz", "Sé"]
    assert answer.roster.received == NOW
    request = route.calls.last.request
    assert request.headers["soapaction"] == '"HaalLeerlinggegevens"'
    assert request.headers["content-type"] == "text/xml; charset=utf-8"
    assert b"<autorisatiesleutel>" not in request.content
    assert b"99XX0voorbeeldsleutel</aut:autorisatiesleutel>" in request.content


@respx.mock
async def test_nothing_new_and_no_data_are_answers(client: Uwlr) -> None:
    respx.post(PUPILS).mock(return_value=xml(golden("antwoorden/HaalLeerlinggegevens-geenwijzigingen.xml")))
    assert await client.pull(ADDRESS, since=NOW) == NothingNew()
    respx.post(PUPILS).mock(return_value=xml(golden("antwoorden/HaalLeerlinggegevens-geengegevens.xml")))
    assert await client.pull(ADDRESS) == NoData()


@respx.mock
async def test_the_moment_of_the_last_answer_goes_along(client: Uwlr) -> None:
    route = respx.post(PUPILS).mock(return_value=xml(GOOD))
    await client.pull(ADDRESS, since=datetime(2026, 11, 23, 2, tzinfo=AMSTERDAM))
    body = route.calls.last.request.content
    assert b"<laatstontvangengegevens>2026-11-23T02:00:00+01:00</laatstontvangengegevens>" in body


@respx.mock
async def test_a_version_that_is_refused_is_followed_by_2_2_and_remembered(client: Uwlr) -> None:
    def las(request: httpx.Request) -> httpx.Response:
        old = b"<xsdversie>2.2</xsdversie>" in request.content
        return xml(golden("antwoorden/HaalLeerlinggegevens-lvs-2.2.xml")) if old else xml(fault(version), 500)

    version = FaultCode.INVALID_VERSION
    route = respx.post(PUPILS).mock(side_effect=las)
    for _again in range(2):
        answer = await client.pull(ADDRESS)
        assert isinstance(answer, Received)
        assert answer.roster.pupils[0].name.initials == "F."
    assert route.call_count == 3


@respx.mock
async def test_when_2_2_is_refused_as_well_we_must_act(client: Uwlr) -> None:
    route = respx.post(PUPILS).mock(return_value=xml(fault(FaultCode.INVALID_VERSION), 500))
    with pytest.raises(WeMustAct, match="UWLR-versie"):
        await client.pull(ADDRESS)
    assert route.call_count == 2


@respx.mock
async def test_a_probe_is_one_small_question(client: Uwlr) -> None:
    route = respx.post(PUPILS).mock(return_value=xml(golden("antwoorden/HaalLeerlinggegevens-geenwijzigingen.xml")))
    await client.probe(ADDRESS)
    assert b"laatstontvangengegevens" in route.calls.last.request.content
    respx.post(PUPILS).mock(return_value=xml(fault(FaultCode.INVALID_AUTHORISATION), 500))
    with pytest.raises(SchoolMustAct, match="autorisatiesleutel"):
        await client.probe(ADDRESS)


@respx.mock
async def test_a_confirmation_is_the_end_of_it(client: Uwlr) -> None:
    route = respx.post(RESULTS).mock(return_value=xml(golden("antwoorden/BrengLeerresultaten.xml")))
    await client.deliver(ADDRESS, a_message())
    assert route.calls.last.request.headers["soapaction"] == '"BrengLeerresultaten"'


@pytest.mark.parametrize(
    ("trouble", "expected"),
    [
        (httpx.ConnectError("x"), TryLater),
        (httpx.ConnectTimeout("x"), TryLater),
        (httpx.ReadTimeout("x"), AnswerLost),
        (httpx.ReadError("x"), AnswerLost),
        (httpx.RemoteProtocolError("x"), AnswerLost),
        (httpx.WriteError("x"), AnswerLost),
    ],
    ids=lambda value: type(value).__name__ if isinstance(value, Exception) else "",
)
@respx.mock
async def test_trouble_on_the_line_tells_whether_it_may_have_arrived(
    trouble: Exception, expected: type[KoppeldeskError], client: Uwlr
) -> None:
    respx.post(RESULTS).mock(side_effect=trouble)
    with pytest.raises(TryLater) as refused:
        await client.deliver(ADDRESS, a_message())
    assert type(refused.value) is expected


@respx.mock
async def test_a_pull_goes_through_when_the_trouble_is_over(client: Uwlr) -> None:
    respx.post(PUPILS).mock(side_effect=[httpx.ReadError("x"), xml(fault(FaultCode.UNAVAILABLE), 500), xml(GOOD)])
    assert isinstance(await client.pull(ADDRESS), Received)


async def test_without_an_address_nothing_leaves(keeper: Keeper) -> None:
    async with httpx.AsyncClient(verify=False) as http:
        client = Uwlr(Las(), StoppedClock(), http, recorder=keeper)
        with pytest.raises(Damaged, match="geen adres"):
            await client.pull(ADDRESS)


@pytest.mark.parametrize("url", ["las.example", "ftp://las.example", "https://", "https://[las"])
async def test_an_address_that_is_none_is_a_setting_to_mend(url: str) -> None:
    async with httpx.AsyncClient(verify=False) as http:
        with pytest.raises(KoppeldeskError):
            await Uwlr(Las(url=url), StoppedClock(), http, retries=QUICK).pull(ADDRESS)


async def test_what_xml_cannot_hold_never_leaves(client: Uwlr) -> None:
    message = replace(a_message((NORMED, ARITHMETIC)), comment="bel\x07")
    with pytest.raises(ContentRefused, match="niet verzonden"):
        await client.deliver(ADDRESS, message)


@respx.mock
async def test_every_exchange_is_recorded_without_keys_and_forbidden_fields(client: Uwlr, keeper: Keeper) -> None:
    respx.post(PUPILS).mock(return_value=xml(golden("scheef/verboden-velden.xml")))
    await client.pull(ADDRESS)
    respx.post(PUPILS).mock(return_value=xml(fault(FaultCode.INVALID_CLIENT), 500))
    with pytest.raises(WeMustAct):
        await client.pull(ADDRESS)
    respx.post(PUPILS).mock(return_value=httpx.Response(200, content=PAGE))
    with pytest.raises(UnreadableReply):
        await client.pull(ADDRESS)
    first, second, third = keeper.exchanges
    assert (first.school, first.operation, first.version, first.status) == (SCHOOL, "HaalLeerlinggegevens", "2.3", 200)
    assert (second.outcome, second.status) == ("Client.OngeldigeKlantIdentificatie", 500)
    assert "webpagina" in third.outcome
    assert "voorbeeldsleutel" not in first.request + first.answer
    assert "KOPPELDESK-DEMO" not in first.request
    assert "999990019" not in first.answer
    assert "<roepnaam>Fien</roepnaam>" in first.answer


def test_the_recorded_request_is_still_xml(keeper: Keeper) -> None:
    from core.uwlr.record import storable

    etree.fromstring(storable(golden("verzoeken/HaalLeerlinggegevens-2.2.xml")).encode())
