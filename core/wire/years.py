"""What XSD 1.0 cannot say about a school year (uwlr.md §0.1)."""

from __future__ import annotations

import re

_SCHOOL_YEAR = re.compile(r"([12][0-9]{3})-([12][0-9]{3})")


def is_school_year(text: str) -> bool:
    """Whether `text` reads `2026-2027`: two years, the second the first plus one."""
    match = _SCHOOL_YEAR.fullmatch(text)
    return match is not None and int(match[2]) == int(match[1]) + 1
