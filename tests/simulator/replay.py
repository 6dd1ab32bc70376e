"""A small piece, played: `python -m tests.simulator.replay` prints a digest of every byte that was answered.

The digest must be the same on every machine and every Python.
"""

from __future__ import annotations

import hashlib
import sys

from simulator.server import running_simulator
from tests.simulator.callers import Caller, a_result, a_sitting


def played(caller: Caller) -> list[bytes]:
    """Play a small piece and return every byte that was answered."""
    school = caller.first_school()
    caller.link(school)
    answers = [caller.pull(school).raw]
    caller.control("POST", f"/schools/{school}/gebeurtenis", soort="leerling-nieuw", aantal=3)
    caller.control("POST", "/tijd", dagen=20)
    answers.append(caller.pull(school, version="2.2").raw)
    answers.append(caller.bring(school, a_sitting(caller.pupil_keys(school)[3], a_result())).raw)
    answers.append(caller.pull(caller.first_school(1)).raw)
    for path in ("/resultaten", "/testcentrum", "/waarheid", ""):
        answers.append(caller.http.get(f"/_sim/schools/{school}{path}").content)
    caller.control("POST", "/tijd", naar="1-augustus")
    answers.append(caller.pull(school, year="2027-2028").raw)
    answers += [caller.http.get(f"/_sim{path}").content for path in ("/journaal", "/schools")]
    return answers


def digest_of(answers: list[bytes]) -> str:
    """Return one digest of all answers."""
    return hashlib.sha256(b"\n".join(answers)).hexdigest()


def main() -> None:
    """Print the digest of a play on a server of its own."""
    with running_simulator(seed=7, schools=6) as simulator:
        caller = Caller(simulator.url)
        with caller.http:
            sys.stdout.write(f"{digest_of(played(caller))}\n")


if __name__ == "__main__":
    main()
