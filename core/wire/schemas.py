"""The XSD and WSDL files, and the compiled schema."""

from __future__ import annotations

from pathlib import Path

from lxml import etree

from core.wire.names import Service, Version

FOLDER = Path(__file__).with_name("schema")


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


def compile_header_schema() -> etree.XMLSchema:
    """Compile the schema of the SOAP header `autorisatie`."""
    return etree.XMLSchema(file=str(FOLDER / "autorisatie.xsd"))


def compile_definitions_schema() -> etree.XMLSchema:
    """Compile the schema of the file of test definitions."""
    return etree.XMLSchema(file=str(FOLDER / "toetsdefinities.xsd"))
