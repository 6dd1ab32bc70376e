"""A document holds its old or its new value, or says plainly what is wrong."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from core.disk.files import previous_of
from core.errors import Damaged, TryLater
from core.model import PupilId, SchoolId
from core.store.document import TinyDocument
from core.store.tiny import TinyStore
from tests.core.store.records import SCHOOL, a_record


def test_an_exception_inside_an_edit_stores_nothing(tmp_path: Path) -> None:
    store = TinyStore(tmp_path)
    with pytest.raises(ZeroDivisionError), store.record(SCHOOL).edit() as draft:
        draft.value = a_record()
        raise ZeroDivisionError
    assert store.record(SCHOOL).read() is None
    assert store.lines() == ()


@pytest.mark.parametrize(
    "content", [b"", b"{", b'{"record":{"1":{"format":1,"value":{"school":3}}}}', b"[]", b'{"record":{}}']
)
def test_a_damaged_file_is_never_overwritten_and_the_last_good_copy_is_named(tmp_path: Path, content: bytes) -> None:
    store = TinyStore(tmp_path)
    for name in ("Oud", "Nieuw"):
        with store.record(SCHOOL).edit() as draft:
            draft.value = a_record(name)
    path = store.record(SCHOOL).path
    path.write_bytes(content)
    with pytest.raises(Damaged) as told:
        store.record(SCHOOL).read()
    assert str(previous_of(path)) in told.value.todo
    with pytest.raises(Damaged), store.record(SCHOOL).edit():
        pytest.fail("a damaged file was opened for editing")
    assert path.read_bytes() == content
    previous_of(path).replace(path)
    found = store.record(SCHOOL).read()
    assert found is not None
    assert found.school.name == "Oud"


def test_a_file_of_a_later_format_is_refused(tmp_path: Path) -> None:
    store = TinyStore(tmp_path)
    with store.record(SCHOOL).edit() as draft:
        draft.value = a_record()
    path = store.record(SCHOOL).path
    path.write_bytes(path.read_bytes().replace(b'"format":1', b'"format":2'))
    with pytest.raises(Damaged, match="indeling 2"):
        store.record(SCHOOL).read()


def test_editing_one_file_twice_at_once_in_one_thread_is_refused_instead_of_waiting_for_ever(tmp_path: Path) -> None:
    document = TinyStore(tmp_path).record(SCHOOL)
    with document.edit(), pytest.raises(RuntimeError), document.edit():
        pass


def test_a_full_disk_loses_nothing_and_asks_to_try_later(tmp_path: Path) -> None:
    store = TinyStore(tmp_path)
    with store.record(SCHOOL).edit() as draft:
        draft.value = a_record()
    path = store.record(SCHOOL).path
    path.with_name(path.name + ".nieuw").symlink_to("/dev/full")
    with pytest.raises(TryLater, match="schijf is vol"), store.record(SCHOOL).edit() as draft:
        draft.value = a_record("Nieuw")
    assert store.record(SCHOOL).read() == a_record()
    assert store.lines()[0].name == "De Regenboog"


def test_what_another_process_wrote_is_seen_although_the_last_value_is_remembered(tmp_path: Path) -> None:
    here, there = TinyStore(tmp_path), TinyStore(tmp_path)
    for number in range(50):
        writer, reader = (here, there) if number % 2 else (there, here)
        with writer.ledger(SchoolId("12AB")).edit() as draft:
            draft.value = replace(draft.value, last_created=datetime(2026, 11, 24, 2, 0, number, tzinfo=UTC))
        assert reader.ledger(SchoolId("12AB")).read().last_created == draft.value.last_created


def test_a_value_that_is_read_twice_is_parsed_once(tmp_path: Path) -> None:
    store = TinyStore(tmp_path)
    with store.ledger(SchoolId("12AB")).edit() as draft:
        draft.value = replace(draft.value, last_created=datetime(2026, 11, 24, tzinfo=UTC))
    assert store.ledger(SchoolId("12AB")).read() is store.ledger(SchoolId("12AB")).read()


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    since: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Rejected:
    why: str
    seen: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    state: Waiting | Rejected | None
    pairs: tuple[tuple[Waiting | Rejected, int], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Book:
    items: dict[PupilId, Item]


def test_fields_that_hold_one_of_several_dataclasses_come_back_as_the_right_one(tmp_path: Path) -> None:
    day = Waiting(since=date(2026, 11, 23))
    book = Book(
        items={
            PupilId("a"): Item(state=day, pairs=((Rejected(why="r", seen=frozenset({"x"})), 1), (day, 2))),
            PupilId("b"): Item(state=None),
        }
    )
    document = TinyDocument(tmp_path / "book.json", Book, Book(items={}))
    with document.edit() as draft:
        draft.value = book
    assert document.read() == book
    document.path.write_bytes(document.path.read_bytes().replace(b"Rejected", b"Unheard"))
    with pytest.raises(Damaged):
        document.read()
