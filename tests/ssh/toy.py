"""A small app that shows what reached it: who, which terminal, which keys. Run as `python -m tests.ssh.toy`."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import sys
import time

from textual import events
from textual.app import App, ComposeResult
from textual.widgets import Static


class Toy(App[int]):
    """Shows on fixed lines what arrived."""

    def compose(self) -> ComposeResult:
        actor = json.loads(os.environ["KOPPELDESK_ACTOR"])
        yield Static(f"wie {actor['name']} {actor['role']}", markup=False)
        yield Static(f"term {os.environ['TERM']} kleur {os.environ.get('COLORTERM', '-')}", markup=False)
        yield Static("namen Güneş van ’t Zand · Zoë [b] · Đặng", markup=False)
        yield Static(f"woorden {' '.join(sys.argv[1:])}", markup=False)
        yield Static("maat", id="size", markup=False)
        yield Static("toets", id="key", markup=False)
        yield Static("muis", id="mouse", markup=False)
        yield Static("bericht", id="notice", markup=False)
        yield Static(f"proces {os.getpid()}", markup=False)

    def on_mount(self) -> None:
        for number in (signal.SIGUSR1, signal.SIGUSR2):
            asyncio.get_running_loop().add_signal_handler(number, self.notice, number)

    def notice(self, number: signal.Signals) -> None:
        self.query_one("#notice", Static).update(f"bericht {number.name}")

    def on_resize(self, event: events.Resize) -> None:
        self.query_one("#size", Static).update(f"maat {event.size.width}x{event.size.height}")

    def on_key(self, event: events.Key) -> None:
        self.query_one("#key", Static).update(f"toets {event.key} {event.character or ''}")
        match event.key:
            case "q":
                self.exit(0)
            case "x":
                self.exit(7, return_code=7)
            case "h":
                os.kill(os.getpid(), signal.SIGKILL)
            case "i":
                for number in (signal.SIGHUP, signal.SIGTERM):
                    signal.signal(number, signal.SIG_IGN)
                self.query_one("#notice", Static).update("doof")
            case "z":
                time.sleep(60)

    def on_click(self, event: events.Click) -> None:
        self.query_one("#mouse", Static).update(f"muis {event.screen_x},{event.screen_y}")

    def on_paste(self, event: events.Paste) -> None:
        self.query_one("#key", Static).update(f"geplakt {len(event.text)}")


def main() -> int:
    """Show the app, or print the words of a command."""
    if sys.argv[1:2] not in ([], ["review"]):
        sys.stdout.write(f"opdracht {' '.join(sys.argv[1:])}\n")
        sys.stderr.write("fout\n")
        return 0
    toy = Toy()
    toy.run()
    return toy.return_code or 0


if __name__ == "__main__":
    sys.exit(main())
