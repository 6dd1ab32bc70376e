"""`koppeldesk simulator`: runs the simulated ParnasSys until it is interrupted."""

from __future__ import annotations

import os
import signal
import threading
from typing import Annotated

from cyclopts import App, Parameter

from core.errors import UnreadableInput
from core.language import _

app = App(name="simulator", help_format="plaintext")


@app.default
def simulator(
    *,
    host: Annotated[str, Parameter(help="Adres om op te luisteren.")] = "127.0.0.1",
    port: Annotated[int, Parameter(help="Poort om op te luisteren; 0 is een vrije poort.")] = 8088,
    seed: Annotated[int | None, Parameter(help="Hetzelfde getal geeft dezelfde wereld.")] = None,
    schools: Annotated[int | None, Parameter(help="Aantal scholen; zonder: zoveel als het scenario heeft.")] = None,
    scenario: Annotated[str, Parameter(help="Naam van een scenario; leeg = dat van de demo.")] = "",
    strict: Annotated[bool, Parameter(negative="--lenient", help="Streng of soepel luisteren.")] = True,
    until_eof: Annotated[bool, Parameter(negative="", help="Stop zodra de standaardinvoer sluit.")] = False,
) -> int:
    """Draait de nagebouwde ParnasSys tot u haar stopt; zegt `ready http://H:P` zodra ze luistert.

    Voorbeeld: koppeldesk simulator --port 0 --seed 7 --schools 12
    """
    # Loading a web server takes time that no other command should pay.
    from simulator.las import Beginning
    from simulator.options import Options
    from simulator.server import serve
    from simulator.world.model import WorldError

    def ready(line: str) -> None:
        print(line, flush=True)
        if until_eof:
            threading.Thread(target=_stop_at_eof, daemon=True).start()

    beginning = Beginning(seed=seed, schools=schools, scenario=scenario)
    try:
        return serve(beginning, Options(lenient=not strict), host=host, port=port, say=ready)
    except OSError as error:
        raise UnreadableInput(
            _("De simulator kan niet luisteren op {host}:{port}.").format(host=host, port=port),
            todo=_("Kies een andere poort met --port, of 0 voor een vrije."),
        ) from error
    except WorldError as error:
        raise UnreadableInput(
            _("Deze wereld kan niet worden gemaakt: {error}").format(error=error),
            todo=_("Kies een ander scenario of een ander aantal scholen."),
        ) from error


def _stop_at_eof() -> None:
    """Wait until standard input closes, which is when whoever started us is gone."""
    while os.read(0, 4096):
        pass
    os.kill(os.getpid(), signal.SIGTERM)
