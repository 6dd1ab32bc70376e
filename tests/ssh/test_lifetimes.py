"""How sessions end: the line breaks, the guest falls asleep, the server stops, the program hangs."""

from __future__ import annotations

import errno
import os
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from core.desk.passes import Pass
from tests.ssh.client import PATIENCE, Window, run, ssh
from tests.ssh.house import House, an_open_house
from tui.ssh.children import Child, Program
from tui.ssh.limits import Limits

pytestmark = pytest.mark.ssh

SHORT = replace(Limits(), grace=0.3, kill=0.5)


def eventually(claim: Callable[[], bool]) -> bool:
    """Whether it comes true within our patience."""
    deadline = time.monotonic() + PATIENCE
    while not claim():
        if time.monotonic() > deadline:
            return False
        time.sleep(0.02)
    return True


def programs(house: House) -> int:
    """How many programs of sessions are running."""
    assert house.door is not None
    return len(house.door._sessions)


def gone(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return True
    return False


def test_a_broken_line_ends_the_program_and_the_guest_can_come_back(house: House, keys: Path) -> None:
    assert eventually(lambda: programs(house) == 0)
    with Window(ssh(house, keys / "anne")) as window:
        window.wait_for("maat 80x24")
        assert programs(house) == 1
        window.hang_up()
        assert eventually(lambda: programs(house) == 0)
    with Window(ssh(house, keys / "anne")) as window:
        window.wait_for("maat 80x24")


@pytest.mark.parametrize("warm", [True, False])
def test_a_program_that_ignores_the_hang_up_is_killed(tmp_path: Path, keys: Path, anne: Pass, warm: bool) -> None:
    """A busy program sleeps through SIGHUP's chance; nothing of it is left."""
    with an_open_house(tmp_path, SHORT, warm=warm) as house:
        house.admit(anne)
        with Window([*ssh(house, keys / "anne", "-t"), "review", "12AB"]) as window:
            window.wait_for("proces ")
            pid = int(window.text.split("proces ")[1].split()[0])
            window.type("i")
            window.wait_for("doof")
            window.hang_up()
            assert eventually(lambda: programs(house) == 0)
            assert eventually(lambda: gone(pid))


def test_a_session_where_nobody_types_is_warned_and_ended(tmp_path: Path, keys: Path, anne: Pass) -> None:
    with an_open_house(tmp_path, replace(SHORT, idle=2.5, warning=1.5)) as house:
        house.admit(anne)
        with Window(ssh(house, keys / "anne")) as window:
            window.wait_for("maat 80x24")
            window.wait_for("bericht SIGUSR2")
            window.wait_for("lang geen toets ingedrukt")
            assert window.exit_code() == 128 + 15


def test_no_session_lasts_longer_than_allowed(tmp_path: Path, keys: Path, anne: Pass) -> None:
    with an_open_house(tmp_path, replace(SHORT, longest=0.5)) as house:
        house.admit(anne)
        with Window(ssh(house, keys / "anne")) as window:
            window.wait_for("duurde langer dan hier mag")


def test_a_stopping_server_warns_waits_and_then_ends_sessions(tmp_path: Path, keys: Path, anne: Pass) -> None:
    with an_open_house(tmp_path, replace(SHORT, grace=2.0)) as house:
        house.admit(anne)
        with Window(ssh(house, keys / "anne")) as window:
            window.wait_for("maat 80x24")
            house.stop_soon()
            window.wait_for("bericht SIGUSR1")
            window.type("a")
            window.wait_for("toets a")
            window.wait_for("stopt voor onderhoud")
            assert window.exit_code() == 128 + 15


def test_one_crash_leaves_the_others_alone(house: House, keys: Path) -> None:
    with Window(ssh(house, keys / "anne")) as one, Window(ssh(house, keys / "jan")) as other:
        one.wait_for("maat 80x24")
        other.wait_for("maat 80x24")
        one.type("h")
        assert one.exit_code() == 128 + 9
        other.type("a")
        other.wait_for("toets a")


def test_a_busy_screen_leaves_the_others_alone(house: House, keys: Path) -> None:
    with Window(ssh(house, keys / "anne")) as one, Window(ssh(house, keys / "jan")) as other:
        one.wait_for("maat 80x24")
        one.type("z")
        other.wait_for("maat 80x24")
        other.type("a")
        other.wait_for("toets a", patience=5)


def test_when_the_prewarmed_process_dies_guests_still_come_in(tmp_path: Path, keys: Path, anne: Pass) -> None:
    with an_open_house(tmp_path, SHORT, warm=True) as house:
        house.admit(anne)
        assert house.zygote is not None
        os.kill(house.zygote, 9)
        for _again in range(2):
            with Window(ssh(house, keys / "anne")) as window:
                window.wait_for("maat 80x24")
                window.type("q")
                assert window.exit_code() == 0


class Exhausted:
    """A machine that has no process to give."""

    async def start(self, program: Program, descriptors: Sequence[int]) -> Child:
        raise BlockingIOError(errno.EAGAIN, "no more processes")

    async def close(self) -> None:
        pass


def test_when_no_program_can_be_started_the_guest_reads_so(tmp_path: Path, keys: Path, anne: Pass) -> None:
    with an_open_house(tmp_path, SHORT, starter=Exhausted()) as house:
        house.admit(anne)
        for _again in range(3):
            answer = run([*ssh(house, keys / "anne"), "status"])
            assert answer.returncode == 4
            assert "geen plaats voor een sessie" in answer.stderr
        with Window(ssh(house, keys / "anne")) as window:
            window.wait_for("geen plaats voor een sessie")
            assert window.exit_code() == 4
        assert programs(house) == 0


def test_a_person_has_a_limited_number_of_sessions(tmp_path: Path, keys: Path, anne: Pass, jan: Pass) -> None:
    with an_open_house(tmp_path, replace(SHORT, sessions_per_person=1, sessions=2)) as house:
        house.admit(anne, jan)
        with Window(ssh(house, keys / "anne")) as window:
            window.wait_for("maat 80x24")
            answer = run([*ssh(house, keys / "anne"), "status"])
            assert answer.returncode == 4
            assert "U bent al 1 keer binnen" in answer.stderr
            assert run([*ssh(house, keys / "jan"), "status"]).returncode == 0
        assert eventually(lambda: programs(house) == 0)
        assert run([*ssh(house, keys / "anne"), "status"]).returncode == 0


def test_who_fails_too_often_must_wait(tmp_path: Path, keys: Path, anne: Pass) -> None:
    with an_open_house(tmp_path, replace(SHORT, tries=2, tries_back_per_second=0.0)) as house:
        house.admit(anne)
        stranger = [*ssh(house, keys / "stranger"), "help"]
        assert "kent deze sleutel niet" in run(stranger).stderr
        assert "kent deze sleutel niet" in run(stranger).stderr
        assert "Te veel mislukte pogingen van uw adres" in run([*ssh(house, keys / "anne"), "help"]).stderr


def test_a_connection_without_a_session_is_sent_away(tmp_path: Path, keys: Path, anne: Pass) -> None:
    with an_open_house(tmp_path, replace(SHORT, without_session=0.1)) as house:
        house.admit(anne)
        assert "Er is geen sessie geopend" in run(ssh(house, keys / "anne", "-N")).stderr
        forward = ssh(house, keys / "anne", "-N", "-R", "0:127.0.0.1:22")
        assert "Koppeldesk stuurt geen poorten" in run(forward).stderr


def test_a_trainer_comes_in_on_a_demo_world_only(tmp_path: Path, keys: Path, anne: Pass) -> None:
    from core.desk.actor import Role

    trainer = replace(anne, role=Role.TRAINER)
    for demo, code in ((False, 255), (True, 0)):
        with an_open_house(tmp_path / str(demo), SHORT, demo=demo) as house:
            house.admit(trainer)
            assert run([*ssh(house, keys / "anne"), "help"]).returncode == code


def test_a_visit_is_noted_with_the_key_and_logged_without_what_was_on_the_screen(
    tmp_path: Path, keys: Path, anne: Pass, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level("INFO", "koppeldesk.ssh"), an_open_house(tmp_path, SHORT) as house:
        house.admit(anne)
        with Window(ssh(house, keys / "anne")) as window:
            window.wait_for("Zoë")
            window.type("q")
            window.exit_code()
        assert eventually(lambda: bool(caplog.messages))
        noted = house.access.read().of(anne.fingerprint)
    assert noted is not None and noted.last_used is not None and noted.last_from == "127.0.0.1"
    (line,) = caplog.messages
    assert line.startswith(f"session name='Anne de Wit' role=klantenservice key={anne.fingerprint} from=127.0.0.1:")
    assert line.endswith("exit=0 end=left")
    assert "Zoë" not in caplog.text
