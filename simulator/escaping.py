"""Making text safe to stand in XML, as content or between double quotes."""

from __future__ import annotations

import html
import re

_SPECIAL = re.compile("[&<>\"']")


def escaped(text: str) -> str:
    """Return the text with its special characters written out; most names have none, and cost one look."""
    return html.escape(text) if _SPECIAL.search(text) else text
