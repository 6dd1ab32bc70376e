"""`koppeldesk serve`: the SSH front door, until it is told to stop."""

from __future__ import annotations

import asyncio
import logging
import sys
from typing import Annotated

from cyclopts import App, Parameter

from tui.session import Here

app = App(name="serve", help_format="plaintext")


@app.default
def serve(
    *,
    host: Annotated[str, Parameter(help="Adres om op te luisteren; 0.0.0.0 voor alle.")] = "127.0.0.1",
    port: Annotated[int, Parameter(help="Poort om op te luisteren; 0 is een vrije poort.")] = 2222,
    prewarm: Annotated[bool, Parameter(help="Houd een proces klaar, zodat schermen sneller openen.")] = True,
    until_eof: Annotated[bool, Parameter(negative="", help="Stop zodra de standaardinvoer sluit.")] = False,
    here: Here,
) -> int:
    """Laat wie in `koppeldesk access list` staat binnen over SSH; zegt `ready ssh://H:P` zodra de deur open is.

    Voorbeeld: koppeldesk serve --host 0.0.0.0 --port 2222
    """
    from tui.ssh.opening import inherited
    from tui.ssh.opening import serve as open_up

    logging.basicConfig(stream=sys.stderr, level=logging.INFO, format="%(asctime)s %(levelname)s %(message)s")
    logging.getLogger("asyncssh").setLevel(logging.WARNING)
    asyncio.run(
        open_up(
            here.settings,
            here.desk.office.store.access(),
            inherited(here.settings, here.config, here.language),
            host=host,
            port=port,
            prewarm=prewarm,
            until_eof=until_eof,
            say=_say,
        )
    )
    return 0


def _say(line: str) -> None:
    print(line, flush=True)
