"""What is wrong in a file is told in our words, whatever the reader of JSON or TOML says."""

from __future__ import annotations

import tomllib
from collections.abc import Callable

import msgspec
import pytest

from core.malformed import whats_wrong
from core.settings import Settings


class Row(msgspec.Struct, forbid_unknown_fields=True):
    name: str
    marks: dict[str, list[int]] = {}


def json(text: str) -> object:
    return msgspec.json.decode(text.encode(), type=Row)


def settings(text: bytes) -> object:
    return msgspec.toml.decode(text, type=Settings)


WRONG: list[tuple[Callable[[], object], str]] = [
    (lambda: json("# x"), "teken 1 kan daar niet"),
    (lambda: json('{"name": "x"} y'), "teken 16 kan daar niet"),
    (lambda: json('{"name":'), "het houdt te vroeg op"),
    (lambda: json("{}"), "name ontbreekt"),
    (lambda: json('{"name": "x", "nom": 1}'), "nom is hier onbekend"),
    (lambda: json('{"name": 12}'), "bij name staat iets dat daar niet kan"),
    (lambda: json('{"name": "x", "marks": {"a": ["Fien"]}}'), "bij marks[...][0] staat iets dat daar niet kan"),
    (lambda: json("[]"), "de inhoud is iets anders"),
    (lambda: settings(b"[las]\nadres = 1"), "las.adres is hier onbekend"),
    (lambda: settings(b"[las]\nurl = 1"), "bij las.url staat iets dat daar niet kan"),
    (lambda: settings(b"las"), "het houdt te vroeg op"),
    (lambda: settings(b"\xff"), "het is geen UTF-8"),
    (lambda: tomllib.loads("a\nb"), "regel 1, teken 2"),
]


@pytest.mark.parametrize(("read", "told"), WRONG)
def test_what_is_wrong_is_told_with_its_place_and_without_a_value(read: Callable[[], object], told: str) -> None:
    with pytest.raises((msgspec.DecodeError, tomllib.TOMLDecodeError, UnicodeDecodeError)) as caught:
        read()
    assert whats_wrong(caught.value) == told
