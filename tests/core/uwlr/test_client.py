"""The client against golden answers, fault by fault and status by status (over respx: no socket)."""

from __future__ import annotations

from collections.abc import AsyncIterator
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
from core.ports import Las as LasPort
from core.ports import NoData, NothingNew, Received
from core.scores.message import Courier
from core.settings import Las
from core.uwlr.client import Retries, Uwlr
from core.wire.faults import FaultCode

from .samples import ADDRESS, ARITHMETIC, FIXTURES, NORMED, NOW, SCHOOL, Keeper, StoppedClock, a_message, golden

BASE = "https://las.example"
PUPILS = f"{BASE}/services/v2/leerlinggegevens"
RESULTS = f"{BASE}/services/v2/leerresultaten"
GOOD = golden("antwoorden/HaalLeerlinggegevens-lvs-2.3.xml")
PAGE = golden("scheef/webpagina.html")
QUICK = Retries(attempts=3, first_wait=0.001, longest_wait=0.002)


@pytest.fixture
def keeper() -> Keeper:
    return Keeper()


@pytest.fixture
async def client(keeper: Keeper) -> AsyncIterator[Uwlr]:
    async with httpx.AsyncClient(verify=False) as http:
        yield Uwlr(Las(url=BASE), StoppedClock(), http, recorder=keeper, retries=QUICK)


def xml(body: bytes, status: int = 200) -> httpx.Response:
    return httpx.Response(status, content=body, headers={"content-type": "text/xml; charset=utf-8"})


def fault(code: str) -> bytes:
    return golden(f"fouten/{code}.xml")


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


EXPECTED: dict[FaultCode, type[KoppeldeskError]] = {
    FaultCode.INVALID_MESSAGE: WeMustAct,
    FaultCode.INVALID_CLIENT: WeMustAct,
    FaultCode.INVALID_AUTHORISATION: SchoolMustAct,
    FaultCode.INVALID_TERM: ContentRefused,
    FaultCode.INVALID_VERSION: WeMustAct,
    FaultCode.INVALID_PUPIL: ContentRefused,
    FaultCode.INVALID_NORMS: ContentRefused,
    FaultCode.INVALID_SCORE: ContentRefused,
    FaultCode.INVALID_OSO_RESULT: ContentRefused,
    FaultCode.INTERNAL: TryLater,
    FaultCode.UNAVAILABLE: TryLater,
}
FORMS = {
    "as it should be": (b"soap:", 500),
    "bare": (b"", 500),
    "on HTTP 200": (b"soap:", 200),
    "another prefix": (b"SOAP-ENV:", 400),
}


@pytest.mark.parametrize(("prefix", "status"), FORMS.values(), ids=FORMS)
@pytest.mark.parametrize("code", FaultCode)
@respx.mock
async def test_every_fault_in_every_form_is_its_error(
    code: FaultCode, prefix: bytes, status: int, client: Uwlr
) -> None:
    body = fault(code).replace(b"<faultcode>soap:", b"<faultcode>" + prefix)
    route = respx.post(PUPILS).mock(return_value=xml(body, status))
    with pytest.raises(KoppeldeskError) as refused:
        await client.pull(ADDRESS)
    assert type(refused.value) is EXPECTED[code]
    assert refused.value.reference == code.value
    assert refused.value.todo
    tries = {FaultCode.INVALID_VERSION: 2}.get(code, 3 if code.startswith("Server.") else 1)
    assert route.call_count == tries


@pytest.mark.parametrize("code", FaultCode)
@respx.mock
async def test_results_are_brought_in_one_attempt_and_refused_content_is_named(code: FaultCode, client: Uwlr) -> None:
    route = respx.post(RESULTS).mock(return_value=xml(fault(code), 500))
    with pytest.raises(KoppeldeskError) as refused:
        await client.deliver(ADDRESS, a_message())
    expected = ContentRefused if code is FaultCode.INVALID_MESSAGE else EXPECTED[code]
    assert type(refused.value) is expected
    assert route.call_count == (2 if code is FaultCode.INVALID_VERSION else 1)


