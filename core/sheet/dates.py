"""Dates as people and their spreadsheets write them: day first with a Dutch setting, or year first."""

from __future__ import annotations

import re
from datetime import date

from core.language import _

_YEAR_FIRST = re.compile(r"(?P<year>[0-9]{4})[-/.](?P<month>[0-9]{1,2})[-/.](?P<day>[0-9]{1,2})")
_DAY_FIRST = re.compile(r"(?P<day>[0-9]{1,2})[-/.](?P<month>[0-9]{1,2})[-/.](?P<year>[0-9]{4})")
_SERIAL = re.compile(r"[0-9]{5}")


def date_of(text: str) -> date:
    """Read `3-11-2026`, `03/11/2026`, `2026-11-03` or `2026/11/3`; ValueError says what it is instead.

    A month in front does not come about: a spreadsheet that writes it so puts commas between columns, not semicolons.
    Excel's day numbers are not read: the same number is another day on a Macintosh.
    """
    found = _YEAR_FIRST.fullmatch(text) or _DAY_FIRST.fullmatch(text)
    if _SERIAL.fullmatch(text):
        raise ValueError(_("{text} is een dagnummer van Excel; geef de kolom de opmaak datum").format(text=text))
    if not found:
        raise ValueError(_("“{text}” is geen datum zoals 3-11-2026 of 2026-11-03").format(text=text))
    try:
        return date(int(found["year"]), int(found["month"]), int(found["day"]))
    except ValueError as error:
        raise ValueError(_("{text} bestaat niet").format(text=text)) from error
