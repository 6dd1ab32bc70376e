"""A backup made while people work can be put back, and everything that counts is there."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from core.desk.actor import Role
from core.desk.passes import AccessList, Pass
from core.desk.trail import AuditEntry
from core.store.tiny import TinyStore
from tui.ssh.hostkey import host_key

ROOT = Path(__file__).parents[2]

pytestmark = pytest.mark.skipif(shutil.which("tar") is None, reason="tar is not installed")


def koppeldesk(data: Path, *words: str) -> subprocess.CompletedProcess[str]:
    """Run the program on a data folder."""
    return subprocess.run(
        [sys.executable, "-m", "tui", "--data", str(data), *words],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )


def an_entry(pass_: Pass, number: int) -> AuditEntry:
    """Something somebody did."""
    return AuditEntry(at=pass_.added, by=pass_.name, role=Role.SERVICE.value, act="bekijken", subject=str(number))


def test_what_was_backed_up_while_people_work_comes_back_whole(tmp_path: Path, keys: Path, anne: Pass) -> None:
    data, back = tmp_path / "data", tmp_path / "back"
    store = TinyStore(data)
    fingerprint = host_key(data / "ssh").get_fingerprint()
    (data / "secret.key").write_bytes(bytes(32))
    with store.access().edit() as draft:
        draft.value = AccessList(passes=(anne,))
    store.audit().append(an_entry(anne, 0))
    done = threading.Event()

    def work() -> None:
        for number in range(1, 2000):
            store.audit().append(an_entry(anne, number))
            if done.is_set():
                return

    worker = threading.Thread(target=work)
    worker.start()
    try:
        made = subprocess.run(
            [str(ROOT / "deploy" / "backup.sh"), str(data), str(tmp_path / "backups")],
            capture_output=True,
            text=True,
            check=True,
        )
    finally:
        done.set()
        worker.join()
    archive = made.stdout.strip()
    listed = subprocess.run(["tar", "-tzf", archive], capture_output=True, text=True, check=True).stdout
    assert "secret.key" not in listed
    restore = [str(ROOT / "deploy" / "restore.sh"), archive, str(back), str(data / "secret.key")]
    subprocess.run(restore, capture_output=True, check=True)
    assert host_key(back / "ssh").get_fingerprint() == fingerprint
    assert TinyStore(back).access().read() == store.access().read()
    verified = koppeldesk(back, "audit", "--verify")
    assert verified.returncode == 0, verified.stdout + verified.stderr
    assert anne.fingerprint in koppeldesk(back, "access", "list").stdout
    again = subprocess.run(restore, capture_output=True, text=True, check=False)
    assert again.returncode == 2
    assert "not empty" in again.stderr


def script(name: str, *words: str, folder: Path) -> subprocess.CompletedProcess[str]:
    command = [str(ROOT / "deploy" / name), *words]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False, timeout=60)


def test_folders_may_be_named_from_where_one_stands(tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "access.json").write_text("{}")
    made = script("backup.sh", "data", "back", folder=tmp_path)
    assert made.returncode == 0, made.stderr
    assert [path.parent for path in (tmp_path / "back").iterdir()] == [tmp_path / "back"]


def test_a_backup_into_the_data_folder_is_refused(tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    refused = script("backup.sh", "data", "data/back", folder=tmp_path)
    assert refused.returncode == 2 and "would back up itself" in refused.stderr
    assert list((tmp_path / "data").iterdir()) == []


def test_a_file_that_goes_while_it_is_listed_costs_no_backup(tmp_path: Path) -> None:
    """As a decision log does during a purge: the first `tar` finds it gone, the second lists anew."""
    data, tools = tmp_path / "data", tmp_path / "tools"
    data.mkdir()
    tools.mkdir()
    for name in ("access.json", "weg"):
        (data / name).write_text("{}")
    tar = shutil.which("tar")
    (tools / "tar").write_text(f'#!/bin/sh\nlist=$(cat)\nrm -f weg\necho "$list" | {tar} "$@"\n')
    (tools / "tar").chmod(0o755)
    made = subprocess.run(
        [str(ROOT / "deploy" / "backup.sh"), str(data), str(tmp_path / "back")],
        env={**os.environ, "PATH": f"{tools}:{os.environ['PATH']}"},
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert made.returncode == 0, made.stderr
    listed = subprocess.run([str(tar), "-tzf", made.stdout.strip()], capture_output=True, text=True, check=True).stdout
    assert listed.split() == ["./access.json"]


def test_a_restore_without_the_key_or_with_half_an_archive_changes_nothing(tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "access.json").write_text("{}")
    (tmp_path / "key").write_bytes(bytes(32))
    archive = Path(script("backup.sh", "data", "back", folder=tmp_path).stdout.strip())
    assert script("restore.sh", str(archive), "new", "nowhere", folder=tmp_path).returncode == 2
    half = tmp_path / "half.tar.gz"
    half.write_bytes(archive.read_bytes()[:-20])
    assert script("restore.sh", str(half), "new", "key", folder=tmp_path).returncode != 0
    assert not (tmp_path / "new").exists()
    assert script("restore.sh", str(archive), "new", "key", folder=tmp_path).returncode == 0
    assert sorted(path.name for path in (tmp_path / "new").iterdir()) == ["access.json", "secret.key"]


def test_a_ledger_goes_before_the_years_that_were_put_away_from_it(tmp_path: Path) -> None:
    """The other way round, what is put away in between would be in neither. Folders list their files in any order."""
    school = tmp_path / "data" / "schools" / "12AB-00"
    school.mkdir(parents=True)
    years = {f"ledger-{year}-{year + 1}.json" for year in range(2010, 2030)}
    for name in (*years, "ledger.json", "ledger.json.vorige", "record.json"):
        (school / name).write_bytes(b"{}")
    made = script("backup.sh", "data", "back", folder=tmp_path)
    listed = subprocess.run(["tar", "-tzf", made.stdout.strip()], capture_output=True, text=True, check=True).stdout
    names = [line.rpartition("/")[2] for line in listed.splitlines()]
    assert len(names) == len(set(names)) == 23
    assert years <= set(names[names.index("ledger.json") :])
