"""Hostile clients: memory stays bounded and the others keep working. Small here, long in `make soak`."""

from __future__ import annotations

import asyncio
import random
import socket
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, suppress
from pathlib import Path

import asyncssh
import pyte
import pytest

from tests.ssh.apart import Apart, a_house_apart
from tests.ssh.client import Window, ssh

pytestmark = pytest.mark.ssh

GROWTH = 40.0
"""Megabytes that the server may have more at the worst moment of an attack than before it."""
ATTACKER = "127.0.0.66"
"""Another address of this machine, so that the attacker and Anne are two."""


@pytest.fixture(scope="module")
def apart(tmp_path_factory: pytest.TempPathFactory, keys: Path) -> Iterator[Apart]:
    """One door for all attacks."""
    if not Path("/proc/self/status").exists():
        pytest.skip("memory is read from /proc, which this system has not")
    with a_house_apart(tmp_path_factory.mktemp("apart")) as house:
        yield house


def call(apart: Apart, source: str = ATTACKER) -> socket.socket:
    """Connect from an address of our choice."""
    return socket.create_connection(("127.0.0.1", apart.port), timeout=10, source_address=(source, 0))


def garbage(chance: random.Random) -> bytes:
    """Something that is not the start of SSH."""
    return chance.choice(
        [
            chance.randbytes(chance.randrange(1, 5000)),
            b"GET / HTTP/1.1\r\nHost: desk\r\n\r\n",
            b"SSH-2.0-" + b"x" * 100_000,
            b"x" * 100_000,
            b"\r\n" * 5000,
            b"SSH-1.5-old\r\n",
            b"SSH-2.0-x\r\n" + b"\xff\xff\xff\xff" + bytes(1000),
            b"SSH-2.0-x\r\n" + b"\x00\x00\x00\x0c\x0a\x14" + bytes(10),
            b"SSH-2.0-x\r\n" + chance.randbytes(3000),
        ]
    )


def silent(apart: Apart, times: int) -> None:
    """Connections that say nothing, from one address and from many, while Anne works."""
    with ExitStack() as stack:
        for number in range(times):
            source = ATTACKER if number % 2 else f"127.0.{1 + number // 200}.{1 + number % 200}"
            stack.enter_context(call(apart, source))
        apart.lets_anne_in()
        apart.lets_anne_in("-b", "127.0.0.77")


def noisy(apart: Apart, times: int) -> None:
    """Garbage before the banner and half handshakes, from ever other addresses."""
    chance = random.Random(8)
    for number in range(times):
        with call(apart, f"127.1.{number // 250}.{1 + number % 250}") as line:
            try:
                line.sendall(garbage(chance))
                line.settimeout(0.05)
                while line.recv(4096):
                    pass
            except OSError:
                continue
    apart.lets_anne_in()


def huge_windows(apart: Apart, times: int) -> None:
    """Window sizes that no screen has, on a session that is let in."""

    async def attack() -> None:
        async with asyncssh.connect(
            "127.0.0.1", apart.port, username="koppeldesk", client_keys=[str(apart.key)], known_hosts=None, config=None
        ) as line:
            huge = 2**32 - 1
            process = await line.create_process(term_type="xterm\x1b]0;x\x07", term_size=(huge, huge, huge, huge))
            for number in range(times):
                process.change_terminal_size(huge - number % 7, huge, 0, 0)
                process.change_terminal_size(0, 0, 0, 0)
                process.change_terminal_size(1, 1, 0, 0)
                if number % 100 == 0:
                    await asyncio.sleep(0)
            screen = pyte.Screen(500, 200)
            stream = pyte.Stream(screen)
            deadline = time.monotonic() + (80 if times < 1000 else 400)  # reading it all is the slow part, on this side
            while not any("maat 500x200" in line for line in screen.display[:20]):
                shown = [line.strip()[:60] for line in screen.display[:12]]
                assert time.monotonic() < deadline, f"the session follows its window no more: {shown}"
                process.change_terminal_size(300, 100, 0, 0)
                process.change_terminal_size(huge, huge, 0, 0)
                with suppress(TimeoutError):
                    async with asyncio.timeout(5):
                        while not any("maat 500x200" in line for line in screen.display[:20]):
                            stream.feed(await process.stdout.read(65536))

    asyncio.run(attack())
    apart.lets_anne_in()


def flood(apart: Apart, seconds: int) -> None:
    """Keys pasted as fast as the line takes them, while another session works; the program's memory is bounded too."""
    with Window(ssh(apart, apart.key)) as attacker:
        attacker.wait_for("proces ")
        program = int(attacker.text.split("proces ")[1].split()[0])
        until = time.monotonic() + seconds
        worst = 0.0
        while time.monotonic() < until:
            attacker.offer(b"abcdefg" * 1000)
            attacker.read_what_came()
            status = Path(f"/proc/{program}/status").read_text()
            worst = max(worst, int(status.split("VmRSS:")[1].split()[0]) / 1000)
            if int(until - time.monotonic()) % 5 == 0:
                began = time.monotonic()
                apart.lets_anne_in()
                assert time.monotonic() - began < 5
        assert worst < 300


CAMPAIGNS: dict[str, tuple[Callable[[Apart, int], None], int, int]] = {
    "silence": (silent, 120, 1000),
    "noise": (noisy, 40, 3000),
    "windows": (huge_windows, 200, 100_000),
    "flood": (flood, 3, 60),
}
"""Per campaign: what it does, how often in `make test`, how often in `make soak`."""


def withstand(apart: Apart, name: str, times: int) -> None:
    """Run a campaign and see that the server is what it was."""
    campaign, _few, _many = CAMPAIGNS[name]
    apart.lets_anne_in()
    memory, descriptors = apart.megabytes(), apart.descriptors()
    campaign(apart, times)
    assert apart.megabytes("VmHWM") - memory < GROWTH
    deadline = time.monotonic() + 40
    while apart.descriptors() > descriptors + 4:
        assert time.monotonic() < deadline, f"{apart.descriptors()} descriptors, {descriptors} before"
        time.sleep(0.2)
    apart.lets_anne_in()


@pytest.mark.parametrize("name", CAMPAIGNS)
def test_a_hostile_client_hurts_nobody(apart: Apart, name: str) -> None:
    withstand(apart, name, CAMPAIGNS[name][1])


@pytest.mark.soak
@pytest.mark.timeout(900)
@pytest.mark.parametrize("name", CAMPAIGNS)
def test_a_long_campaign_hurts_nobody(apart: Apart, name: str) -> None:
    withstand(apart, name, CAMPAIGNS[name][2])
