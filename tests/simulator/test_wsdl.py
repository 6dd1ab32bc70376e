"""The description is what ordinary SOAP tools load: this server's address, every schema reachable, in every world."""

from __future__ import annotations

from typing import Any

import pytest
import zeep

from core.wire import names
from tests.simulator.callers import Caller

ZEEP: Any = zeep.Client


@pytest.mark.parametrize("version", ["", "=2.2", "=2.3"])
def test_a_soap_tool_loads_it_and_finds_this_world(caller: Caller, version: str) -> None:
    operations: set[str] = set()
    for service in names.Service:
        client = ZEEP(f"{caller.url}{service.path}?wsdl{version}")
        for found in client.wsdl.services.values():
            for port in found.ports.values():
                assert port.binding_options["address"] == f"{caller.url}{service.path}"
                operations |= set(port.binding.all())
    assert operations == set(names.OPERATIONS)


def test_without_wsdl_one_is_sent_there(caller: Caller) -> None:
    answer = caller.http.get(names.Service.PUPILS.path)
    assert answer.headers["location"] == f"{caller.url}{names.Service.PUPILS.path}?wsdl"


@pytest.mark.parametrize("name", ["bestaat-niet.xsd", "..%2F..%2Fnames.py", "names.py"])
def test_no_other_file_can_be_had(caller: Caller, name: str) -> None:
    assert caller.http.get(f"/services/v2/schema/{name}").status_code == 404
