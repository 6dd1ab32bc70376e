"""Records come back as they went in, and the list of schools is right with them."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from core.errors import UnreadableInput
from core.linking.link import LinkState
from core.model import SchoolId
from core.store.tiny import TinyStore
from tests.core.store.records import SCHOOL, a_record


def test_a_record_comes_back_as_it_went_in(tmp_path: Path) -> None:
    with TinyStore(tmp_path).record(SCHOOL).edit() as draft:
        assert draft.value is None
        draft.value = a_record()
    assert TinyStore(tmp_path).record(SCHOOL).read() == a_record()
    with TinyStore(tmp_path).record(SCHOOL).edit() as draft:
        draft.value = a_record("Het Kompas")
    assert TinyStore(tmp_path).record(SCHOOL).read() == a_record("Het Kompas")


def test_a_school_that_was_never_written_is_none(tmp_path: Path) -> None:
    document = TinyStore(tmp_path).record(SCHOOL)
    assert document.read() is None
    assert not document.exists()


def test_the_list_of_schools_follows_every_record(tmp_path: Path) -> None:
    store, other = TinyStore(tmp_path), TinyStore(tmp_path)
    with store.record(SCHOOL).edit() as draft:
        draft.value = a_record()
    assert [(line.state, line.waits_for, line.pupils) for line in other.lines()] == [
        ("aangevraagd", "klantenservice", 1)
    ]
    with other.record(SCHOOL).edit() as draft:
        draft.value = a_record("Het Kompas", LinkState.ACTIVE)
    assert [(line.name, line.state, line.waits_for) for line in store.lines()] == [("Het Kompas", "actief", "")]


def test_locations_of_one_brin_are_apart(tmp_path: Path) -> None:
    store = TinyStore(tmp_path)
    for dependance in ("01", "00"):
        record = a_record()
        with store.record(SchoolId("12AB", dependance)).edit() as draft:
            draft.value = replace(record, school=replace(record.school, id=SchoolId("12AB", dependance)))
    assert [str(line.id) for line in store.lines()] == ["12AB-00", "12AB-01"]


def test_a_list_that_stayed_behind_is_made_anew_from_the_record(tmp_path: Path) -> None:
    store = TinyStore(tmp_path)
    with store.record(SCHOOL).edit() as draft:
        draft.value = a_record()
    registry = tmp_path / "scholen.jsonl"
    with store.record(SCHOOL).edit() as draft:
        draft.value = a_record("Nieuw")
    # What a writer killed between the record and the list leaves: the last line is not there.
    lines = registry.read_bytes().splitlines(keepends=True)
    registry.write_bytes(b"".join(lines[:-1]))
    assert TinyStore(tmp_path).lines()[0].name == "Nieuw"
    registry.unlink()
    assert TinyStore(tmp_path).rebuild() == 1
    assert TinyStore(tmp_path).lines()[0].name == "Nieuw"


def test_the_list_is_rewritten_before_it_grows_without_end(tmp_path: Path) -> None:
    store = TinyStore(tmp_path)
    registry = tmp_path / "scholen.jsonl"
    for number in range(2):
        with store.record(SCHOOL).edit() as draft:
            draft.value = a_record(f"Naam {number}")
    line = registry.read_bytes().splitlines(keepends=True)[-1]
    registry.write_bytes(registry.read_bytes() + line * 1100)
    with store.record(SCHOOL).edit() as draft:
        draft.value = a_record("Laatste")
    assert len(registry.read_bytes().splitlines()) == 1
    assert [line.name for line in store.lines()] == ["Laatste"]


def test_a_name_that_is_no_school_never_becomes_a_path(tmp_path: Path) -> None:
    with pytest.raises(UnreadableInput):
        TinyStore(tmp_path).record(SchoolId("../../etc"))
    with pytest.raises(UnreadableInput):
        TinyStore(tmp_path).decisions(SCHOOL, "../x")


def test_a_file_that_goes_while_the_files_are_looked_at_is_none(tmp_path: Path) -> None:
    """As an earlier generation does when a night writes: listed, and gone. A link to nothing is just that."""
    store = TinyStore(tmp_path)
    with store.record(SCHOOL).edit() as draft:
        draft.value = a_record()
    (tmp_path / "schools" / str(SCHOOL) / "ledger.json.vorige").symlink_to("weg")
    assert [file.name for file in store.files(SCHOOL)] == ["record.json"]
