"""A linked school of a running simulator, for clients that are not ours."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import httpx
import pytest

from simulator.server import running_simulator


@dataclass(frozen=True)
class LinkedSchool:
    """What a client is told of a school by its administrator."""

    url: str
    brin: str
    dependance: str
    school_year: str
    key: str
    klantcode: str = "KOPPELDESK-DEMO"
    klantnaam: str = "Boom test onderwijs"

    @property
    def api(self) -> str:
        """Address of the school in the control API."""
        return f"{self.url}/_sim/schools/{self.brin}-{self.dependance}"

    def results(self) -> list[dict[str, object]]:
        """Return what the simulator holds of this school's results."""
        found = httpx.get(f"{self.api}/resultaten").json()["resultaten"]
        assert isinstance(found, list)
        return found


@pytest.fixture(scope="module")
def school() -> Iterator[LinkedSchool]:
    with running_simulator(seed=11) as simulator:
        line = httpx.get(f"{simulator.url}/_sim/schools").json()[0]
        place = f"{simulator.url}/_sim/schools/{line['brin']}-{line['dependancecode']}/koppeling"
        for act in ("open", "afnemen"):
            httpx.post(f"{place}/{act}").raise_for_status()
        key = httpx.post(f"{place}/sleutel").json()["autorisatiesleutel"]
        yield LinkedSchool(simulator.url, line["brin"], line["dependancecode"], line["schooljaar"], key)
