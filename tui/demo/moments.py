"""Moments of a demo to go back to: the simulator keeps its half, the folder of the desk is copied."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

from core.errors import UnreadableInput
from core.language import _
from tui.demo.ground import MARK

SHELF = ".momenten"
STAYS = (SHELF, MARK, "secret.key", "access", "toegang", "demo_key")
"""Beginnings of names of what is no part of the story: the master key, and who may come in."""
_NAME = re.compile(r"[\w][\w .-]{0,39}")


class Moments:
    """Copies of one demo's data folder."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._shelf = folder / SHELF

    def names(self) -> tuple[str, ...]:
        """Return what was kept, oldest first."""
        kept = sorted(self._shelf.glob("*"), key=lambda path: path.stat().st_mtime_ns)
        return tuple(path.name for path in kept)

    def keep(self, name: str) -> None:
        """Copy the folder under a name; one of that name is replaced. UnreadableInput for an impossible name."""
        place = self._place(name)
        if place.exists():
            shutil.rmtree(place)
        place.mkdir(parents=True)
        for path in self._story():
            _copy(path, place / path.name)

    def put_back(self, name: str) -> None:
        """Make the folder as it was; UnreadableInput when there is no such moment."""
        place = self._place(name)
        if not place.is_dir():
            raise UnreadableInput(_("Er is geen moment “{name}” bewaard.").format(name=name))
        self.clear()
        for path in place.iterdir():
            _copy(path, self._folder / path.name)

    def clear(self) -> None:
        """Throw away everything that is part of the story, but no kept moments."""
        for path in self._story():
            if path.is_dir():
                shutil.rmtree(path)
            else:
                path.unlink()

    def forget(self) -> None:
        """Throw away all kept moments."""
        shutil.rmtree(self._shelf, ignore_errors=True)

    def _story(self) -> list[Path]:
        return [path for path in self._folder.iterdir() if not path.name.startswith(STAYS)]

    def _place(self, name: str) -> Path:
        if not _NAME.fullmatch(name):
            raise UnreadableInput(_("“{name}” kan geen naam van een moment zijn.").format(name=name))
        return self._shelf / name


def _copy(path: Path, to: Path) -> None:
    if path.is_dir():
        shutil.copytree(path, to)
    else:
        shutil.copy2(path, to)
