"""XML in, safely: no entities, no DTD, nothing fetched, and a bound on what a parsed message may weigh."""

from __future__ import annotations

from typing import TypedDict

from lxml import etree

from core.errors import UnreadableReply
from core.language import _
from core.uwlr.unreadable import unreadable

MAX_MARKUP = 1_000_000
"""Elements plus attributes in a message that is held as a tree: some 120 MB. A school of 20,000 pupils has half."""


class _Safety(TypedDict):
    resolve_entities: bool
    no_network: bool
    remove_comments: bool
    remove_pis: bool
    huge_tree: bool


SAFE: _Safety = {
    "resolve_entities": False,
    "no_network": True,
    "remove_comments": True,
    "remove_pis": True,
    "huge_tree": False,
}
"""Options of every parser here."""


def parse(body: bytes, charset: str = "") -> etree._Element:
    """Return the root element of `body`.

    `charset` is what the HTTP header says; it counts only when the XML itself names none. Raises UnreadableReply.
    """
    if weight(body) > MAX_MARKUP:
        raise too_much_markup()
    try:
        root = etree.fromstring(body, parser_for(body, charset))
    except etree.XMLSyntaxError as error:
        raise not_xml(error) from error
    refuse_dtd(root)
    return root


def parser_for(body: bytes, charset: str) -> etree.XMLParser:
    """Return a safe parser that reads `body` in its own character set, else in `charset`. Raises UnreadableReply."""
    start = body[:200].lstrip()
    names_its_own = start.startswith(b"<?xml") and b"encoding" in start.partition(b"?>")[0]
    has_mark = body[:2] in (b"\xff\xfe", b"\xfe\xff") or body[:3] == b"\xef\xbb\xbf" or b"\0" in body[:4]
    try:
        return etree.XMLParser(encoding=None if names_its_own or has_mark or not charset else charset, **SAFE)
    except LookupError as error:
        raise unreadable("/", _("een bekende tekenset"), f"“{charset[:20]}”") from error


def weight(data: bytes) -> int:
    """Estimate how many elements and attributes there are, in any character set."""
    return data.count(b"<") + data.count(b"=")


def too_much_markup() -> UnreadableReply:
    """Return the error for a message with more elements than any school has."""
    return unreadable("/", _("hoogstens {n} elementen").format(n=MAX_MARKUP), _("meer"))


def not_xml(error: etree.XMLSyntaxError) -> UnreadableReply:
    """Return the error for a body that is no well-formed XML; the parser's own words may hold data and are left out."""
    return unreadable("/", _("welgevormde XML"), _("een fout op regel {line}").format(line=error.lineno or 0))


def refuse_dtd(root: etree._Element) -> None:
    """Raise UnreadableReply when the message brings a DTD: looked for after parsing, so no character set hides it."""
    if root.getroottree().docinfo.internalDTD is not None:
        raise unreadable("/", _("een bericht zonder DTD"), _("een DTD"))
