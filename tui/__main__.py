"""`python -m tui` and `koppeldesk`: the same program."""

from __future__ import annotations

import os
import sys

from tui import collector, streams


def main() -> None:
    """Run the command line and leave with its exit code.

    Whatever it makes, folders and exported lists of children included, is for its own user only.
    """
    os.umask(0o077)
    collector.postpone()
    streams.make_sound()
    from tui.cli import run

    sys.exit(run(sys.argv[1:]))


if __name__ == "__main__":
    main()
