"""A kept message laid out over lines, to be read by people."""

from __future__ import annotations

from lxml import etree

from core.errors import UnreadableReply
from core.uwlr.xml import parse


def laid_out(text: str) -> str:
    """Return the XML in `text` with an element a line; text that is no XML comes back as it is."""
    if not text.lstrip().startswith("<"):
        return text
    try:
        root = parse(text.encode("utf-8", errors="replace"))
    except UnreadableReply:
        return text
    etree.indent(root)
    return etree.tostring(root, encoding="unicode")
