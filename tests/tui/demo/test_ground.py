"""A demo plays in a folder of its own only: what it begins with is throwing away what is there."""

from __future__ import annotations

from pathlib import Path

import pytest

from core.errors import UnreadableInput
from tui.demo.ground import claim
from tui.demo.moments import Moments


@pytest.mark.parametrize("made", [True, False])
def test_a_new_or_empty_folder_becomes_a_demos_and_stays_one(tmp_path: Path, made: bool) -> None:
    folder = tmp_path / "nieuw" / "oefenen"
    if made:
        folder.mkdir(parents=True)
    claim(folder)
    (folder / "log.jsonl").write_text("{}")
    Moments(folder).clear()
    (folder / "log.jsonl").write_text("{}")
    assert claim(folder) == folder


def test_a_folder_with_something_else_in_it_is_left_as_it_is(tmp_path: Path) -> None:
    (tmp_path / "schools").mkdir()
    with pytest.raises(UnreadableInput, match="is geen map van een oefenwereld"):
        claim(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["schools"]


def test_a_file_is_no_folder(tmp_path: Path) -> None:
    file = tmp_path / "bestand"
    file.write_text("x")
    with pytest.raises(UnreadableInput, match="kan geen oefenwereld staan"):
        claim(file)
