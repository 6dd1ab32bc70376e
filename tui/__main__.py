"""`python -m tui` and `koppeldesk`: the same program."""

from __future__ import annotations

import sys

from tui import collector


def main() -> None:
    """Run the command line and leave with its exit code."""
    collector.postpone()
    from tui.cli import run

    sys.exit(run(sys.argv[1:]))


if __name__ == "__main__":
    main()
