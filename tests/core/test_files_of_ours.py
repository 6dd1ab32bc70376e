"""Settings, definitions and saved reviews that cannot be read: the place is told in Dutch, the content is not."""

from __future__ import annotations

from pathlib import Path

import pytest

from core import settings
from core.desk.review_files import read
from core.errors import Damaged, UnreadableInput
from core.scores.catalogue import Catalogue
from tests.core.desk.office import SCHOOL

GOOD = (
    '{"indeling": "koppeldesk-nakijken", "versie": 1, "school": "12AB-00", "import": "1", '
    '"opgehaald": "2026-11-23T08:20:00+01:00", "stappen": 0, "rijen": []}'
)


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"[keep]\nauditt = 3\n", "keep.auditt is hier onbekend"),
        (b"[keep]\naudit = 'Fien Bakker'\n", "bij keep.audit staat iets dat daar niet kan"),
        (b"[keep\n", "regel 1, teken 6"),
        (b"[mail]\nsender = 'Zo\xeb'\n", "het is geen UTF-8"),
        (b"#" * 1_000_001, "het bestand is te groot"),
        (b"\0", "regel 1, teken 1"),
    ],
)
def test_settings_that_cannot_be_read_say_where(tmp_path: Path, content: bytes, says: str) -> None:
    path = tmp_path / "config.toml"
    path.write_bytes(content)
    with pytest.raises(Damaged) as told:
        settings.load(config=path, environ={})
    assert says in told.value.what and str(path) in told.value.what
    assert "Fien" not in str(told.value)


def test_settings_made_with_a_windows_editor_are_read(tmp_path: Path) -> None:
    path = tmp_path / "config.toml"
    path.write_bytes("\ufeff[keep]\r\naudit = 100\r\n".encode())
    assert settings.load(config=path, environ={}).keep.audit == 100


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "het houdt te vroeg op"),
        (GOOD[:-9], "het houdt te vroeg op"),
        (GOOD.replace('"rijen"', "rijen"), "teken 142 kan daar niet"),
        (GOOD.replace('"rijen"', '"regels"'), "regels is hier onbekend"),
        (GOOD.replace(', "stappen": 0', ""), "stappen ontbreekt"),
        (GOOD.replace('"stappen": 0', '"stappen": "Fien"'), "bij stappen staat iets dat daar niet kan"),
        ("[]", "de inhoud is iets anders"),
        ("null", "de inhoud is iets anders"),
        (GOOD.replace('"versie": 1', '"versie": 2'), "Deze indeling wordt niet gelezen"),
        (GOOD.replace("12AB-00", "12AB-01"), "Dit bestand is van school 12AB-01 en niet van 12AB-00"),
    ],
)
def test_a_saved_review_that_cannot_be_read_says_where(text: str, says: str) -> None:
    read(GOOD, SCHOOL)
    with pytest.raises(UnreadableInput) as told:
        read(text, SCHOOL)
    assert says in told.value.what and "Fien" not in str(told.value)


def test_a_definition_of_a_test_that_is_no_text_is_named(tmp_path: Path) -> None:
    (tmp_path / "x.toml").write_bytes(b"code = '\xff'")
    with pytest.raises(UnreadableInput, match=r"x\.toml is niet te lezen: het is geen UTF-8"):
        Catalogue.of_folder(tmp_path)
    (tmp_path / "x.toml").unlink()
    (tmp_path / "y.toml").mkdir()
    with pytest.raises(UnreadableInput, match=r"y\.toml is niet te lezen: het is een map"):
        Catalogue.of_folder(tmp_path)
