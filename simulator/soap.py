"""The SOAP 1.1 envelope: safe reading within limits, and writing answers and faults.

Everything is matched by namespace, never by prefix: clients differ in theirs (stack.md).
"""

from __future__ import annotations

from dataclasses import dataclass
from xml.sax.saxutils import escape

from lxml import etree

from core.wire.faults import FaultCode
from core.wire.names import SOAP
from simulator.faults import SENTENCES, UwlrFault

MAX_BYTES = 32_000_000
"""A longer request is refused before it is parsed."""
MAX_TAGS = 1_500_000
"""A request with more `<` is refused before it is parsed: tiny elements cost far more memory than bytes."""

_MARK = b"\xef\xbb\xbf"
_OPEN = f'<?xml version="1.0" encoding="UTF-8"?>\n<soap:Envelope xmlns:soap="{SOAP}"><soap:Body>'.encode()
_CLOSE = b"</soap:Body></soap:Envelope>"


@dataclass(frozen=True, slots=True, kw_only=True)
class Envelope:
    """What came in: the header blocks and the one element in the body."""

    headers: tuple[etree._Element, ...]
    body: etree._Element


def as_declared(message: bytes, content_type: str | None) -> bytes:
    """Return a message of which only the HTTP header tells the charset (RFC 7303) as UTF-8; any other as it came."""
    charset = (content_type or "").lower().partition("charset=")[2].partition(";")[0].strip(" \"'")
    start = message[:200]
    if charset in ("", "utf-8") or b"encoding" in start or b"\0" in start or start.startswith(_MARK):
        return message
    try:
        return message.decode(charset).encode()
    except (LookupError, UnicodeError):
        return message


def read_envelope(message: bytes) -> Envelope:
    """Read a SOAP message; raises UwlrFault (OngeldigBericht) when it is not one."""
    root = _parse(message)
    if root.tag != f"{{{SOAP}}}Envelope":
        raise _invalid("de hoofdtag is geen SOAP 1.1 Envelope")
    bodies = root.findall(f"{{{SOAP}}}Body")
    if len(bodies) != 1 or len(bodies[0]) != 1:
        raise _invalid("er hoort precies één element in precies één Body te staan")
    headers = [block for header in root.findall(f"{{{SOAP}}}Header") for block in header]
    return Envelope(headers=tuple(headers), body=bodies[0][0])


def _parse(message: bytes) -> etree._Element:
    if len(message) > MAX_BYTES:
        raise _invalid(f"het bericht is langer dan {MAX_BYTES} bytes")
    if message.count(b"<") > MAX_TAGS:
        raise _invalid(f"het bericht heeft meer dan {MAX_TAGS} tags")
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True, remove_pis=True
    )
    try:
        root = etree.fromstring(message, parser)
    except (etree.XMLSyntaxError, ValueError, LookupError) as error:
        raise _invalid(f"geen leesbare XML: {error}") from error
    if root.getroottree().docinfo.internalDTD is not None:
        raise _invalid("een DTD is niet toegestaan")
    return root


def _invalid(reason: str) -> UwlrFault:
    return UwlrFault(FaultCode.INVALID_MESSAGE, reason)


def write_envelope(body: bytes) -> bytes:
    """Wrap a rendered answer."""
    return b"".join((_OPEN, body, _CLOSE))


def write_fault(code: FaultCode, *, prefix: str = "soap:") -> bytes:
    """Write a fault; the code carries the prefix that is bound to the SOAP namespace (uwlr.md §5.1)."""
    return write_envelope(
        f"<soap:Fault><faultcode>{prefix}{code}</faultcode>"
        f"<faultstring>{escape(SENTENCES[code])}</faultstring></soap:Fault>".encode()
    )


def read_action(header: str | None) -> str:
    """Read a SOAPAction header: one pair of quotes is stripped, absent means empty (uwlr.md §9)."""
    action = (header or "").strip()
    return action[1:-1] if len(action) > 1 and action[0] == action[-1] == '"' else action
