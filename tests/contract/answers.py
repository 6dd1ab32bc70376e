"""Reads raw answers for the contract tests with the standard library: neither our client's code nor the simulator's."""

from __future__ import annotations

from xml.etree import ElementTree as ET

SOAP = "{http://schemas.xmlsoap.org/soap/envelope/}"
LL = "{http://www.edustandaard.nl/leerresultaten/2/leerlinggegevens}"
LR = "{http://www.edustandaard.nl/leerresultaten/2/leerresultaten}"


def body(raw: bytes | str) -> ET.Element:
    """Return what stands in the body."""
    found = ET.fromstring(raw).find(f"{SOAP}Body")
    assert found is not None
    return found[0]


def keys(answer: ET.Element, name: str) -> list[str]:
    """Return the keys of everything in the answer called `name`."""
    return [element.attrib["key"] for element in answer.iter(LL + name) if "key" in element.attrib]


def fault_code(answer: ET.Element) -> str:
    """Return the code of a fault, without its prefix."""
    assert answer.tag == f"{SOAP}Fault"
    return (answer.findtext("faultcode") or "").rpartition(":")[2]
