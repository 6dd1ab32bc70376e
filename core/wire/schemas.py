"""The XSD and WSDL files, and the compiled schema."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from lxml import etree

from core.wire.names import AUTORISATIE, SOAP, Service, Version

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
    parser = etree.XMLParser(no_network=True)
    parser.resolvers.add(_Folder(keys=keys))
    return etree.XMLSchema(etree.fromstring(driver, parser, base_url="schema:/message.xsd"))


class _Folder(etree.Resolver):
    """Serves the schema files, with or without the rules about keys."""

    def __init__(self, *, keys: bool) -> None:
        self._keys = keys

    def resolve(self, system_url: str | None, _public_id: str | None, context: object, /) -> _InputDocument:
        document = etree.fromstring(read(str(system_url).rsplit("/", 1)[-1]))
        if not self._keys:
            for rule in list(document.iter(*_RULES)):
                parent = rule.getparent()
                if parent is not None:
                    parent.remove(rule)
        return self.resolve_string(etree.tostring(document), context, base_url=system_url)


def compile_header_schema() -> etree.XMLSchema:
    """Compile the schema of the SOAP header `autorisatie`."""
    return etree.XMLSchema(file=str(FOLDER / "autorisatie.xsd"))


def compile_definitions_schema() -> etree.XMLSchema:
    """Compile the schema of the file of test definitions."""
    return etree.XMLSchema(file=str(FOLDER / "toetsdefinities.xsd"))
