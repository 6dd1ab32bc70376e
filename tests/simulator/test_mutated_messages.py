"""Whatever arrives, the server half answers with an answer or a named fault: no traceback, no hang, little memory."""

from __future__ import annotations

import resource

import pytest
from lxml import etree

from core.wire import names
from core.wire.faults import FaultCode
from simulator import service
from simulator.las import Beginning, Las
from simulator.links import Act
from simulator.options import Options
from simulator.validation import Validator
from tests.simulator.callers import LL, LR, Caller, a_result, a_sitting, read_answer
from tests.simulator.mutations import mutated

FORESEEN = {code.value for code in FaultCode} - {FaultCode.INTERNAL, FaultCode.UNAVAILABLE}
LIMIT_KB = 100_000


def envelope(key: str, body: str) -> bytes:
    """Put a body in an envelope with a good header."""
    return (
        f'<e:Envelope xmlns:e="{names.SOAP}"><e:Header><a:autorisatie xmlns:a="{names.AUTORISATIE}">'
        f"<a:autorisatiesleutel>{key}</a:autorisatiesleutel><a:klantcode>KOPPELDESK-DEMO</a:klantcode>"
        f"<a:klantnaam>Boom test onderwijs</a:klantnaam></a:autorisatie></e:Header><e:Body>{body}</e:Body>"
        "</e:Envelope>"
    ).encode()


def a_las(*, lenient: bool) -> tuple[Las, dict[names.Service, list[bytes]]]:
    """Return a ParnasSys with a linked school, and good messages for each of its services."""
    las = Las(Beginning(seed=7, schools=6), Options(lenient=lenient))
    school = las.world.ids()[0]
    for act in (Act.OPEN, Act.SUBSCRIBE, Act.SET_KEY):
        las.act(school, act)
    key, inside = las.link(school).key or "", las.world.school(school)
    head = (
        f"<schooljaar>2026-2027</schooljaar><brincode>{school.brin}</brincode>"
        f"<dependancecode>{school.dependance}</dependancecode>"
    )
    since = "<laatstontvangengegevens>2026-11-23T09:00:00</laatstontvangengegevens>"
    groups = f'<groepen><groep key="{inside.groups[0].key}"/><samengestelde_groep/></groepen>'
    rest = {"leerlingen_verzoek": groups, "leerkrachten_verzoek": groups, "leerlinggegevens_verzoek": since}
    pupils = [
        envelope(
            key,
            f'<{one.request} xmlns="{LL}">{head}<xsdversie>2.3</xsdversie>{rest.get(one.request, "")}</{one.request}>',
        )
        for one in names.OPERATIONS.values()
        if one.service is names.Service.PUPILS
    ]
    oso = (
        "<osoresultaat><oso:toetsscore><oso:aantalgoed>3</oso:aantalgoed><oso:betrouwbaarheidsinterval>"
        "<oso:bivlaag>1.0</oso:bivlaag><oso:bivhoog>2.0</oso:bivhoog></oso:betrouwbaarheidsinterval></oso:toetsscore>"
        "<oso:referentiescore><oso:codereferentiescore>IV</oso:codereferentiescore><oso:codevergelijkingsgroep>Landelijk"
        "</oso:codevergelijkingsgroep><oso:waarde>II</oso:waarde></oso:referentiescore></osoresultaat>"
    )
    tests = (
        '<toets><toetscode>T1</toetscode><vakgebied vocabulaire="x">Spelling</vakgebied><toetsnormering><norm><term>I'
        "</term><beginnormwaarde>0</beginnormwaarde><eindnormwaarde>20</eindnormwaarde><schoolcijfer_vanaf>5.5"
        "</schoolcijfer_vanaf></norm></toetsnormering><toetsonderdelen><toetsonderdeel><toetsonderdeelvolgnummer>1"
        "</toetsonderdeelvolgnummer><toetsonderdeelcode>D1</toetsonderdeelcode></toetsonderdeel></toetsonderdelen></toets>"
    )
    sittings = a_sitting(inside.pupils[0].key, a_result("r1"), a_result("r2", part="D1", outcome=oso))
    results = envelope(
        key,
        f'<leerresultaten_verzoek xmlns="{LR}" xmlns:oso="{names.OSO}"><school>{head}<aanmaakdatum>2026-11-23T09:00:00'
        f"</aanmaakdatum><xsdversie>2.2</xsdversie></school><toetsafnames>{sittings}</toetsafnames><toetsen>{tests}"
        "</toetsen></leerresultaten_verzoek>",
    )
    return las, {names.Service.PUPILS: pupils, names.Service.RESULTS: [results]}


