"""Reads what comes back on a message of results: one empty confirmation, or one fault."""

from __future__ import annotations

from dataclasses import dataclass

from lxml import etree

from core.uwlr import xml
from core.uwlr.envelope import Fault, content, fault
from core.uwlr.unreadable import unreadable
from core.wire.names import BRENG_LEERRESULTATEN, LEERRESULTATEN


@dataclass(frozen=True, slots=True)
class Confirmed:
    """`leerresultaten_bevestiging`: everything in the message is stored."""


def read(body: bytes, *, charset: str = "") -> Confirmed | Fault:
    """Read the answer to BrengLeerresultaten. Raises UnreadableReply."""
    found = content(xml.parse(body, charset))
    if (refused := fault(found)) is not None:
        return refused
    name = BRENG_LEERRESULTATEN.response
    if found.tag != f"{{{LEERRESULTATEN}}}{name}":
        raise unreadable("/Envelope/Body", f"<{name}>", f"<{etree.QName(found).localname[:40]}>")
    return Confirmed()
