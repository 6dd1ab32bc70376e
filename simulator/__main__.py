"""`python -m simulator`: the simulator as a program of its own."""

from __future__ import annotations

import argparse
import sys

from simulator.las import Beginning
from simulator.options import Options
from simulator.server import serve
from simulator.world.model import WorldError

INTERRUPTED = 130


def main(arguments: list[str] | None = None) -> int:
    """Run until interrupted; print one line `ready http://H:P` when callers can come."""
    parser = argparse.ArgumentParser(prog="python -m simulator", description="Een nagebouwde ParnasSys, met UWLR.")
    parser.add_argument("--host", default="127.0.0.1", help="adres om op te luisteren")
    parser.add_argument("--port", type=int, default=8088, help="poort; 0 = een vrije")
    parser.add_argument("--seed", type=int, help="dezelfde seed geeft dezelfde wereld")
    parser.add_argument("--schools", type=int, help="aantal scholen")
    parser.add_argument("--scenario", default="", help="naam van een scenario")
    parser.add_argument("--lenient", action="store_true", help="soepel luisteren, zoals een echt LAS")
    given = parser.parse_args(arguments)
    beginning = Beginning(seed=given.seed, schools=given.schools, scenario=given.scenario)
    try:
        return serve(beginning, Options(lenient=given.lenient), host=given.host, port=given.port, say=_say)
    except KeyboardInterrupt:
        return INTERRUPTED
    except (OSError, WorldError) as error:
        parser.error(str(error))


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
