"""A postman that is killed at random instants brings every letter once, or leaves it in doubt for a person."""

from __future__ import annotations

import asyncio
import os
import random
import signal
import sys
from collections import Counter
from pathlib import Path

import pytest

from core.mail import letters
from core.mail.items import Post
from core.model import Administrator
from tests.core.desk.office import SCHOOL, SetClock
from tests.core.mail.posting import post_office
from tests.core.mail.server import Mailbox, smtp_server

ROOT = Path(__file__).parents[3]
WALK = """
import asyncio, sys
from pathlib import Path
from tests.core.desk.office import SetClock
from tests.core.mail.posting import post_office
post = post_office(Path(sys.argv[1]), SetClock(), int(sys.argv[2]))
print("ready", flush=True)
asyncio.run(post.round())
"""


async def kill_the_postman(folder: Path, kills: int) -> None:
    """Let a process bring round letters, kill it again and again, and let the last one finish."""
    chance, clock, box = random.Random(kills), SetClock(), Mailbox()
    total = kills * 2
    post = post_office(folder, clock)
    for number in range(total):
        letter = letters.LinkOpened(school=SCHOOL, school_name="De Regenboog", about=str(number))
        post.send(letter, [Administrator(name="J. Bos", email="j@x.nl")])
    async with smtp_server(box) as port:
        for _kill in range(kills):
            process = await asyncio.create_subprocess_exec(
                sys.executable, "-c", WALK, str(folder), str(port),
                cwd=ROOT, env={**os.environ, "PYTHONPATH": str(ROOT)}, stdout=asyncio.subprocess.PIPE,
            )  # fmt: skip
            assert process.stdout is not None
            await process.stdout.readline()
            await asyncio.sleep(chance.uniform(0.05, 0.4))
            if process.returncode is None:
                process.send_signal(signal.SIGKILL)
            await process.wait()
        await post_office(folder, clock, port).round()
    states = Counter(item.state for item in post.items())
    arrived = Counter(box.ids())
    assert max(arrived.values()) == 1
    assert set(states) <= {Post.SENT, Post.DOUBT}
    assert states[Post.SENT] <= len(arrived) <= total
    assert states[Post.DOUBT] <= kills
    sent = {f"<{item.id}@boomtestonderwijs.nl>" for item in post.items() if item.state is Post.SENT}
    assert sent <= set(arrived)


async def test_a_killed_postman_doubles_no_letter_and_loses_none(tmp_path: Path) -> None:
    await kill_the_postman(tmp_path, 3)


@pytest.mark.soak
@pytest.mark.timeout(600)
async def test_a_hundred_killed_postmen_double_no_letter_and_lose_none(tmp_path: Path) -> None:
    await kill_the_postman(tmp_path, 100)
