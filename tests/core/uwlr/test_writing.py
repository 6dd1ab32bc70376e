"""What we send: exactly the golden messages, valid, and nothing invalid leaves."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

import pytest
from lxml import etree

from core.clock import AMSTERDAM
from core.errors import ContentRefused, WeMustAct
from core.model import LasKey, SchoolId
from core.scores.message import Result, ResultKey, ScoreResult, Sitting, Term, TestDefinition
from core.uwlr.envelope import Credentials, wrap
from core.uwlr.outgoing import checked
from core.uwlr.requests import GroupSet, pupil_request
from core.uwlr.results import results_request
from core.wire.names import (
    HAAL_LEERKRACHTEN,
    HAAL_LEERLINGEN,
    HAAL_LEERLINGGEGEVENS,
    HAAL_STRUCTUUR,
    Operation,
    Service,
    Version,
)
from core.wire.schemas import compile_message_schema

from .samples import (
    ADDRESS,
    ARITHMETIC,
    FIXTURES,
    GROUPS,
    NORMED,
    SCHOOL,
    SCORED,
    SPELLING,
    YEAR,
    a_message,
    golden,
    only_eckid,
)

WHO = Credentials(klantnaam="Boom test onderwijs", klantcode="KOPPELDESK-DEMO", key=ADDRESS.key)
SET = GroupSet(groups=GROUPS, loose=True)
Pairs = tuple[tuple[Sitting, TestDefinition], ...]


def canonical(data: bytes) -> bytes:
    """Return what two messages have in common when they say the same: no layout, no prefixes of their own."""
    root = etree.fromstring(data, etree.XMLParser(remove_blank_text=True, remove_comments=True))
    return etree.tostring(root, method="c14n", exclusive=True)


@pytest.mark.parametrize("version", Version)
@pytest.mark.parametrize(
    ("operation", "of"),
    [(HAAL_LEERLINGGEGEVENS, None), (HAAL_STRUCTUUR, None), (HAAL_LEERLINGEN, SET), (HAAL_LEERKRACHTEN, SET)],
    ids=lambda value: value.name if isinstance(value, Operation) else "",
)
def test_a_request_is_the_golden_one(operation: Operation, of: GroupSet | None, version: Version) -> None:
    request = wrap(WHO, pupil_request(operation, version, SCHOOL, YEAR, of=of))
    expected = golden(f"verzoeken/{operation.name}-{version}.xml")
    assert canonical(checked(request, Service.PUPILS, version)) == canonical(expected)


def test_a_request_for_changes_says_since_when() -> None:
    since = datetime(2026, 11, 23, 2, tzinfo=AMSTERDAM)
    request = wrap(WHO, pupil_request(HAAL_LEERLINGGEGEVENS, Version.V2_3, SCHOOL, YEAR, since=since))
    assert canonical(checked(request, Service.PUPILS, Version.V2_3)) == canonical(
        golden("verzoeken/HaalLeerlinggegevens-2.3-sinds.xml")
    )


@pytest.mark.parametrize(
    ("name", "version", "pairs"),
    [
        ("score-2.2", Version.V2_2, ((SCORED, SPELLING),)),
        ("oso-2.2", Version.V2_2, ((NORMED, ARITHMETIC),)),
        ("beide-2.3", Version.V2_3, ((SCORED, SPELLING), (only_eckid(NORMED, 2), ARITHMETIC))),
    ],
    ids=["score", "oso", "both"],
)
def test_a_message_of_results_is_the_golden_one(name: str, version: Version, pairs: Pairs) -> None:
    request = wrap(WHO, results_request(a_message(*pairs), version))
    expected = golden(f"verzoeken/BrengLeerresultaten-{name}.xml")
    assert canonical(checked(request, Service.RESULTS, version)) == canonical(expected)


@pytest.mark.parametrize("path", sorted((FIXTURES / "verzoeken").iterdir()), ids=lambda path: path.stem)
def test_the_golden_requests_are_valid(path: object) -> None:
    name = str(path)
    service = Service.RESULTS if "Breng" in name else Service.PUPILS
    schema = compile_message_schema(service, Version.V2_3 if "2.3" in name else Version.V2_2)
    schema.assertValid(etree.parse(name))


def test_the_main_location_sends_no_dependance_code() -> None:
    request = pupil_request(HAAL_LEERLINGGEGEVENS, Version.V2_2, SchoolId("99XX"), YEAR)
    assert [etree.QName(child).localname for child in request] == ["schooljaar", "brincode", "xsdversie"]


PLAIN = Result(key=ResultKey("k"), taken=date(2026, 9, 1), test="VB-SP3", outcome=ScoreResult(value=1))
RESULT = "/leerresultaten_verzoek/toetsafnames/toetsafname/resultaten/resultaat"


@pytest.mark.parametrize(
    ("result", "place"),
    [
        (replace(PLAIN, outcome=ScoreResult(value=-1)), f"{RESULT}/score "),
        (replace(PLAIN, key=ResultKey("")), f"{RESULT} "),
        (replace(PLAIN, test="ONBEKEND"), "/leerresultaten_verzoek "),
        (replace(PLAIN, version=Term(text="")), f"{RESULT}/versie "),
        (replace(PLAIN, info_url="x" * 257), f"{RESULT}/infourl "),
    ],
    ids=["negative score", "no key", "test not in the message", "empty version", "long url"],
)
def test_an_invalid_message_of_ours_is_refused_with_its_place(result: Result, place: str) -> None:
    message = a_message((replace(SCORED, results=(result,)), SPELLING))
    with pytest.raises(ContentRefused) as refused:
        checked(wrap(WHO, results_request(message, Version.V2_2)), Service.RESULTS, Version.V2_2, ContentRefused)
    assert place in refused.value.what


def test_one_result_key_twice_in_a_message_is_refused() -> None:
    message = a_message((replace(SCORED, results=(PLAIN, PLAIN)), SPELLING))
    with pytest.raises(WeMustAct, match="resultaat"):
        checked(wrap(WHO, results_request(message, Version.V2_2)), Service.RESULTS, Version.V2_2)


def test_a_pupil_without_las_key_cannot_be_sent_in_2_2() -> None:
    message = a_message((only_eckid(NORMED, 2), ARITHMETIC))
    with pytest.raises(WeMustAct):
        checked(wrap(WHO, results_request(message, Version.V2_2)), Service.RESULTS, Version.V2_2)
    checked(wrap(WHO, results_request(message, Version.V2_3)), Service.RESULTS, Version.V2_3)


@pytest.mark.parametrize("version", Version)
def test_a_sitting_of_nobody_is_refused(version: Version) -> None:
    nobody = replace(NORMED, pupil=None)
    with pytest.raises(ContentRefused, match="leerlingid of eckid"):
        results_request(a_message((nobody, ARITHMETIC)), version)


def test_a_refusal_of_our_own_message_quotes_no_values() -> None:
    message = a_message((replace(SCORED, pupil=LasKey("geheim" * 60)), SPELLING))
    with pytest.raises(WeMustAct) as refused:
        checked(wrap(WHO, results_request(message, Version.V2_2)), Service.RESULTS, Version.V2_2)
    assert "geheim" not in str(refused.value)
