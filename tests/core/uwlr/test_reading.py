"""What we read: the golden answers, strictly where they are right, leniently where they are skewed."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

import pytest
from lxml import etree

from core.clock import AMSTERDAM
from core.errors import UnreadableReply
from core.model import IncomingTeacher, LasKey, PersonName, Roster, Sex
from core.uwlr.answers import read
from core.uwlr.reading import Contents, Nothing, Unchanged
from core.uwlr.rosters import assemble
from core.wire.names import HAAL_LEERLINGGEGEVENS, OPERATIONS, Operation, Service, Version
from core.wire.schemas import compile_message_schema

from .samples import FIXTURES, NOW, SCHOOL, YEAR, eckid, golden

HAAL = [operation for operation in OPERATIONS.values() if operation.service is Service.PUPILS]


def roster_of(data: bytes, version: Version = Version.V2_2, since: datetime | None = None) -> Roster:
    contents = read(data, HAAL_LEERLINGGEGEVENS, version)
    assert isinstance(contents, Contents)
    return assemble([contents], SCHOOL, YEAR, NOW, since=since)


@pytest.mark.parametrize("path", sorted((FIXTURES / "antwoorden").iterdir()), ids=lambda path: path.stem)
def test_the_golden_answers_are_valid(path: object) -> None:
    name = str(path)
    service = Service.RESULTS if "Breng" in name else Service.PUPILS
    schema = compile_message_schema(service, Version.V2_3 if "2.3" in name else Version.V2_2)
    schema.assertValid(etree.parse(name))


def test_an_lvs_answer_holds_everything_the_import_needs() -> None:
    roster = roster_of(golden("antwoorden/HaalLeerlinggegevens-lvs-2.2.xml"))
    assert roster.completeness.whole
    assert roster.dropped_fields == ("leerling/bsn_ondwnr-4",)
    assert roster.as_of == date(2026, 11, 24)
    assert roster.created == datetime(2026, 11, 24, 2, 15, tzinfo=AMSTERDAM)
    assert [(group.key, group.name, group.year, group.composite) for group in roster.groups] == [
        ("g-3a", "3A", "3", False),
        ("g-78", "7/8 Zonnebloem", "C", False),
        ("g-plus", "Plusklas", "", True),
    ]
    fien, ela, se = roster.pupils
    assert fien.name == PersonName(surname="Berg", prefix="van den", initials="F.", call_name="Fien")
    assert (fien.key, fien.eckid, fien.born, fien.sex) == ("1001", eckid(1), date(2020, 2, 29), Sex.GIRL)
    assert (ela.group, ela.extra_groups, ela.year_group) == ("g-78", ("g-plus",), "7")
    assert (se.name.surname, se.eckid, se.sex) == ("O'Brien-Çelik", None, Sex.UNKNOWN)
    assert roster.teachers == (
        IncomingTeacher(
            key=LasKey("t-1"),
            eckid=eckid(77),
            name=PersonName(surname="Smit", call_name="Rachida"),
            groups=(LasKey("g-3a"), LasKey("g-plus")),
            roles=("LRK", "Begeleider"),
        ),
        IncomingTeacher(key=LasKey("t-2"), name=PersonName(call_name="Meester Ko")),
    )


def test_a_pupil_without_las_key_is_known_by_eck_id() -> None:
    roster = roster_of(golden("antwoorden/HaalLeerlinggegevens-lvs-2.3.xml"), Version.V2_3)
    assert roster.completeness.whole
    assert roster.pupils[1].key is None
    assert roster.pupils[1].ref == f"eck:{eckid(2)}"
    assert roster.pupils[1].name.initials == ""


def test_the_small_set_of_2_3_has_no_birth_dates() -> None:
    roster = roster_of(golden("antwoorden/HaalLeerlinggegevens-smal-2.3.xml"), Version.V2_3)
    assert {pupil.born for pupil in roster.pupils} == {None}
    assert roster.teachers[0].email == "r.smit@voorbeeldschool.example"


@pytest.mark.parametrize("operation", HAAL, ids=lambda operation: operation.name)
def test_the_two_empty_answers_are_answers(operation: Operation) -> None:
    name = f"antwoorden/{operation.name}-geen"
    assert read(golden(f"{name}wijzigingen.xml"), operation, Version.V2_3) == Unchanged()
    assert read(golden(f"{name}gegevens.xml"), operation, Version.V2_3) == Nothing()


def test_order_does_not_matter() -> None:
    assert roster_of(golden("scheef/volgorde.xml")) == roster_of(golden("antwoorden/HaalLeerlinggegevens-lvs-2.2.xml"))


def test_an_empty_element_is_an_absent_one() -> None:
    roster = roster_of(golden("scheef/lege-elementen.xml"))
    right = roster_of(golden("antwoorden/HaalLeerlinggegevens-lvs-2.2.xml"))
    assert roster.pupils == (*right.pupils[:2], replace(right.pupils[2], born=None))
    assert roster.completeness.whole


def test_layout_inside_a_reference_is_no_matter() -> None:
    data = golden("antwoorden/HaalLeerlinggegevens-lvs-2.2.xml")
    spread = data.replace(b'<groep key="g-3a"/>', b'<groep key="g-3a">\n  </groep>')
    assert roster_of(spread) == roster_of(data)


def test_blanks_and_zones_round_values_are_no_matter() -> None:
    data = golden("antwoorden/HaalLeerlinggegevens-lvs-2.2.xml")
    loose = (
        data.replace(b">2020-02-29<", b"> 2020-02-29Z <")
        .replace(b">2014-08-01<", b">2014-08-01+02:00<")
        .replace(b"<geslacht>2<", b"<geslacht> 2\n<")
        .replace(b">Berg<", b"> Berg <")
    )
    assert roster_of(loose) == roster_of(data)


@pytest.mark.parametrize("text", ["20150901", "2015-W01-1", "2015-9-1", "2015-02-30", "15-09-2015", "-2015-09-01"])
def test_what_is_no_date_in_xml_is_no_date_here(text: str) -> None:
    data = golden("antwoorden/HaalLeerlinggegevens-lvs-2.2.xml").replace(b"2020-02-29", text.encode())
    with pytest.raises(UnreadableReply, match="geboortedatum"):
        roster_of(data)


def test_forbidden_fields_are_dropped_and_named() -> None:
    roster = roster_of(golden("scheef/verboden-velden.xml"))
    assert roster.dropped_fields == (
        "leerling/bsn",
        "leerling/emailadres",
        "leerling/postcodenl",
    )
    assert "999990019" not in repr(roster)
    assert "ouders@" not in repr(roster)
    assert roster.completeness.whole


def test_initials_are_forbidden_in_2_3() -> None:
    roster = roster_of(golden("antwoorden/HaalLeerlinggegevens-lvs-2.2.xml"), Version.V2_3)
    assert {pupil.name.initials for pupil in roster.pupils} == {""}
    assert "leerling/voorletters-1" in roster.dropped_fields


def test_an_unknown_element_is_dropped_and_named() -> None:
    roster = roster_of(golden("scheef/onbekend-element.xml"))
    assert "lievelingskleur" in roster.dropped_fields
    assert roster.completeness.whole


def test_an_unknown_role_is_kept_as_text() -> None:
    roster = roster_of(golden("scheef/onbekende-rol.xml"))
    assert roster.teachers[0].roles == ("TAL", "Begeleider")
    assert roster.completeness.whole


def test_an_answer_that_does_not_say_which_school_is_not_whole() -> None:
    roster = roster_of(golden("scheef/zonder-school.xml"))
    assert not roster.completeness.whole
    assert "welke school" in roster.completeness.doubts[0]


def test_an_answer_older_than_the_last_one_is_not_whole() -> None:
    later = datetime(2026, 11, 24, 2, 16, tzinfo=AMSTERDAM)
    roster = roster_of(golden("antwoorden/HaalLeerlinggegevens-lvs-2.2.xml"), since=later)
    assert "ouder" in roster.completeness.doubts[0]


def test_mostly_empty_groups_make_an_answer_suspect() -> None:
    more = b"".join(b'<groep key="x%d"><naam>x</naam><jaargroep>1</jaargroep></groep>' % n for n in range(3))
    data = golden("antwoorden/HaalLeerlinggegevens-lvs-2.2.xml").replace(b"</groepen>", more + b"</groepen>", 1)
    assert "zijn leeg" in roster_of(data).completeness.doubts[0]


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("dubbele-sleutel", "/leerlingen/leerling[2]/@key: verwacht iets unieks, gekregen hetzelfde als bij nummer 1"),
        ("dubbel-eckid", "/leerlingen/leerling[2]/@eckid: verwacht iets unieks"),
        ("loze-verwijzing", "/leerlingen/leerling[1]/groep/@key: verwacht een groep uit ditzelfde antwoord"),
        ("andere-school", "/school/brincode: verwacht 99XX, gekregen “98YY”"),
        ("ander-schooljaar", "/school/schooljaar: verwacht 2026-2027, gekregen “2025-2026”"),
        ("geen-schooljaar", "/school/schooljaar: verwacht een schooljaar als 2026-2027, gekregen “2026-2031”"),
        (
            "geen-datum",
            "/leerlinggegevens/leerlingen/leerling[2]/geboortedatum: verwacht een datum als 2015-09-01, "
            "gekregen “31-02-2015”",
        ),
        ("dtd", "een bericht zonder DTD"),
        ("verkeerde-tekenset", "welgevormde XML"),
        ("afgebroken", "welgevormde XML"),
    ],
)
def test_what_cannot_be_read_says_where_and_why(name: str, expected: str) -> None:
    with pytest.raises(UnreadableReply) as refused:
        roster_of(golden(f"scheef/{name}.xml"))
    assert expected in refused.value.what


def test_another_operations_answer_is_not_taken() -> None:
    with pytest.raises(UnreadableReply, match="leerlinggegevens_antwoord"):
        roster_of(golden("antwoorden/HaalStructuur.xml"))


def test_utf_16_is_read_and_hides_no_dtd() -> None:
    text = golden("antwoorden/HaalLeerlinggegevens-lvs-2.2.xml").decode()
    right = roster_of(text.encode())
    assert roster_of(text.replace("UTF-8", "UTF-16", 1).encode("utf-16")) == right
    with pytest.raises(UnreadableReply, match="DTD"):
        roster_of(golden("scheef/dtd.xml").decode().replace("UTF-8", "UTF-16", 1).encode("utf-16"))


def test_the_header_names_the_character_set_when_the_message_does_not() -> None:
    text = golden("antwoorden/HaalLeerlinggegevens-lvs-2.2.xml").decode().partition("?>")[2].strip()
    text = text.replace("Yılmaz", "Müller")
    contents = read(text.encode("latin-1"), HAAL_LEERLINGGEGEVENS, Version.V2_2, charset="iso-8859-1")
    assert isinstance(contents, Contents)
    assert contents.pupils[1].name.surname == "Müller"
    with pytest.raises(UnreadableReply, match="tekenset"):
        read(text.encode("latin-1"), HAAL_LEERLINGGEGEVENS, Version.V2_2, charset="klingon")


@pytest.mark.parametrize(
    "name", ["antwoorden/HaalLeerlinggegevens-lvs-2.2", "scheef/verboden-velden", "scheef/volgorde"]
)
def test_a_large_answer_is_read_the_same_as_a_small_one(name: str) -> None:
    data = golden(f"{name}.xml")
    at_once = read(data, HAAL_LEERLINGGEGEVENS, Version.V2_2)
    assert read(data, HAAL_LEERLINGGEGEVENS, Version.V2_2, stream_from=0) == at_once


def test_more_elements_than_any_school_has_are_refused_before_parsing() -> None:
    data = golden("antwoorden/HaalLeerlinggegevens-lvs-2.2.xml")
    with pytest.raises(UnreadableReply, match="elementen"):
        roster_of(data.replace(b"<leerlingen>", b"<leerlingen>" + b"<a/>" * 1_000_001, 1))
