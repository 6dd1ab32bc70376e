"""The supplier's side of the simulator: in a demo the act `opengezet` at the desk opens the link there too."""

from __future__ import annotations

from dataclasses import dataclass

from core.errors import TryLater
from core.language import N_, _
from core.model import SchoolId

CLOSED = N_("dicht")
"""The simulator's word for a link that is not open for the school."""


@dataclass(frozen=True, slots=True)
class SimulatorSupplier:
    """Opens links in the simulator at `url` (`core.las.Supplier`)."""

    url: str

    def open(self, school: SchoolId) -> None:
        """Open the link of this school, unless it is open. Raises TryLater when the simulator does not answer."""
        import httpx

        there = f"{self.url}/_sim/schools/{school}"
        try:
            found = httpx.get(there, timeout=30).raise_for_status().json()
            if found["koppeling"] == CLOSED:
                httpx.post(f"{there}/koppeling/open", timeout=30).raise_for_status()
        except httpx.HTTPError as error:
            raise TryLater(
                _("De nagebouwde ParnasSys gaf geen antwoord; de koppeling is niet opengezet."),
                todo=_("Controleer of de simulator draait en probeer het opnieuw."),
                reference=type(error).__name__,
            ) from error
