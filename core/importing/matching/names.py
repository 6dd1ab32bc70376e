"""Names made comparable: accents and case folded, Dutch particles taken out."""

from __future__ import annotations

import unicodedata


def fold(text: str) -> str:
    """Return `text` in lower case without accents; punctuation becomes a space."""
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    kept = (char for char in decomposed if not unicodedata.combining(char))
    return " ".join("".join(char if char.isalnum() else " " for char in kept).split())
