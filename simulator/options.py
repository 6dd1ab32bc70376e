"""How one simulated ParnasSys is set: who may call, how strictly it listens, how it writes."""

from __future__ import annotations

from dataclasses import dataclass, field

from simulator.profiles import Profile, Style, Version


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """All that can be set while it runs."""

    client: str = "Boom test onderwijs"
    """Klantnaam of the one known client."""
    client_code: str = field(default="KOPPELDESK-DEMO", repr=False)
    lenient: bool = False
    """Takes what a real LAS takes: other element order, missing values; counts the breaches, refuses what it cannot
    understand. Otherwise the schema and every rule are kept."""
    quirks: bool = False
    leaky: bool = False
    eckid_only: bool = False
    profile: Profile = Profile.PARNASSYS
    versions: tuple[Version, ...] = (Version.V21, Version.V22, Version.V23)
    """The xsdversies it supports; leave 2.3 out to see a client fall back."""

    def style(self, profile: Profile, version: Version) -> Style:
        """Return how an answer in this profile and version is written."""
        return Style(profile=profile, version=version, quirks=self.quirks, leaky=self.leaky, eckid_only=self.eckid_only)
