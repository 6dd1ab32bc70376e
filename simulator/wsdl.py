"""Describing the services: the contract's WSDL with our real address, its schemas reachable beside it."""

from __future__ import annotations

import re

from lxml import etree
from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response

from core.wire import names, schemas

_SOAP_ADDRESS = "{http://schemas.xmlsoap.org/wsdl/soap/}address"
_REFERENCE = re.compile(rb'schemaLocation="(?!schema/)([^"/:]+)"')


def describe(request: Request, service: names.Service) -> Response:
    """Answer GET: `?wsdl` (or `?wsdl=2.3`) gives the WSDL, anything else is sent there."""
    asked = {name.lower(): value for name, value in request.query_params.items()}
    if "wsdl" not in asked:
        return RedirectResponse(f"{_address(request, service)}?wsdl")
    version = names.Version.V2_3 if asked["wsdl"] == "2.3" else names.Version.V2_2
    tree = etree.fromstring(schemas.read(schemas.wsdl_name(service, version)))
    for address in tree.iter(_SOAP_ADDRESS):
        address.set("location", _address(request, service))
    text = _REFERENCE.sub(rb'schemaLocation="schema/\1"', etree.tostring(tree, encoding="utf-8", xml_declaration=True))
    return Response(text, media_type="text/xml")


def _address(request: Request, service: names.Service) -> str:
    return str(request.url_for(service.value))


async def schema_file(request: Request) -> Response:
    """Answer GET of one schema file; they refer to each other by name."""
    try:
        return Response(schemas.read(request.path_params["name"]), media_type="text/xml")
    except KeyError:
        return PlainTextResponse("Dit schema bestaat niet.", 404)
