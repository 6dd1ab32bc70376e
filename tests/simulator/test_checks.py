"""The vendor's order of checks (uwlr.md §5.3): header, request, client, key and school."""

from __future__ import annotations

import pytest

from core.wire import names
from tests.simulator.callers import LL, Caller, read_answer

PUPILS = names.Service.PUPILS
NOT_AUTHORISED = "Client.AutorisatieOngeldig"


def test_without_a_header_the_call_is_not_authorised_even_when_the_body_is_wrong(caller: Caller) -> None:
    assert caller.post(PUPILS, f'<leerlinggegevens_verzoek xmlns="{LL}"/>', header="").code == NOT_AUTHORISED


@pytest.mark.parametrize("field", ["autorisatiesleutel", "klantnaam", "klantcode"])
def test_each_value_of_the_header_is_there_once_and_not_empty(caller: Caller, field: str) -> None:
    school = caller.first_school()
    caller.link(school)
    good = caller.header()
    start, end = f"<a:{field}>", f"</a:{field}>"
    before, _, rest = good.partition(start)
    value, _, after = rest.partition(end)
    for wrong in (f"{before}{after}", f"{before}{start}{end}{after}", good.replace(end, f"{end}{start}{value}{end}")):
        assert caller.post(PUPILS, request(school), header=wrong).code == NOT_AUTHORISED
    assert caller.post(PUPILS, request(school), header=good).code == ""


def request(school: str, *, version: str = "2.3", year: str = "2026-2027") -> str:
    """Write a request for all pupil data."""
    return (
        f'<leerlinggegevens_verzoek xmlns="{LL}"><schooljaar>{year}</schooljaar><brincode>{school[:4]}</brincode>'
        f"<dependancecode>{school[5:]}</dependancecode><xsdversie>{version}</xsdversie></leerlinggegevens_verzoek>"
    )


def test_the_version_is_checked_before_the_client_and_the_client_before_the_key(caller: Caller) -> None:
    school = caller.first_school()
    caller.key, caller.client = "onbekend", "Een ander"
    assert caller.post(PUPILS, request(school, version="9.9")).code == "Client.XsdVersieOngeldig"
    assert caller.post(PUPILS, request(school)).code == "Client.OngeldigeKlantIdentificatie"
    caller.client = "Boom test onderwijs"
    assert caller.post(PUPILS, request(school)).code == NOT_AUTHORISED


@pytest.mark.parametrize("year", ["", "2026-2031", "2026", "2026/2027"])
def test_a_school_year_is_two_years_in_a_row(caller: Caller, year: str) -> None:
    school = caller.first_school()
    caller.link(school)
    assert caller.post(PUPILS, request(school, year=year)).code == "Client.OngeldigBericht"


def test_a_server_without_2_3_lets_a_client_fall_back(caller: Caller) -> None:
    school = caller.first_school()
    caller.link(school)
    caller.control("PATCH", "/instellingen", versies=["2.1", "2.2"])
    assert caller.pull(school, version="2.3").code == "Client.XsdVersieOngeldig"
    assert caller.pull(school, version="2.2").code == ""


@pytest.mark.parametrize("action", ["HaalLeerlinggegevens", '"HaalLeerlinggegevens"', "", '""'])
def test_the_soap_action_may_be_quoted_bare_or_empty(caller: Caller, action: str) -> None:
    school = caller.first_school()
    caller.link(school)
    assert caller.post(PUPILS, request(school), action=action).code == ""


def test_a_soap_action_of_another_operation_is_refused(caller: Caller) -> None:
    school = caller.first_school()
    caller.link(school)
    assert caller.post(PUPILS, request(school), action='"BrengLeerresultaten"').code == "Client.OngeldigBericht"


@pytest.mark.parametrize(
    "message",
    [
        b"",
        b"niet eens xml",
        b"<html><body>hallo</body></html>",
        b'<!DOCTYPE a [<!ENTITY x "y">]><a>&x;</a>',
        f'<e:Envelope xmlns:e="{names.SOAP}"/>'.encode(),
        f'<e:Envelope xmlns:e="{names.SOAP}"><e:Body/></e:Envelope>'.encode(),
        f'<e:Envelope xmlns:e="{names.SOAP}"><e:Body><vreemd/></e:Body></e:Envelope>'.encode(),
        b'<?xml version="1.0" encoding="UTF-16"?><a/>',
        ("<a>" * 3000).encode(),
    ],
)
def test_what_is_not_uwlr_is_an_invalid_message_and_the_reason_stands_in_the_journal(
    caller: Caller, message: bytes
) -> None:
    answered = caller.raw(PUPILS, message)
    assert (answered.status, answered.code) == (500, "Client.OngeldigBericht")
    assert caller.control("GET", "/journaal")[-1]["reden"]


def test_the_fault_tells_the_peer_no_reason(caller: Caller) -> None:
    answered = caller.pull(caller.first_school())
    assert answered.body.tag == f"{{{names.SOAP}}}Fault"
    assert [child.tag for child in answered.body] == ["faultcode", "faultstring"]
    assert "sleutel" not in answered.raw.decode()
    assert b"<faultcode>soap:Client." in answered.raw


@pytest.mark.parametrize("charset", ["iso-8859-1", "windows-1252", '"ISO-8859-15"'])
def test_the_header_tells_the_charset_of_a_message_that_does_not(caller: Caller, charset: str) -> None:
    caller.client = "Café Boom"
    school = caller.first_school()
    caller.link(school)
    caller.http.headers["content-type"] = f"text/xml; charset={charset}"
    body = (
        f'<leerlinggegevens_verzoek xmlns="{LL}"><schooljaar>2026-2027</schooljaar>'
        f"<brincode>{school[:4]}</brincode><xsdversie>2.3</xsdversie></leerlinggegevens_verzoek>"
    )
    message = (
        f'<e:Envelope xmlns:e="{names.SOAP}"><e:Header>{caller.header()}</e:Header><e:Body>{body}</e:Body></e:Envelope>'
    )
    answered = read_answer(caller.http.post(PUPILS.path, content=message.encode("latin-1")))
    assert answered.code == "Client.OngeldigeKlantIdentificatie"


@pytest.mark.parametrize("written", ["<![CDATA[{key}]]>", "<!-- a -->{key}", "{key}"])
def test_the_journal_keeps_no_key_however_it_is_written(caller: Caller, written: str) -> None:
    school = caller.first_school()
    key = caller.link(school)
    header = caller.header().replace(key, written.format(key=key))
    caller.post(PUPILS, "<vreemd/>", header=header)
    number = caller.control("GET", "/journaal")[-1]["nummer"]
    kept = caller.http.get(f"/_sim/journaal/{number}/bericht").text
    assert "autorisatiesleutel" in kept
    assert key not in kept
