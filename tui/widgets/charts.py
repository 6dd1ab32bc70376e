"""Small pictures made of letters: how much there was of something, night by night."""

from __future__ import annotations

from collections.abc import Sequence

from core.night import Night

EIGHTHS = "▁▂▃▄▅▆▇█"
LONGEST = 14
"""Cells of the longest bar in a list: in 80 columns there is room for no more."""


def spark(nights: Sequence[Night]) -> str:
    """Draw what was confirmed each night, one cell a night, the newest at the right; nothing is the lowest line."""
    most = max((night.confirmed for night in nights), default=0)
    return "".join(_height(night.confirmed, most) for night in reversed(nights))


def _height(value: int, most: int) -> str:
    """Draw one night; something that is not nothing stands out from it."""
    if not value or not most:
        return EIGHTHS[0]
    return EIGHTHS[max(1, round(value / most * (len(EIGHTHS) - 1)))]


def lying(confirmed: int, rejected: int, most: int) -> str:
    """Draw a night as a bar that lies down: confirmed dark, rejected light behind it, both to the measure of `most`."""
    if not most:
        return ""
    return "".join(
        sign * max(bool(count), round(LONGEST * count / most)) for sign, count in (("█", confirmed), ("░", rejected))
    )
