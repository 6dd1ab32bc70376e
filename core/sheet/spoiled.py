"""What a spreadsheet makes of a value that it takes for something else, and what cannot be undone afterwards."""

from __future__ import annotations

import re

from core.language import _

_DAY = re.compile(r"[0-9]{1,2}-(jan|feb|mrt|mar|apr|mei|may|jun|jul|aug|sep|okt|oct|nov|dec)", re.IGNORECASE)
_SCIENTIFIC = re.compile(r"[0-9]([.,][0-9]+)?E[+-][0-9]{2,3}")
_ERROR = re.compile(r"#(N/B|NAAM\?|VERW!|WAARDE!|GETAL!|DEEL/0!|LEEG!|#+|N/A|NAME\?|REF!|VALUE!|NUM!|DIV/0!|NULL!)")
_STRAY = re.compile(r"[\x00-\x1f\x7f]")


def spoiled(cell: str) -> str:
    """Return what happened to this cell, in a sentence; empty = nothing."""
    if _STRAY.search(cell):
        return _("er staat een regeleinde, tab of ander stuurteken in")
    if _DAY.fullmatch(cell):
        return _("“{text}” is door Excel een datum geworden; zet er terug wat er stond, zoals 5/6").format(text=cell)
    if _SCIENTIFIC.fullmatch(cell):
        return _("“{text}” is door Excel afgerond; maak van de kolom tekst en vul haar opnieuw").format(text=cell)
    if _ERROR.fullmatch(cell):
        return _("“{text}” is een fout van Excel en geen waarde").format(text=cell)
    return ""
