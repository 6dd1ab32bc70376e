"""A front door in a process of its own, so that its memory can be measured. Run as `python -m tests.ssh.apart`."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from core.desk.passes import AccessList
from tests.core.desk.memory import MemoryDocument
from tests.ssh.client import Window, ssh
from tests.ssh.house import House, a_key, a_pass, an_open_house


class Apart(House):
    """What a test sees of a door in another process."""

    def __init__(self, folder: Path, process: subprocess.Popen[str], port: int) -> None:
        super().__init__(folder, MemoryDocument(AccessList()))
        self.process = process
        self._port = port
        self.key = folder / "anne"

    @property
    def port(self) -> int:
        return self._port

    def megabytes(self, kind: str = "VmRSS") -> float:
        """Memory of the server alone, without the programs of sessions; `VmHWM` = the most it ever had."""
        status = Path(f"/proc/{self.process.pid}/status").read_text()
        return int(status.split(f"{kind}:")[1].split()[0]) / 1000

    def descriptors(self) -> int:
        """How many descriptors the server has open."""
        return len(list(Path(f"/proc/{self.process.pid}/fd").iterdir()))

    def lets_anne_in(self, *more: str) -> None:
        """Come in as Anne, press a key, leave: fails when the door does not serve her."""
        with Window(ssh(self, self.key, *more)) as window:
            window.wait_for("maat 80x24")
            window.type("a")
            window.wait_for("toets a")
            window.type("q")
            assert window.exit_code() == 0


@contextmanager
def a_house_apart(folder: Path) -> Iterator[Apart]:
    """Open a door with the usual limits in another process."""
    a_key(folder, "anne")
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.ssh.apart", folder], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert process.stdout is not None and process.stdin is not None
    try:
        yield Apart(folder, process, int(process.stdout.readline()))
    finally:
        process.stdin.close()
        process.stdout.close()
        process.wait(60)


def main(folder: Path) -> None:
    """Open the door, say the port, close it when nobody listens any more."""
    with an_open_house(folder, warm=True) as house:
        house.admit(a_pass(folder / "anne", "Anne de Wit"))
        sys.stdout.write(f"{house.port}\n")
        sys.stdout.flush()
        sys.stdin.read()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
