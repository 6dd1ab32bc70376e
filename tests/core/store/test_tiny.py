"""Documents, logs, the list of schools and sealed keys come back as they went in, or say plainly what is wrong."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from core.desk.office import AuditEntry
from core.errors import Damaged, TryLater, UnreadableInput
from core.linking.link import Link, LinkState, Move, Step
from core.model import (
    GroupId,
    LasKey,
    LinkedAs,
    PersonName,
    Pupil,
    PupilId,
    Register,
    School,
    SchoolId,
    SchoolYear,
    Sex,
)
from core.record import Care, SchoolRecord
from core.store.files import previous_of
from core.store.log import JsonLog, lines_backward
from core.store.secrets import FileVault
from core.store.tiny import TinyDocument, TinyStore

SCHOOL = SchoolId("12AB")
NOW = datetime(2026, 11, 23, 8, 20, tzinfo=UTC)


def a_record(name: str = "De Regenboog", state: LinkState = LinkState.REQUESTED) -> SchoolRecord:
    step = Step(at=NOW, move=Move.REQUEST, came_from=None, to=state, by="J. Bos")
    pupil = Pupil(
        id=PupilId("p1"),
        name=PersonName(surname="Berg", prefix="van den", call_name="Fien"),
        born=date(2017, 3, 12),
        sex=Sex.GIRL,
        group=GroupId("g1"),
        linked=LinkedAs(key=LasKey("k1")),
    )
    return SchoolRecord(
        school=School(id=SCHOOL, name=name, place="Assen"),
        link=Link(state=state, steps=(step,), school_year=SchoolYear(2026)),
        register=Register(pupils=(pupil,)),
        care=Care(never_touch_pupils=frozenset({PupilId("p1")})),
    )


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


def test_an_exception_inside_an_edit_stores_nothing(tmp_path: Path) -> None:
    store = TinyStore(tmp_path)
    with pytest.raises(ZeroDivisionError), store.record(SCHOOL).edit() as draft:
        draft.value = a_record()
        raise ZeroDivisionError
    assert store.record(SCHOOL).read() is None
    assert store.lines() == ()


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


def test_a_name_that_is_no_school_never_becomes_a_path(tmp_path: Path) -> None:
    with pytest.raises(UnreadableInput):
        TinyStore(tmp_path).record(SchoolId("../../etc"))
    with pytest.raises(UnreadableInput):
        TinyStore(tmp_path).decisions(SCHOOL, "../x")


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


def test_a_log_gives_back_every_entry_from_where_you_ask(tmp_path: Path) -> None:
    log = JsonLog(tmp_path / "log.jsonl", Waiting)
    days = [Waiting(since=date(2026, 11, d)) for d in (1, 2, 3, 4)]
    assert log.append(days[0]) == 1
    assert log.append(*days[1:]) == 4
    assert list(log.read()) == days
    assert list(log.read(2)) == days[2:]
    assert log.append() == 4


def test_a_half_last_line_is_ignored_and_mended_by_the_next_append(tmp_path: Path) -> None:
    log = JsonLog(tmp_path / "log.jsonl", Waiting)
    first, second = Waiting(since=date(2026, 11, 1)), Waiting(since=date(2026, 11, 2))
    log.append(first)
    with log.path.open("ab") as handle:
        handle.write(b'{"since":"2026-1')
    assert list(log.read()) == [first]
    assert log.append(second) == 2
    assert list(log.read()) == [first, second]


def test_a_bad_line_in_the_middle_of_a_log_is_told_and_not_skipped(tmp_path: Path) -> None:
    log = JsonLog(tmp_path / "log.jsonl", Waiting)
    log.path.write_bytes(b'{"since":"2026-11-01"}\nrubbish\n')
    with pytest.raises(Damaged, match=r"log\.jsonl"):
        list(log.read())


def test_lines_are_given_backward_across_blocks_and_without_a_half_last_one(tmp_path: Path) -> None:
    path = tmp_path / "log"
    lines = [b"%d" % number * (1 + number % 997) for number in range(600)]
    path.write_bytes(b"\n".join(lines) + b"\nhalf")
    assert list(lines_backward(path)) == lines[::-1]
    assert list(lines_backward(tmp_path / "nothing")) == []


def an_entry(number: int) -> AuditEntry:
    return AuditEntry(at=NOW.replace(minute=number), by="anne", role="klantenservice", act="koppeling openzetten")


def test_the_audit_chain_is_whole_until_somebody_touches_it(tmp_path: Path) -> None:
    log = TinyStore(tmp_path).audit()
    for number in range(5):
        assert log.append(an_entry(number)) == number + 1
    assert [entry.at.minute for entry in log.read()] == [0, 1, 2, 3, 4]
    assert [entry.at.minute for entry in log.newest()] == [4, 3, 2, 1, 0]
    assert list(log.newest("niemand")) == []
    assert log.verify().whole
    assert log.verify().entries == 5
    whole = log.path.read_bytes()
    lines = whole.splitlines(keepends=True)
    log.path.write_bytes(whole.replace(b"anne", b"eric", 1))
    assert log.verify().broken_at == 1
    log.path.write_bytes(b"".join(lines[:2] + lines[3:]))
    assert log.verify().broken_at == 3
    log.path.write_bytes(b"".join(lines[:-1]))
    assert log.verify().cut_off
    log.path.write_bytes(b"".join([lines[0], b"rubbish\n", *lines[1:]]))
    assert log.verify().broken_at == 2


def test_a_cut_in_the_audit_log_stays_visible_when_work_goes_on(tmp_path: Path) -> None:
    log = TinyStore(tmp_path).audit()
    log.append(*(an_entry(number) for number in range(3)))
    log.path.unlink()
    assert log.verify().cut_off
    log.append(an_entry(4))
    assert not log.verify().whole
    assert log.verify().broken_at == 1


def test_the_audit_chain_goes_on_after_a_purge(tmp_path: Path) -> None:
    log = TinyStore(tmp_path).audit()
    log.append(*(an_entry(number) for number in range(6)))
    assert log.purge(NOW.replace(minute=3), an_entry(9)) == 3
    assert log.verify().whole
    assert log.append(an_entry(7)) == 8
    assert log.purge(NOW.replace(minute=4), an_entry(10)) == 1
    assert log.purge(NOW.replace(minute=4), an_entry(10)) == 0
    assert log.verify().whole
    assert [entry.at.minute for entry in log.read()] == [4, 5, 9, 7, 10]
    lines = log.path.read_bytes().splitlines(keepends=True)
    log.path.write_bytes(b"".join(lines[1:]))
    assert not log.verify().whole
    forged = lines[0].replace(b'"nr":4', b'"nr":5')
    log.path.write_bytes(b"".join([forged, *lines[2:]]))
    assert not log.verify().whole


def test_a_key_opens_for_its_own_school_only(tmp_path: Path) -> None:
    vault = FileVault(tmp_path / "sub" / "secret.key")
    sealed = vault.seal(SCHOOL, "geheim-1234")
    assert "geheim" not in sealed
    assert vault.open(SCHOOL, sealed) == "geheim-1234"
    assert FileVault(tmp_path / "sub" / "secret.key").open(SCHOOL, sealed) == "geheim-1234"
    with pytest.raises(Damaged):
        vault.open(SchoolId("12AB", "01"), sealed)
    with pytest.raises(Damaged):
        vault.open(SCHOOL, sealed[:-6] + "AAAAAA")
    with pytest.raises(Damaged):
        FileVault(tmp_path / "other.key").open(SCHOOL, sealed)


def test_a_master_key_that_others_can_read_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "secret.key"
    vault = FileVault(path)
    vault.seal(SCHOOL, "x")
    assert path.stat().st_mode & 0o777 == 0o600
    path.chmod(0o640)
    with pytest.raises(Damaged, match="0640"):
        vault.seal(SCHOOL, "x")
    path.chmod(0o600)
    path.write_bytes(b"short\n")
    with pytest.raises(Damaged):
        vault.seal(SCHOOL, "x")


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
