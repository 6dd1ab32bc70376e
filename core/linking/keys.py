"""The autorisatiesleutel as people paste it."""

from __future__ import annotations

import unicodedata

LONGEST_KEY = 64
"""Characters: `autorisatiesleutel` is a string of 1-64 (uwlr.md §2.3); apart from that it is opaque (§1.4)."""


def clean_key(pasted: str) -> str:
    """Return the key without what a mail or a terminal adds: spaces, line ends, and characters that cannot be seen."""
    return "".join(sign for sign in pasted if not sign.isspace() and unicodedata.category(sign) not in ("Cc", "Cf"))


def is_key(text: str) -> bool:
    """Whether `text` can be a key: 1 to 64 printable characters of ASCII, without spaces."""
    return 0 < len(text) <= LONGEST_KEY and text.isascii() and text.isprintable() and " " not in text