@respx.mock
async def test_a_confirmation_is_the_end_of_it(client: Uwlr) -> None:
    route = respx.post(RESULTS).mock(return_value=xml(golden("antwoorden/BrengLeerresultaten.xml")))
    await client.deliver(ADDRESS, a_message())
    assert route.calls.last.request.headers["soapaction"] == '"BrengLeerresultaten"'


@pytest.mark.parametrize(
    ("code", "expected", "tries"),
    [
        ("Client.IetsNieuws", WeMustAct, 1),
        ("Server.IetsNieuws", TryLater, 3),
        ("", WeMustAct, 1),
        ("Client", WeMustAct, 1),
    ],
)
@respx.mock
async def test_an_unknown_fault_is_judged_by_its_first_word(
    code: str, expected: type[KoppeldeskError], tries: int, client: Uwlr
) -> None:
    body = fault("Client.OngeldigBericht").replace(b"soap:Client.OngeldigBericht", code.encode())
    route = respx.post(PUPILS).mock(return_value=xml(body, 500))
    with pytest.raises(expected):
        await client.pull(ADDRESS)
    assert route.call_count == tries


STATUSES: list[tuple[int, type[KoppeldeskError], type[KoppeldeskError]]] = [
    (200, UnreadableReply, AnswerLost),
    (301, WeMustAct, WeMustAct),
    (307, WeMustAct, WeMustAct),
    (401, WeMustAct, WeMustAct),
    (403, WeMustAct, WeMustAct),
    (404, WeMustAct, WeMustAct),
    (408, TryLater, TryLater),
    (413, ContentRefused, ContentRefused),
    (429, TryLater, TryLater),
    (500, AnswerLost, AnswerLost),
    (502, AnswerLost, AnswerLost),
    (503, TryLater, TryLater),
]


@pytest.mark.parametrize(("status", "of_pull", "of_results"), STATUSES)
@pytest.mark.parametrize("body", [PAGE, b"", b"upstream timed out"], ids=["a web page", "nothing", "text"])
@respx.mock
async def test_a_reply_that_is_no_message_is_judged_by_its_status(
    body: bytes, status: int, of_pull: type[KoppeldeskError], of_results: type[KoppeldeskError], client: Uwlr
) -> None:
    headers = {"content-type": "text/html", "location": "https://elders.example/"}
    response = httpx.Response(status, content=body, headers=headers)
    pupils = respx.post(PUPILS).mock(return_value=response)
    respx.post(RESULTS).mock(return_value=response)
    with pytest.raises(KoppeldeskError) as refused:
        await client.pull(ADDRESS)
    assert type(refused.value) is of_pull
    assert pupils.call_count == (3 if issubclass(of_pull, TryLater) else 1)
    with pytest.raises(KoppeldeskError) as refused:
        await client.deliver(ADDRESS, a_message())
    assert type(refused.value) is of_results


@respx.mock
async def test_a_web_page_is_called_a_web_page(client: Uwlr) -> None:
    respx.post(PUPILS).mock(return_value=httpx.Response(200, content=PAGE))
    with pytest.raises(UnreadableReply, match="een webpagina"):
        await client.pull(ADDRESS)


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


@respx.mock
async def test_the_error_texts_hold_no_text_of_the_other_side(client: Uwlr) -> None:
    body = fault(FaultCode.INTERNAL).replace(
        b"Er is een interne fout opgetreden.", b"NullPointer bij Fien van den Berg"
    )
    respx.post(PUPILS).mock(return_value=xml(body, 500))
    with pytest.raises(TryLater) as refused:
        await client.pull(ADDRESS)
    assert "Fien" not in str(refused.value)


def test_the_recorded_request_is_still_xml(keeper: Keeper) -> None:
    from core.uwlr.record import storable

    etree.fromstring(storable(golden("verzoeken/HaalLeerlinggegevens-2.2.xml")).encode())


def test_the_documentation_names_every_fault() -> None:
    text = (FIXTURES.parents[1] / "docs" / "uwlr.md").read_text()
    assert [code for code in FaultCode if f"`{code.value}`" not in text] == []
