"""Every setting stands in docs/settings.md with what it is when left out, and nothing else does."""

from __future__ import annotations

import re
from pathlib import Path

import msgspec

from core.settings import Settings

ROOT = Path(__file__).parents[2]


def names(kind: type[msgspec.Struct], before: str = "") -> dict[str, object]:
    """Return every setting by its full name with its default."""
    found: dict[str, object] = {}
    for field in msgspec.structs.fields(kind):
        if isinstance(field.default, msgspec.Struct):
            found |= names(type(field.default), f"{before}{field.name}.")
        else:
            found[before + field.name] = field.default
    return found


def test_every_setting_is_documented_with_its_default() -> None:
    rows = re.findall(r"^\| `([\w.]+)` \| (.*?) \|", (ROOT / "docs" / "settings.md").read_text(), flags=re.MULTILINE)
    documented = dict(rows)
    actual = names(Settings)
    assert set(documented) == set(actual)
    for name, default in actual.items():
        if isinstance(default, bool):
            assert documented[name] == str(default).lower(), name
        elif isinstance(default, int | float):
            assert float(documented[name]) == float(default), name
        elif default:
            assert documented[name] == f"`{default}`", name
