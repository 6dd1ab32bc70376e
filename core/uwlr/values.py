"""Single values as they stand in an answer, read leniently: blanks round them and zones behind dates are no matter."""

from __future__ import annotations

from datetime import date, datetime

from core.clock import AMSTERDAM
from core.language import _
from core.model import Sex
from core.uwlr.unreadable import Wrong, shown

_SEXES = {"0": Sex.UNKNOWN, "1": Sex.BOY, "2": Sex.GIRL, "9": Sex.UNKNOWN}


def day(text: str, field: str) -> date:
    """Read an xs:date; raises Wrong at `field`."""
    if len(text) != 10:
        text = text.strip()
    # The standard library also takes weeks, and dates without dashes; XML does not.
    if text[7:8] == "-" and (len(text) == 10 or _is_zone(text[10:])):
        try:
            return date.fromisoformat(text[:10])
        except ValueError:
            pass
    raise Wrong(field, _("een datum als 2015-09-01"), shown(text))


def moment(text: str, field: str) -> datetime:
    """Read an xs:dateTime, aware; without an offset it is Dutch time (uwlr.md §7). Raises Wrong at `field`."""
    text = text.strip()
    if text[10:11] == "T":
        try:
            found = datetime.fromisoformat(text)
            return found.astimezone(AMSTERDAM) if found.tzinfo else found.replace(tzinfo=AMSTERDAM)
        except (ValueError, OverflowError):
            pass
    raise Wrong(field, _("een tijdstip als 2026-09-01T08:30:00"), shown(text))


def sex(text: str) -> Sex:
    """Read EDEXGeslachtType; whatever is neither boy nor girl is unknown."""
    return _SEXES.get(text) or _SEXES.get(text.strip(), Sex.UNKNOWN)


def _is_zone(text: str) -> bool:
    return text == "Z" or (len(text) == 6 and text[0] in "+-" and text[3] == ":" and (text[1:3] + text[4:]).isdigit())