def outcome_of(reply: service.Reply) -> str:
    """Read a reply: its fault code, or empty for an answer."""
    body = etree.fromstring(reply.body).find(f"{{{names.SOAP}}}Body")
    assert body is not None
    return (body.findtext(f"{{{names.SOAP}}}Fault/faultcode") or "").removeprefix("soap:")


def campaign(count: int, *, lenient: bool, seed: int) -> dict[str, int]:
    """Send mutated messages to both services; returns how often each outcome came."""
    las, good = a_las(lenient=lenient)
    validator = Validator()
    outcomes: dict[str, int] = {}
    for which, messages in good.items():
        for message in messages:
            assert outcome_of(service.answer(las, validator, which, None, message)) == "", which
        before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        for message in mutated(messages, count // 2, seed):
            outcome = outcome_of(service.answer(las, validator, which, None, message))
            assert outcome == "" or outcome in FORESEEN, message
            outcomes[outcome] = outcomes.get(outcome, 0) + 1
        assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < LIMIT_KB
    return outcomes


@pytest.mark.parametrize("lenient", [False, True])
def test_mutated_messages_end_in_an_answer_or_a_named_fault(lenient: bool) -> None:
    outcomes = campaign(1_000, lenient=lenient, seed=20261123)
    assert outcomes["Client.OngeldigBericht"] > 300
    assert outcomes["Client.AutorisatieOngeldig"] > 10


ODD_HEADERS: list[dict[str, str]] = [
    {},
    {"content-type": "application/soap+xml", "soapaction": "\u00e9"},
    {"content-type": "text/xml; charset=klingon", "content-encoding": "gzip"},
    {"content-type": "multipart/form-data; boundary=x", "soapaction": '"' * 2_000},
]


def test_mutated_messages_over_http_are_answered_in_soap_whatever_the_headers_say(caller: Caller) -> None:
    _, good = a_las(lenient=False)
    for which, messages in good.items():
        for place, message in enumerate(mutated(messages, 100, 7)):
            odd = ODD_HEADERS[place % len(ODD_HEADERS)]
            headers = [(name.encode(), value.encode()) for name, value in odd.items()]
            response = caller.http.post(which.path, content=message, headers=headers)
            assert response.headers["content-type"] == names.CONTENT_TYPE
            assert read_answer(response).code in FORESEEN


@pytest.mark.soak
@pytest.mark.timeout(3_600)
@pytest.mark.parametrize("lenient", [False, True])
def test_a_hundred_thousand_mutated_messages_end_in_an_answer_or_a_named_fault(lenient: bool) -> None:
    assert sum(campaign(50_000, lenient=lenient, seed=1).values()) == 50_000


def test_what_costs_more_than_it_says_is_refused_before_it_is_read() -> None:
    las, _ = a_las(lenient=False)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    for message in (b"<a>" + b"<b/>" * 2_000_000, b"<a>" + b"x" * 33_000_000, b"<a>" * 1_000_000):
        reply = service.answer(las, Validator(), names.Service.PUPILS, None, message)
        assert outcome_of(reply) == "Client.OngeldigBericht"
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < LIMIT_KB
