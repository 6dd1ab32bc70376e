"""The SOAP envelope: round what goes out, off what comes in."""

from __future__ import annotations

from dataclasses import dataclass

from lxml import etree

from core.language import _
from core.model import Secret
from core.uwlr.unreadable import unreadable
from core.wire.names import AUTORISATIE, SOAP

ENVELOPE = f"{{{SOAP}}}Envelope"
BODY = f"{{{SOAP}}}Body"
FAULT = f"{{{SOAP}}}Fault"


@dataclass(frozen=True, slots=True, kw_only=True)
class Credentials:
    """Who we are (one pair per test centre) and the key of the school."""

    klantnaam: str
    klantcode: str
    key: Secret


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """A SOAP fault as it came."""

    code: str
    """What follows the last colon of `faultcode`: `Client.AutorisatieOngeldig`."""
    text: str
    """`faultstring`: free text of the sender, not to be shown outside the message itself."""


def wrap(credentials: Credentials, content: etree._Element) -> etree._Element:
    """Return the envelope with `content` in the body and the header `autorisatie`."""
    envelope = etree.Element(ENVELOPE, nsmap={"soap": SOAP})
    header = etree.SubElement(envelope, f"{{{SOAP}}}Header")
    authorisation = etree.SubElement(header, f"{{{AUTORISATIE}}}autorisatie", nsmap={"aut": AUTORISATIE})
    for name, value in (
        ("autorisatiesleutel", credentials.key.reveal()),
        ("klantcode", credentials.klantcode),
        ("klantnaam", credentials.klantnaam),
    ):
        etree.SubElement(authorisation, f"{{{AUTORISATIE}}}{name}").text = value
    etree.SubElement(envelope, BODY).append(content)
    return envelope


def content(envelope: etree._Element) -> etree._Element:
    """Return what stands in the body: an answer or a fault.

    Raises UnreadableReply when this is no SOAP 1.1 message or its body is empty.
    """
    if envelope.tag != ENVELOPE:
        raise unreadable("/", "soap:Envelope", _name(envelope))
    body = envelope.find(BODY)
    if body is None or not len(body):
        raise unreadable("/Envelope/Body", _("een antwoord"), _("niets"))
    return body[0]


def fault(element: etree._Element) -> Fault | None:
    """Return the fault that `element` is, or None when it is none. Prefix, namespace of the children and case aside."""
    if element.tag != FAULT:
        return None
    texts = {etree.QName(child).localname: (child.text or "").strip() for child in element.iterchildren("*")}
    return Fault(code=texts.get("faultcode", "").rpartition(":")[2], text=texts.get("faultstring", ""))


def _name(element: etree._Element) -> str:
    name = etree.QName(element).localname
    return f"<{name[:40]}>"
