"""The program in a real terminal (tmux): type, wait for what must appear, take a picture."""

from __future__ import annotations

import io
import os
import re
import subprocess
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from rich.console import Console
from rich.terminal_theme import DEFAULT_TERMINAL_THEME, TerminalTheme
from rich.text import Text

SIZE = (100, 30)
PATIENCE = 30.0
"""Seconds to wait for a screen."""


def _theme() -> TerminalTheme:
    """Return colours whose background is that of the program, so that unpainted places do not show."""
    plain = DEFAULT_TERMINAL_THEME
    return TerminalTheme((18, 18, 18), (224, 224, 224), [plain.ansi_colors[number] for number in range(8)])


@dataclass
class Terminal:
    """One tmux server of this test alone, with one window."""

    socket: Path

    def start(self, command: Sequence[str], env: dict[str, str]) -> None:
        """Run the program in the window."""
        width, height = map(str, SIZE)
        given = [word for name, value in env.items() for word in ("-e", f"{name}={value}")]
        self._tmux("-f", "/dev/null", "new-session", "-d", "-x", width, "-y", height, *given, *command)

    def press(self, *keys: str) -> None:
        """Press keys by their tmux names, as fast as a person does."""
        for key in keys:
            self._tmux("send-keys", key)
            time.sleep(0.4)

    def type(self, text: str) -> None:
        """Type text as it is."""
        self._tmux("send-keys", "-l", text)

    def wait_for(self, *texts: str) -> str:
        """Wait until every text is on the screen, and return the screen."""
        end = time.monotonic() + PATIENCE
        while True:
            screen = self._tmux("capture-pane", "-p")
            if all(text in screen for text in texts):
                return screen
            assert time.monotonic() < end, f"{texts} never came on the screen:\n{screen}"
            time.sleep(0.1)

    def wait_until(self, pattern: re.Pattern[str]) -> re.Match[str]:
        """Wait until the pattern is somewhere on the screen, and return where."""
        end = time.monotonic() + PATIENCE
        while not (found := pattern.search(screen := self._tmux("capture-pane", "-p"))):
            assert time.monotonic() < end, f"{pattern.pattern} never came on the screen:\n{screen}"
            time.sleep(0.1)
        return found

    def wait_until_gone(self) -> None:
        """Wait until the program has ended, and its window with it."""
        end = time.monotonic() + PATIENCE
        while (
            subprocess.run(["tmux", "-S", str(self.socket), "has-session"], check=False, capture_output=True).returncode
            == 0
        ):
            assert time.monotonic() < end, "the program did not end"
            time.sleep(0.1)

    def picture(self, path: Path, title: str) -> None:
        """Write the screen as SVG, with its colours."""
        console = Console(record=True, width=SIZE[0], height=SIZE[1], file=io.StringIO(), force_terminal=True)
        console.print(Text.from_ansi(self._tmux("capture-pane", "-p", "-e", "-N")), end="")
        svg = console.export_svg(title=title, theme=_theme())
        # The reader's own monospaced font will do: a picture in the docs fetches nothing.
        path.write_text(re.sub(r"@font-face \{.*?\}", "", svg, flags=re.DOTALL), encoding="utf-8")

    def stop(self) -> None:
        """End the window and the server."""
        subprocess.run(["tmux", "-S", str(self.socket), "kill-server"], check=False, capture_output=True)

    def _tmux(self, *words: str) -> str:
        done = subprocess.run(
            ["tmux", "-S", str(self.socket), *words],
            check=True,
            capture_output=True,
            text=True,
            env={**os.environ, "TERM": "xterm-256color", "LC_ALL": "C.UTF-8"},
        )
        return done.stdout
