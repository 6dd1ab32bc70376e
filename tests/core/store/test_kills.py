"""A kill at any instant leaves the old or the new state whole, and processes never lose each other's updates."""

from __future__ import annotations

import os
import random
import resource
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from core.errors import Damaged, TryLater
from core.mail.outbox import Outbox
from core.store.tiny import TinyStore
from tests.core.desk.office import SCHOOL
from tests.core.store.clerk import REVIEW, a_decision, prepare, whole

ROOT = Path(__file__).parents[3]


def clerk(*words: str | Path) -> subprocess.Popen[str]:
    """Start a process on the store."""
    return subprocess.Popen(
        [sys.executable, "-m", "tests.core.store.clerk", *map(str, words)],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def kill_again_and_again(folder: Path, kills: int) -> int:
    """Kill a working process at random instants; check everything after each; return how many commits were seen."""
    chance = random.Random(f"{kills}")
    bureau = prepare(folder)
    commits = 0
    for _kill in range(kills):
        process = clerk("work", folder)
        assert process.stdout is not None
        # Random from the first sign of life on: before that there is nothing to interrupt.
        first = process.stdout.readline()
        time.sleep(chance.uniform(0, 0.03))
        process.send_signal(signal.SIGKILL)
        said = (first + process.communicate()[0]).split("\n")[:-1]
        assert process.returncode == -signal.SIGKILL
        told = {"commit": 0, "decision": 0}
        for line in said:
            word, number = line.split()
            told[word] = int(number)
        commits = _check(folder, told)
        assert bureau.store.audit().verify().whole
    return commits


def _check(folder: Path, told: dict[str, int]) -> int:
    """Everything opens and is whole; what was said to be done is there, and at most one thing more."""
    store = TinyStore(folder)
    record = store.record(SCHOOL).read()
    assert record is not None
    number = int(record.school.name)
    assert record == whole(number, record)
    assert number >= told["commit"]
    taken = list(store.decisions(SCHOOL, REVIEW).read())
    assert taken == [a_decision(n) for n in range(len(taken))]
    assert len(taken) >= told["decision"]
    assert [line.name for line in store.lines()] == [str(number)]
    return number


def test_a_kill_at_any_instant_leaves_the_old_or_the_new_state_whole(tmp_path: Path) -> None:
    assert kill_again_and_again(tmp_path, 6) >= 6


@pytest.mark.soak
@pytest.mark.timeout(900)
def test_three_hundred_kills_leave_the_old_or_the_new_state_whole(tmp_path: Path) -> None:
    assert kill_again_and_again(tmp_path, 300) >= 300


def add_from_many(folder: Path, processes: int, times: int) -> None:
    """Let processes update the same things at once; nothing is lost."""
    bureau = prepare(folder)
    running = [clerk("count", folder, str(times)) for _each in range(processes)]
    for process in running:
        _out, err = process.communicate()
        assert process.returncode == 0, err
    total = processes * times
    record = bureau.record()
    assert int(record.school.name) == total
    assert [line.name for line in TinyStore(folder).lines()] == [str(total)]
    numbers = sorted(int(decision.id) for decision in bureau.store.decisions(SCHOOL, REVIEW).read())
    assert numbers == list(range(1, total + 1))
    assert len(Outbox(folder / "post.jsonl", bureau.clock).items()) == total
    assert sum(1 for _entry in bureau.store.audit().read()) == total
    assert bureau.store.audit().verify().whole


def test_processes_never_lose_each_others_updates(tmp_path: Path) -> None:
    add_from_many(tmp_path, 3, 12)


@pytest.mark.soak
@pytest.mark.timeout(900)
def test_eight_processes_with_two_hundred_updates_each_lose_none(tmp_path: Path) -> None:
    add_from_many(tmp_path, 8, 200)


def what_a_guest_is_told(folder: Path) -> str:
    """Return the error of somebody who may read the folder but not write in it; the super-user may always write."""
    reading, writing = os.pipe()
    child = os.fork()
    if not child:
        if os.geteuid() == 0:
            os.setgroups([])
            os.setgid(65534)
            os.setuid(65534)
        store = TinyStore(folder)
        told = ""
        try:
            assert store.record(SCHOOL).read() is not None
            assert len(store.lines()) == 1
            with store.record(SCHOOL).edit():
                told = "the folder was written"
        except Damaged as error:
            told = str(error)
        except (OSError, AssertionError, RuntimeError) as error:
            told = repr(error)
        os.write(writing, told.encode())
        os._exit(0)
    os.waitpid(child, 0)
    return os.read(reading, 65536).decode()


@pytest.fixture
def open_place() -> Iterator[Path]:
    """A temporary folder that another user can reach; those of pytest are closed again by the next run beside this one."""
    with tempfile.TemporaryDirectory() as place:
        Path(place).chmod(0o755)
        yield Path(place)


def test_a_read_only_folder_can_be_read_and_says_what_is_wrong_when_written(open_place: Path) -> None:
    folder = open_place / "data"
    prepare(folder)
    for path in (folder, *folder.rglob("*")):
        path.chmod(0o555 if path.is_dir() else 0o444)
    before = {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    said = what_a_guest_is_told(folder)
    assert "is niet te lezen of te schrijven" in said
    assert "onveranderd" in said
    assert {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()} == before


def test_a_disk_that_fills_up_halfway_loses_nothing(tmp_path: Path) -> None:
    """A limit on the size of files stands in for a full disk: the write stops halfway, with an error."""
    bureau = prepare(tmp_path)
    bureau.store.decisions(SCHOOL, REVIEW).append(a_decision(0))
    path = bureau.store.record(SCHOOL).path
    before = path.read_bytes()
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    log = bureau.store.decisions(SCHOOL, REVIEW)
    try:
        resource.setrlimit(resource.RLIMIT_FSIZE, (log.path.stat().st_size + 20, hard))
        with pytest.raises(TryLater, match="schijf is vol"):
            log.append(a_decision(1))
        with pytest.raises(TryLater), bureau.store.record(SCHOOL).edit() as draft:
            assert draft.value is not None
            draft.value = whole(41, draft.value)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert path.read_bytes() == before
    assert _check(tmp_path, {"commit": 0, "decision": 1}) == 0
    assert log.append(a_decision(1)) == 2


def test_a_folder_that_is_a_file_is_told_in_words(tmp_path: Path) -> None:
    (tmp_path / "data").write_text("in de weg")
    with (
        pytest.raises(Damaged, match="niet te lezen of te schrijven"),
        TinyStore(tmp_path / "data").record(SCHOOL).edit(),
    ):
        pass
