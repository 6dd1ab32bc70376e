"""The composition root: settings in, a desk on real adapters out. Nothing heavy is loaded before it is used."""

from __future__ import annotations

from core.desk import Desk
from core.settings import Settings


def build_desk(settings: Settings) -> Desk:
    """Return the desk on the configured data folder, clock, post and line to ParnasSys."""
    raise SystemExit(f"no adapters yet for {settings.data_folder}")
