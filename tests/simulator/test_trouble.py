"""Planned mishaps: a closed set, each seen on the wire, striking exactly the calls they are planned for."""

from __future__ import annotations

from contextlib import suppress

import httpx
import pytest

from core.wire import names
from core.wire.faults import FaultCode
from simulator.trouble import TransportTrouble
from tests.simulator.callers import Caller, a_result, a_sitting


@pytest.fixture
def school(caller: Caller) -> str:
    """A school with a key."""
    name = caller.first_school()
    caller.link(name)
    return name


def fetch(caller: Caller, school: str) -> httpx.Response:
    """Ask for all pupil data, and return the bare HTTP answer."""
    body = (
        f'<leerlinggegevens_verzoek xmlns="{names.LEERLINGGEGEVENS}"><schooljaar>2026-2027</schooljaar>'
        f"<brincode>{school[:4]}</brincode><dependancecode>{school[5:]}</dependancecode><xsdversie>2.3</xsdversie>"
        "</leerlinggegevens_verzoek>"
    )
    message = (
        f'<e:Envelope xmlns:e="{names.SOAP}"><e:Header>{caller.header()}</e:Header><e:Body>{body}</e:Body></e:Envelope>'
    )
    return caller.http.post(names.Service.PUPILS.path, content=message)


@pytest.mark.parametrize("code", list(FaultCode))
def test_every_uwlr_fault_can_be_provoked_once(caller: Caller, school: str, code: FaultCode) -> None:
    caller.control("POST", "/storingen", soort=code)
    answered = caller.pull(school)
    assert (answered.status, answered.code) == (500, code)
    assert caller.pull(school).code == ""


def test_a_connection_can_be_reset_before_the_message_is_read(caller: Caller, school: str) -> None:
    caller.control("POST", "/storingen", soort="reset")
    with pytest.raises(httpx.ReadError):
        fetch(caller, school)
    assert fetch(caller, school).status_code == 200


def test_an_answer_can_be_lost_after_the_message_was_processed(caller: Caller, school: str) -> None:
    pupil = caller.pupil_keys(school)[0]
    caller.control("POST", "/storingen", soort="antwoord-kwijt", operatie="BrengLeerresultaten")
    with pytest.raises(httpx.ReadError):
        caller.bring(school, a_sitting(pupil, a_result("r1")))
    assert caller.results(school)["aantal"] == 1
    last = caller.control("GET", "/journaal")[-1]
    assert (last["uitkomst"], last["storing"]) == ("bevestiging", "antwoord-kwijt")


@pytest.mark.parametrize("kind", ["reset", "leeg", "rommel", "503", "html", "omleiding", "fout-op-200"])
def test_other_mishaps_leave_nothing_stored(caller: Caller, school: str, kind: str) -> None:
    pupil = caller.pupil_keys(school)[0]
    caller.control("POST", "/storingen", soort=kind)
    with suppress(httpx.TransportError, SyntaxError):
        caller.bring(school, a_sitting(pupil, a_result("r1")))
    assert caller.results(school)["aantal"] == 0
    assert caller.control("GET", "/journaal")[-1]["uitkomst"] == kind


def test_an_answer_can_stop_half_way(caller: Caller, school: str) -> None:
    caller.control("POST", "/storingen", soort="afgekapt")
    with pytest.raises(httpx.RemoteProtocolError):
        fetch(caller, school)


def test_a_slow_answer_is_whole_in_the_end(caller: Caller, school: str) -> None:
    whole = fetch(caller, school).content
    caller.control("POST", "/storingen", soort="traag", seconden=0.2)
    assert fetch(caller, school).content == whole


def test_an_answer_can_lack_a_group_and_still_be_valid(caller: Caller, school: str) -> None:
    whole = caller.pull(school)
    caller.control("POST", "/storingen", soort="groep-ontbreekt")
    partly = caller.pull(school)
    partly.assert_valid()
    assert 0 < len(partly.keys("leerling")) < len(whole.keys("leerling"))
    assert caller.pull(school).raw == whole.raw


SEEN_ON_THE_WIRE = {
    TransportTrouble.EMPTY: (200, b"", "text/xml"),
    TransportTrouble.UNAVAILABLE: (503, b"Service", "text/plain"),
    TransportTrouble.HTML: (200, b"<!doctype html>", "text/html"),
    TransportTrouble.REDIRECT: (302, b"", ""),
    TransportTrouble.FAULT_ON_200: (200, b"<?xml", "text/xml"),
    TransportTrouble.BARE_FAULT_CODE: (500, b"<?xml", "text/xml"),
    TransportTrouble.WRONG_CHARSET: (200, b"<?xml", "text/xml"),
    TransportTrouble.GARBAGE: (200, b"", "text/xml"),
}


@pytest.mark.parametrize("kind", list(SEEN_ON_THE_WIRE))
def test_mishaps_with_an_answer_look_like_the_real_thing(caller: Caller, school: str, kind: TransportTrouble) -> None:
    caller.control("POST", "/storingen", soort=kind)
    status, start, media_type = SEEN_ON_THE_WIRE[kind]
    response = fetch(caller, school)
    assert response.status_code == status
    assert response.content.startswith(start)
    assert response.headers.get("content-type", "").startswith(media_type)


def test_bare_codes_and_wrong_charsets_are_what_they_say(caller: Caller, school: str) -> None:
    caller.control("POST", "/storingen", soort="kale-foutcode")
    assert b"<faultcode>Server.InterneFout</faultcode>" in fetch(caller, school).content
    right = fetch(caller, school).content
    caller.control("POST", "/storingen", soort="verkeerde-tekenset")
    wrong = fetch(caller, school).content
    assert wrong == right.decode().encode("latin-1", "replace")
    assert wrong != right


def test_trouble_strikes_the_nth_call_of_one_operation_and_school(caller: Caller, school: str) -> None:
    other = caller.first_school(1)
    caller.key = caller.control("POST", f"/schools/{school}/koppeling/sleutel", ook=[other])["autorisatiesleutel"]
    caller.control(
        "POST", "/storingen", soort="Server.InterneFout", operatie="HaalStructuur", school=school, nde=2, keren=2
    )
    outcomes = [caller.pull(school, names.HAAL_STRUCTUUR).code for _ in range(4)]
    assert outcomes == ["", "Server.InterneFout", "Server.InterneFout", ""]
    assert caller.pull(other, names.HAAL_STRUCTUUR).code == ""
    assert caller.pull(school).code == ""


def test_trouble_strikes_the_calls_that_mention_a_record(caller: Caller, school: str) -> None:
    first, second = caller.pupil_keys(school)[:2]
    caller.control("POST", "/storingen", soort="Client.LeerlingOngeldig", record=second, keren=None)
    sittings = [a_sitting(first, a_result("r1")), a_sitting(second, a_result("r2"))]
    codes = [
        caller.bring(school, sitting, created=f"2026-11-23T09:00:0{place}Z").code
        for place, sitting in enumerate([*sittings, sittings[1]])
    ]
    assert codes == ["", "Client.LeerlingOngeldig", "Client.LeerlingOngeldig"]


def test_trouble_can_be_called_off(caller: Caller, school: str) -> None:
    number = caller.control("POST", "/storingen", soort="reset", keren=None)["nummer"]
    caller.control("POST", "/storingen", soort="html", keren=None)
    caller.control("DELETE", f"/storingen/{number}")
    assert [one["soort"] for one in caller.control("GET", "/storingen")] == ["html"]
    assert caller.control("DELETE", "/storingen") == {"aantal": 1}
    assert fetch(caller, school).status_code == 200
