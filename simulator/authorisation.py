"""Who is calling, and for which school: the ordered checks of the vendor's library (uwlr.md §5.3, 1, 3, 4 and 5)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from lxml import etree

from core.wire import names
from core.wire.faults import FaultCode
from simulator.faults import UwlrFault
from simulator.receive import Head, local_name, text_of
from simulator.world.model import SchoolRef

MAX_LENGTH = 64


@dataclass(frozen=True, slots=True, kw_only=True)
class Credentials:
    """The three values of the SOAP header."""

    key: str = field(repr=False)
    client: str
    client_code: str = field(repr=False)


def read_credentials(headers: Sequence[etree._Element]) -> Credentials:
    """Check 1: the header is there and holds key, name and code, each once and not empty."""
    blocks = [block for block in headers if block.tag == f"{{{names.AUTORISATIE}}}autorisatie"]
    if len(blocks) != 1:
        raise _refused(f"{len(blocks)} autorisatie-headers in plaats van één")
    key, client, code = (_only_child(blocks[0], name) for name in ("autorisatiesleutel", "klantnaam", "klantcode"))
    return Credentials(key=key, client=client, client_code=code)


def _only_child(block: etree._Element, name: str) -> str:
    found = [child for child in block if local_name(child) == name]
    if len(found) != 1:
        raise _refused(f"{name} komt {len(found)} keer voor")
    text = text_of(found[0])
    if not text or len(text) > MAX_LENGTH:
        raise _refused(f"{name} is leeg of langer dan {MAX_LENGTH} tekens")
    return text


def check_client(credentials: Credentials, *, client: str, client_code: str) -> None:
    """Check 3: klantnaam and klantcode are known and belong together."""
    if (credentials.client, credentials.client_code) != (client, client_code):
        raise UwlrFault(FaultCode.INVALID_CLIENT, "klantnaam en klantcode zijn onbekend of horen niet bij elkaar")


def check_school(
    credentials: Credentials,
    head: Head,
    *,
    schools_of: Callable[[str], Sequence[SchoolRef]],
    school_key_of: Callable[[SchoolRef], str],
) -> SchoolRef:
    """Check 4: the key is in use and gives access to the school that the message names."""
    allowed = schools_of(credentials.key)
    if not allowed:
        raise _refused("de sleutel is onbekend, vervangen of ingetrokken")
    for school in allowed:
        if school == head.school or (head.school is None and school_key_of(school) == head.school_key):
            return school
    raise _refused("de sleutel geeft geen toegang tot de genoemde school")


def _refused(reason: str) -> UwlrFault:
    return UwlrFault(FaultCode.INVALID_AUTHORISATION, reason)
