"""What is wrong in a file of settings or JSON, in our words: the libraries that read them speak English only."""

from __future__ import annotations

import re

from core.language import _


def whats_wrong(error: Exception) -> str:
    """Return where a reader of JSON or TOML stopped and why, as part of a sentence; never a value from the file."""
    told = str(error)
    if found := re.search(r"missing required field `(\S+)`", told):
        return _("{name} ontbreekt").format(name=_place(told, found[1]))
    if found := re.search(r"unknown field `(\S+)`", told):
        return _("{name} is hier onbekend").format(name=_place(told, found[1]))
    if place := _place(told):
        return _("bij {place} staat iets dat daar niet kan").format(place=place)
    if found := re.search(r"at line (\d+), column (\d+)", told):
        return _("regel {line}, teken {column}").format(line=found[1], column=found[2])
    if found := re.search(r"\(byte (\d+)\)", told):
        return _("teken {n} kan daar niet").format(n=int(found[1]) + 1)
    if isinstance(error, UnicodeDecodeError):
        return _("het is geen UTF-8")
    if "truncated" in told or "end of document" in told:
        return _("het houdt te vroeg op")
    return _("de inhoud is iets anders")


def _place(told: str, name: str = "") -> str:
    """Return the path a message names, `las.url` or `rijen[3].naam`, with `name` below it."""
    found = re.search(r"at `\$\.?([^`]*)`", told)
    return ".".join(part for part in (found[1] if found else "", name) if part)
