"""A client of the wire on a ParnasSys that answers what the test says."""

from __future__ import annotations

import httpx

from core.uwlr.client import Retries

from .samples import golden

BASE = "https://las.example"
PUPILS = f"{BASE}/services/v2/leerlinggegevens"
RESULTS = f"{BASE}/services/v2/leerresultaten"
GOOD = golden("antwoorden/HaalLeerlinggegevens-lvs-2.3.xml")
PAGE = golden("scheef/webpagina.html")
QUICK = Retries(attempts=3, first_wait=0.001, longest_wait=0.002)


def xml(body: bytes, status: int = 200) -> httpx.Response:
    return httpx.Response(status, content=body, headers={"content-type": "text/xml; charset=utf-8"})


def fault(code: str) -> bytes:
    return golden(f"fouten/{code}.xml")
