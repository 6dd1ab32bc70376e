"""Nobody changes the audit log unseen."""

from __future__ import annotations

from pathlib import Path

from core.desk.trail import AuditEntry
from core.store.tiny import TinyStore
from tests.core.store.records import NOW


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
