"""A real sshd for this user, with our part of its configuration."""

from __future__ import annotations

import getpass
import os
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

PROGRAM = shutil.which("sshd") or "/usr/sbin/sshd"

CONFIG = """
ListenAddress 127.0.0.1
Port {port}
HostKey {folder}/host
PidFile none
StrictModes no
UsePAM no
MaxStartups 100
PermitUserEnvironment no
Subsystem sftp internal-sftp
{ours}
"""


def installed() -> bool:
    """Whether this machine has an sshd."""
    return Path(PROGRAM).exists()


@dataclass
class Sshd:
    """A running sshd of our own."""

    folder: Path
    port: int

    def command(self, key: Path, *more: str) -> list[str]:
        """Return the start of a client's command line."""
        return [
            *("ssh", "-F", "/dev/null", "-p", str(self.port), "-l", getpass.getuser(), "-i", str(key)),
            *("-o", f"UserKnownHostsFile={self.folder}/known", "-o", "StrictHostKeyChecking=accept-new"),
            *("-o", "LogLevel=ERROR", "-o", "IdentitiesOnly=yes", "-o", "IdentityAgent=none", *more, "127.0.0.1"),
        ]


@contextmanager
def running(folder: Path, ours: str) -> Iterator[Sshd]:
    """Run sshd with these lines in its configuration; it is stopped afterwards."""
    if os.geteuid() == 0:
        Path("/run/sshd").mkdir(exist_ok=True)
    subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", folder / "host"], check=True)
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    (folder / "config").write_text(CONFIG.format(port=port, folder=folder, ours=ours))
    process = subprocess.Popen([PROGRAM, "-D", "-e", "-f", folder / "config"], stderr=subprocess.DEVNULL)
    try:
        deadline = time.monotonic() + 20
        while not _listens(port):
            assert process.poll() is None and time.monotonic() < deadline, "sshd does not listen"
            time.sleep(0.05)
        yield Sshd(folder, port)
    finally:
        process.terminate()
        process.wait()


def _listens(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0
