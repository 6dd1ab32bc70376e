"""The contract itself: the files load, and the rules in them fire."""

from __future__ import annotations

import pytest
from lxml import etree

from core.wire import schemas
from core.wire.faults import FaultCode
from core.wire.names import LEERLINGGEGEVENS, OPERATIONS, REQUESTS, Service, Version
from core.wire.years import is_school_year

XS = "{http://www.w3.org/2001/XMLSchema}"
WSDL = "{http://schemas.xmlsoap.org/wsdl/}"
SOAP_WSDL = "{http://schemas.xmlsoap.org/wsdl/soap/}"


def answer(body: str, version: Version = Version.V2_2) -> list[str]:
    """Return what the schema says against `body` as an answer with everything."""
    text = (
        f'<leerlinggegevens_antwoord xmlns="{LEERLINGGEGEVENS}"><leerlinggegevens>'
        f"<school><schooljaar>2026-2027</schooljaar></school>{body}</leerlinggegevens></leerlinggegevens_antwoord>"
    )
    schema = schemas.compile_schema(Service.PUPILS, version)
    schema.validate(etree.fromstring(text))
    return [entry.type_name for entry in schema.error_log]


def pupils(*identities: str, inside: str = "") -> str:
    """Return pupils with these attributes, the first with `inside` in it."""
    bodies = [inside] + [""] * (len(identities) - 1)
    return (
        "<leerlingen>"
        + "".join(
            f"<leerling {identity}><achternaam>X</achternaam>{body}</leerling>"
            for identity, body in zip(identities, bodies, strict=True)
        )
        + "</leerlingen>"
    )


GROUPS = "<groepen><groep key='g'><naam>3A</naam><jaargroep>3</jaargroep></groep>{}</groepen>"
TEACHER = (
    "<leerkrachten><leerkracht key='t'><achternaam>Y</achternaam><groepen><groep key='{}'/></groepen></leerkracht>"
    "</leerkrachten>"
)


@pytest.mark.parametrize("version", Version)
@pytest.mark.parametrize("service", Service)
def test_every_operation_of_the_table_stands_in_the_wsdl_with_its_exact_action(
    service: Service, version: Version
) -> None:
    document = etree.fromstring(schemas.read(schemas.wsdl_name(service, version)))
    found = {
        (operation.get("name"), operation.findall(f"{SOAP_WSDL}operation")[0].get("soapAction"))
        for operation in document.iterfind(f"{WSDL}binding/{WSDL}operation")
    }
    assert found == {(o.name, o.soap_action) for o in OPERATIONS.values() if o.service is service}


@pytest.mark.parametrize("version", Version)
@pytest.mark.parametrize("operation", OPERATIONS.values(), ids=lambda o: o.name)
def test_the_roots_of_every_operation_are_in_the_schema(operation: object, version: Version) -> None:
    from core.wire.names import Operation

    assert isinstance(operation, Operation)
    names = set()
    for file in schemas.file_names():
        if file.startswith(operation.service) and file.endswith(".xsd"):
            names |= {e.get("name") for e in etree.fromstring(schemas.read(file)).iterfind(f"{XS}element")}
    assert {operation.request, operation.response} <= names
    assert schemas.compile_schema(operation.service, version)


def test_there_are_five_operations_and_eleven_faults() -> None:
    assert len(OPERATIONS) == len(REQUESTS) == 5
    assert len(FaultCode) == 11
    assert [code.value for code in FaultCode if code.startswith("Server.")] == [
        "Server.InterneFout",
        "Server.TijdelijkNietBeschikbaar",
    ]


def test_the_files_refer_only_to_files_that_are_there() -> None:
    for name in schemas.file_names():
        for element in etree.fromstring(schemas.read(name)).iter(f"{XS}import", f"{XS}include"):
            assert element.get("schemaLocation") in schemas.file_names(), name


def test_a_file_outside_the_folder_is_not_given() -> None:
    with pytest.raises(KeyError):
        schemas.read("../names.py")


def test_a_pupil_needs_a_key_in_2_2_and_not_in_2_3() -> None:
    only_eckid = pupils("eckid='e'")
    assert answer(only_eckid, Version.V2_2) == ["SCHEMAV_CVC_COMPLEX_TYPE_4"]
    assert answer(only_eckid, Version.V2_3) == []


@pytest.mark.parametrize(
    "body",
    [
        pupils("key='1'", "key='1'"),
        pupils("key='1' eckid='e'", "key='2' eckid='e'"),
        pupils("key='1'", inside="<groep key='nergens'/>"),
        pupils("key='1'", inside="<vestiging key='nergens'/>"),
        GROUPS.format("<samengestelde_groep key='g'><naam>plus</naam></samengestelde_groep>") + pupils("key='1'"),
        pupils("key='1'") + TEACHER.format("nergens"),
    ],
    ids=["key twice", "eckid twice", "no such group", "no such location", "group key twice", "teacher's group"],
)
def test_the_key_and_reference_rules_fire(body: str) -> None:
    assert answer(body) == ["SCHEMAV_CVC_IDC"]


def test_a_valid_answer_has_nothing_against_it() -> None:
    body = GROUPS.format("") + pupils("key='1' eckid='e'", inside="<groep key='g'/>") + TEACHER.format("g")
    assert answer(body) == []


@pytest.mark.parametrize("year", ["1991-1992", "2025-2026", "2099-2100"])
def test_a_school_year_is_two_years_in_a_row(year: str) -> None:
    assert is_school_year(year)


@pytest.mark.parametrize("year", ["2025-2031", "2026-2026", "2026-2025", "2026/2027", "26-27", " 2026-2027", ""])
def test_anything_else_is_no_school_year(year: str) -> None:
    assert not is_school_year(year)
