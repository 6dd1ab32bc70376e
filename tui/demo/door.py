"""The front door of a demo: a key pair that is ready to use, and the line to type."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from core.desk.actor import Role
from core.language import _
from tui.demo.stage import SERVICE, TRAINER, Stage


@contextmanager
def front_door(stage: Stage) -> Iterator[str]:
    """Serve the stage over SSH on a free port; yield the command that lets a trainer in."""
    key = demo_key(stage.settings.data_folder)
    public = key.with_suffix(".pub").read_text(encoding="ascii")
    access = stage.desk.access
    if not access.show(SERVICE).passes:
        access.add(SERVICE, TRAINER.name, Role.SERVICE, frozenset(), public)
    process = subprocess.Popen(  # noqa: S603 - our own program
        [sys.executable, "-m", "tui", "--data", str(stage.settings.data_folder), "serve", "--port", "0", "--until-eof"],
        stdin=subprocess.PIPE,  # never written to: it closes when we are gone, also when we are killed
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        env={
            **os.environ,
            "PYTHONPATH": str(Path(__file__).parents[2]),
            "KOPPELDESK_UWLR_URL": stage.settings.las.url,
        },
        start_new_session=True,
    )
    try:
        line = process.stdout.readline().strip() if process.stdout else ""
        host, colon, port = line.removeprefix("ready ssh://").rpartition(":")
        yield f"ssh -i {key} -p {port} {stage.settings.ssh.user}@{host}" if colon else _("de voordeur ging niet open")
    finally:
        process.terminate()
        try:
            process.wait(timeout=2)
        except subprocess.TimeoutExpired:
            process.terminate()  # a second time: whoever is still in gets no grace
            process.wait(timeout=15)
        for stream in filter(None, (process.stdin, process.stdout)):
            stream.close()


def demo_key(folder: Path) -> Path:
    """Return a private key for the demo, made on first use."""
    import asyncssh

    path = folder / "demo_key"
    if not path.exists():
        key = asyncssh.generate_private_key("ssh-ed25519", comment="koppeldesk demo")
        path.touch(mode=0o600)
        key.write_private_key(str(path))
        key.write_public_key(str(path.with_suffix(".pub")))
    return path
