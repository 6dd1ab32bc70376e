"""Every test here gets a world of its own on one server."""

from __future__ import annotations

from tests.simulator.worlds import caller, simulator_server

__all__ = ["caller", "simulator_server"]
