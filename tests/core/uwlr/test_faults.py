"""Whatever ParnasSys answers instead of data becomes the error of whoever must act."""

from __future__ import annotations

import httpx
import pytest
import respx

from core.errors import (
    AnswerLost,
    ContentRefused,
    KoppeldeskError,
    SchoolMustAct,
    TryLater,
    UnreadableReply,
    WeMustAct,
)
from core.uwlr.client import Uwlr
from core.wire.faults import FaultCode

from .calling import PAGE, PUPILS, RESULTS, fault, xml
from .samples import ADDRESS, FIXTURES, a_message

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


@respx.mock
async def test_the_error_texts_hold_no_text_of_the_other_side(client: Uwlr) -> None:
    body = fault(FaultCode.INTERNAL).replace(
        b"Er is een interne fout opgetreden.", b"NullPointer bij Fien van den Berg"
    )
    respx.post(PUPILS).mock(return_value=xml(body, 500))
    with pytest.raises(TryLater) as refused:
        await client.pull(ADDRESS)
    assert "Fien" not in str(refused.value)


def test_the_documentation_names_every_fault() -> None:
    text = (FIXTURES.parents[1] / "docs" / "uwlr.md").read_text()
    assert [code for code in FaultCode if f"`{code.value}`" not in text] == []
