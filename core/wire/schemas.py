"""The XSD and WSDL files, and the compiled schema."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from lxml import etree

from core.wire.names import AUTORISATIE, LEERLINGGEGEVENS, SOAP, Service, Version
from core.wire.narrowing import narrow
from core.wire.profiles import Profile

if TYPE_CHECKING:
    from lxml.etree._docloader import _InputDocument

FOLDER = Path(__file__).with_name("schema")
_XS = "{http://www.w3.org/2001/XMLSchema}"
_RULES = (f"{_XS}key", f"{_XS}unique", f"{_XS}keyref")


def file_names() -> tuple[str, ...]:
    """Return the names of every XSD and WSDL file; they refer to each other by these names."""
    return tuple(sorted(path.name for path in FOLDER.iterdir() if path.suffix in (".xsd", ".wsdl")))


def read(name: str) -> bytes:
    """Return the file called `name`.

    Raises KeyError when it is not one of `file_names`.
    """
    if name not in file_names():
        raise KeyError(name)
    return (FOLDER / name).read_bytes()


def wsdl_name(service: Service, version: Version) -> str:
    """Return the name of the WSDL file of a service."""
    return f"{service}-{version}.wsdl"


def xsd_name(service: Service, version: Version) -> str:
    """Return the name of the schema of a service: its requests and its answers."""
    return f"{service}-{version}.xsd"


def compile_schema(service: Service, version: Version) -> etree.XMLSchema:
    """Compile the schema of what stands in the SOAP body: every request and answer of a service.

    Costs some milliseconds: keep the result. One compiled schema serves one thread at a time (its error log is shared).
    """
    return etree.XMLSchema(file=str(FOLDER / xsd_name(service, version)))


def compile_message_schema(service: Service, version: Version, *, keys: bool = True) -> etree.XMLSchema:
    """Compile the schema of a whole message: envelope, header and body.

    Without `keys` the key, unique and reference rules are left out: they cost more than all other checks together, and
    a reader that enforces them itself can name the place better. What is unknown in header and body is let through.
    """
    driver = (
        f'<xs:schema xmlns:xs="{_XS[1:-1]}"><xs:import namespace="{SOAP}" schemaLocation="soap.xsd"/>'
        f'<xs:import namespace="{AUTORISATIE}" schemaLocation="autorisatie.xsd"/>'
        f'<xs:import namespace="{service.namespace}" schemaLocation="{xsd_name(service, version)}"/></xs:schema>'
    )
    return _compile(driver, _as_it_is if keys else _without_keys)


def compile_profile_schema(version: Version, profile: Profile) -> etree.XMLSchema:
    """Compile the schema of pupil data as a profile narrows it (uwlr.md §4.1): what it does not allow is an error."""

    def edit(document: etree._Element) -> None:
        if document.find(f"{_XS}complexType[@name='LeerlingType']") is not None:
            narrow(document, version, profile)

    driver = (
        f'<xs:schema xmlns:xs="{_XS[1:-1]}"><xs:import namespace="{LEERLINGGEGEVENS}" '
        f'schemaLocation="{xsd_name(Service.PUPILS, version)}"/></xs:schema>'
    )
    return _compile(driver, edit)


def _compile(driver: str, edit: Callable[[etree._Element], None]) -> etree.XMLSchema:
    """Compile a schema that imports files of the folder, each after `edit` had it."""
    parser = etree.XMLParser(no_network=True)
    parser.resolvers.add(_Folder(edit))
    return etree.XMLSchema(etree.fromstring(driver, parser, base_url="schema:/driver.xsd"))


def _as_it_is(_document: etree._Element) -> None:
    """Leave it."""


def _without_keys(document: etree._Element) -> None:
    for rule in list(document.iter(*_RULES)):
        parent = rule.getparent()
        if parent is not None:
            parent.remove(rule)


class _Folder(etree.Resolver):
    """Serves the schema files to the compiler, edited."""

    def __init__(self, edit: Callable[[etree._Element], None]) -> None:
        self._edit = edit

    def resolve(self, system_url: str | None, _public_id: str | None, context: object, /) -> _InputDocument:
        document = etree.fromstring(read(str(system_url).rsplit("/", 1)[-1]))
        self._edit(document)
        return self.resolve_string(etree.tostring(document), context, base_url=system_url)


def compile_definitions_schema() -> etree.XMLSchema:
    """Compile the schema of the file of test definitions."""
    return etree.XMLSchema(file=str(FOLDER / "toetsdefinities.xsd"))
