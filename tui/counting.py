"""Counts as people say them: one of something is not called by its plural."""

from __future__ import annotations

from core.language import _, ngettext


def in_test_centre(*, groups: int, teachers: int, pupils: int, inactive: int) -> str:
    """Return what the test centre has of a school; `pupils` are the active ones."""
    parts = (
        ngettext("{n} groep", "{n} groepen", groups).format(n=groups),
        ngettext("{n} leerkracht", "{n} leerkrachten", teachers).format(n=teachers),
        ngettext("{n} leerling", "{n} leerlingen", pupils).format(n=pupils),
    )
    more = " " + _("({n} inactief)").format(n=inactive) if inactive else ""
    return " · ".join(parts) + more
