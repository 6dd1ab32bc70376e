"""A log gives back whole entries only, and hides none."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest

from core.disk.log import JsonLog, lines_backward
from core.errors import Damaged


@dataclass(frozen=True, slots=True, kw_only=True)
class Day:
    since: date


def test_a_log_gives_back_every_entry_from_where_you_ask(tmp_path: Path) -> None:
    log = JsonLog(tmp_path / "log.jsonl", Day)
    days = [Day(since=date(2026, 11, d)) for d in (1, 2, 3, 4)]
    assert log.append(days[0]) == 1
    assert log.append(*days[1:]) == 4
    assert list(log.read()) == days
    assert list(log.read(2)) == days[2:]
    assert log.append() == 4


def test_a_half_last_line_is_ignored_and_mended_by_the_next_append(tmp_path: Path) -> None:
    log = JsonLog(tmp_path / "log.jsonl", Day)
    first, second = Day(since=date(2026, 11, 1)), Day(since=date(2026, 11, 2))
    log.append(first)
    with log.path.open("ab") as handle:
        handle.write(b'{"since":"2026-1')
    assert list(log.read()) == [first]
    assert log.append(second) == 2
    assert list(log.read()) == [first, second]


def test_a_bad_line_in_the_middle_of_a_log_is_told_and_not_skipped(tmp_path: Path) -> None:
    log = JsonLog(tmp_path / "log.jsonl", Day)
    log.path.write_bytes(b'{"since":"2026-11-01"}\nrubbish\n')
    with pytest.raises(Damaged, match=r"log\.jsonl"):
        list(log.read())


def test_lines_are_given_backward_across_blocks_and_without_a_half_last_one(tmp_path: Path) -> None:
    path = tmp_path / "log"
    lines = [b"%d" % number * (1 + number % 997) for number in range(600)]
    path.write_bytes(b"\n".join(lines) + b"\nhalf")
    assert list(lines_backward(path)) == lines[::-1]
    assert list(lines_backward(tmp_path / "nothing")) == []
