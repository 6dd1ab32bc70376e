"""A person's name in the parts UWLR has."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonName:
    """A person's name in the parts UWLR has; empty = not known."""

    surname: str = ""
    """Achternaam, without particle."""
    prefix: str = ""
    """Voorvoegsel: `van der`, `el`."""
    initials: str = ""
    """Voorletters."""
    call_name: str = ""
    """Roepnaam."""
    given_names: str = ""
    """Voornamen, official."""

    @property
    def listed(self) -> str:
        """As in a class list: `Berg, Fien van den`."""
        first = self.call_name or self.given_names or self.initials
        return ", ".join(part for part in (self.surname, " ".join(p for p in (first, self.prefix) if p)) if part)

    @property
    def spoken(self) -> str:
        """As you would say it: `Fien van den Berg`."""
        first = self.call_name or self.given_names or self.initials
        return " ".join(part for part in (first, self.prefix, self.surname) if part)
