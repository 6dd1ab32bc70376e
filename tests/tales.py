"""The texts of the trainer's scenarios, for the extraction of Babel: they are shown, and stand in no Python file."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from typing import Any, BinaryIO

Found = tuple[int, None, str, list[str]]


def texts(file: BinaryIO, _keywords: Any, _comments: Any, **_options: Any) -> Iterator[Found]:
    """Yield every text of a scenario that a trainee reads, on one line, as `tui.demo` asks for it."""
    scenario = tomllib.load(file)
    shown = [scenario["titel"], scenario["verhaal"]]
    shown += [step[part] for step in scenario["stap"] for part in ("titel", "tekst")]
    for text in shown:
        yield 1, None, " ".join(text.split()), []
