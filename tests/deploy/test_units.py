"""The units in `deploy/`: systemd understands them, and what they start is a command that does its work."""

from __future__ import annotations

import os
import shlex
import shutil
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from core.desk.actor import Role
from core.model import PersonName, Pupil, PupilId, Register
from tests.core.desk.office import SCHOOL, Bureau

ROOT = Path(__file__).parents[2]
DEPLOY = ROOT / "deploy"
PROGRAM = "/opt/koppeldesk/.venv/bin/koppeldesk"
SERVICES = sorted(DEPLOY.glob("*.service"))


def words_of(service: Path) -> list[str]:
    """Return what the unit starts, the program itself left out."""
    (started,) = (line for line in service.read_text("utf-8").splitlines() if line.startswith("ExecStart="))
    program, *words = shlex.split(started.removeprefix("ExecStart="))
    assert program == PROGRAM
    return words


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="systemd-analyze is not installed")
def test_systemd_understands_every_unit(tmp_path: Path) -> None:
    for unit in (*SERVICES, *DEPLOY.glob("*.timer")):
        text = unit.read_text(encoding="utf-8").replace(PROGRAM, sys.executable)
        (tmp_path / unit.name).write_text(text, encoding="utf-8")
    units = sorted(map(str, tmp_path.iterdir()))
    done = subprocess.run(["systemd-analyze", "verify", *units], capture_output=True, text=True, check=False)
    told = [line for line in done.stderr.splitlines() if "koppeldesk" in line]
    assert (done.returncode, told) == (0, [])


def test_every_timer_has_its_service() -> None:
    timers = {timer.stem for timer in DEPLOY.glob("*.timer")}
    assert timers == {"koppeldesk-nightly", "koppeldesk-purge"}
    assert timers <= {service.stem for service in SERVICES}


def test_the_purge_unit_takes_away_what_is_past_its_time(tmp_path: Path) -> None:
    bureau = Bureau(tmp_path / "data")
    bureau.with_school()
    gone = Pupil(id=PupilId("p1"), name=PersonName(surname="Weg"), active=False, inactive_since=date(2015, 1, 1))
    bureau.with_register(Register(pupils=(gone,)))
    (tmp_path / "config.toml").touch()
    words = [word.replace("/etc/koppeldesk", str(tmp_path)) for word in words_of(DEPLOY / "koppeldesk-purge.service")]
    done = subprocess.run(
        [sys.executable, "-m", "tui", *words],
        env={**os.environ, "PYTHONPATH": str(ROOT), "KOPPELDESK_DATA": str(tmp_path / "data")},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert done.returncode == 0, done.stderr
    assert bureau.store.record(SCHOOL).read() is not None and bureau.record().register.pupils == ()
    (entry,) = bureau.store.audit().read()
    assert (entry.by, entry.role, entry.act) == ("opruimer", Role.MACHINE.value, "opschonen")
