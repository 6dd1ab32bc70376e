"""Worlds side by side on one server: `/w/NAME/…` is a ParnasSys of its own, so parallel tests never meet."""

from __future__ import annotations

import re

from simulator.las import Beginning, Las
from simulator.options import Options

MAX_WORLDS = 200
_NAME = re.compile(r"[a-z0-9][a-z0-9-]{0,39}")


class NoSuchWorld(Exception):
    """The name cannot be a world's name, or there are too many worlds already."""


class Worlds:
    """All worlds by name; the one without a name is the server's own. A world begins when it is first named."""

    def __init__(self, beginning: Beginning, options: Options) -> None:
        self.beginning = beginning
        self.options = options
        self.by_name: dict[str, Las] = {"": Las(beginning, options)}

    def of(self, name: str) -> Las:
        """Return a world, made on first use; raises NoSuchWorld."""
        las = self.by_name.get(name)
        if las is None:
            if not _NAME.fullmatch(name):
                raise NoSuchWorld("Een wereld heet naar kleine letters, cijfers en streepjes (hoogstens 40).")
            if len(self.by_name) > MAX_WORLDS:
                raise NoSuchWorld(f"Er zijn al {MAX_WORLDS} werelden; gooi er eerst een weg.")
            las = self.by_name[name] = Las(self.beginning, self.options)
        return las

    def drop(self, name: str) -> bool:
        """Throw a named world away; return whether it was there."""
        return bool(name) and self.by_name.pop(name, None) is not None
