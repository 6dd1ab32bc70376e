"""Whether a request keeps to the contract's schema; compiled once per server, on first use."""

from __future__ import annotations

from lxml import etree

from core.wire import names, schemas
from core.wire.faults import FaultCode
from simulator.faults import UwlrFault
from simulator.profiles import Version


class Validator:
    """The compiled schemas; serves one thread."""

    def __init__(self) -> None:
        self._compiled: dict[tuple[names.Service, names.Version], etree.XMLSchema] = {}

    def check(self, body: etree._Element, service: names.Service, version: Version) -> None:
        """Raise UwlrFault (OngeldigBericht) with the place of the first thing the schema refuses.

        2.1 has no schema of its own: its requests are those of 2.2.
        """
        contract = names.Version.V2_3 if version is Version.V23 else names.Version.V2_2
        schema = self._compiled.get((service, contract))
        if schema is None:
            schema = self._compiled[service, contract] = schemas.compile_schema(service, contract)
        if not schema.validate(body):
            first = schema.error_log[0]
            raise UwlrFault(FaultCode.INVALID_MESSAGE, f"{first.path}: {first.message[:200]}")
