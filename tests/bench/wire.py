"""The wire beside libxml2, xsdata and zeep: microseconds per pupil read and per result written, and memory.

Run with `make bench-wire`. Everything is measured in one run, in turns, best of several: read the columns beside each
other. Ours validates against the schema and enforces the rules about keys; the others do neither.
"""

from __future__ import annotations

import gc
import subprocess
import sys
import time
import tracemalloc
from collections.abc import Callable
from datetime import date, datetime
from functools import partial
from pathlib import Path

from lxml import etree

from core.clock import AMSTERDAM
from core.model import LasKey, SchoolId, SchoolYear, Secret
from core.scores.message import Result, ResultKey, ResultMessage, ScoreResult, Sitting, Term, TestDefinition
from core.uwlr.answers import read
from core.uwlr.envelope import Credentials, wrap
from core.uwlr.outgoing import checked
from core.uwlr.reading import Contents
from core.uwlr.results import results_request
from core.uwlr.rosters import assemble
from core.uwlr.xml import SAFE
from core.wire.names import HAAL_LEERLINGGEGEVENS, LEERLINGGEGEVENS, SOAP, Service, Version
from core.wire.schemas import compile_message_schema

SIZES = (2_000, 20_000)
RESULTS = 10_000
SCHOOL = SchoolId("99XX")
YEAR = SchoolYear(2026)
NOW = datetime(2026, 11, 24, 3, tzinfo=AMSTERDAM)


def answer(pupils: int) -> bytes:
    """Return an answer with invented pupils, as a LAS writes it: no layout, an ECK iD each."""
    groups = "".join(
        f'<groep key="g{n}"><naam>{n % 8 + 1}A</naam><jaargroep>{n % 8 + 1}</jaargroep></groep>'
        for n in range(pupils // 25 + 1)
    )
    everyone = "".join(
        f'<leerling key="{100_000 + n}" eckid="https://ketenid.nl/pilot/{n:0128x}">'
        f"<achternaam>Voorbeeld{n % 700}</achternaam><voorvoegsel>van der</voorvoegsel>"
        f"<voorletters-1>J.K.</voorletters-1><roepnaam>Roep{n % 300}</roepnaam>"
        f"<geboortedatum>2015-0{n % 9 + 1}-1{n % 9}</geboortedatum><geslacht>{n % 2 + 1}</geslacht>"
        f'<jaargroep>{n % 8 + 1}</jaargroep><groep key="g{n // 25}"/></leerling>'
        for n in range(pupils)
    )
    return (
        f'<?xml version="1.0" encoding="UTF-8"?><soap:Envelope xmlns:soap="{SOAP}"><soap:Body>'
        f'<leerlinggegevens_antwoord xmlns="{LEERLINGGEGEVENS}"><leerlinggegevens><school>'
        "<schooljaar>2026-2027</schooljaar><brincode>99XX</brincode></school>"
        f"<groepen>{groups}</groepen><leerlingen>{everyone}</leerlingen>"
        "</leerlinggegevens></leerlinggegevens_antwoord></soap:Body></soap:Envelope>"
    ).encode()


def ours(data: bytes) -> int:
    """Read as the client does: validated, mapped, keys and references checked."""
    contents = read(data, HAAL_LEERLINGGEGEVENS, Version.V2_2)
    assert isinstance(contents, Contents)
    return len(assemble([contents], SCHOOL, YEAR, NOW).pupils)


def libxml2(data: bytes) -> int:
    """Parse only."""
    return len(etree.fromstring(data, etree.XMLParser(**SAFE)))


def validated() -> Callable[[bytes], int]:
    """Return a function that parses and validates, with the rules about keys in the schema, and maps nothing."""
    schema = compile_message_schema(Service.PUPILS, Version.V2_2)

    def check(data: bytes) -> int:
        root = etree.fromstring(data, etree.XMLParser(**SAFE))
        assert schema.validate(root)
        return 1

    return check


def message(count: int) -> ResultMessage:
    """Return a message of `count` results."""
    return ResultMessage(
        school=SCHOOL,
        school_year=YEAR,
        created=NOW,
        sittings=tuple(
            Sitting(
                pupil=LasKey(str(number)),
                results=(
                    Result(
                        key=ResultKey(f"kd-{number}"),
                        taken=date(2026, 11, 20),
                        test="T-1",
                        outcome=ScoreResult(value=number % 40),
                    ),
                ),
            )
            for number in range(count)
        ),
        tests=(TestDefinition(code=Term(text="T-1")),),
    )


def our_writer(count: int) -> Callable[[], int]:
    """Return a function that writes as the client does, validation included."""
    credentials = Credentials(klantnaam="Boom", klantcode="X", key=Secret("sleutel"))
    batch = message(count)
    return lambda: len(checked(wrap(credentials, results_request(batch, Version.V2_2)), Service.RESULTS, Version.V2_2))


def measure(what: dict[str, Callable[[], int]], count: int, rounds: int) -> dict[str, float]:
    """Return microseconds of processor per item, the best of `rounds`, in turns so that all meet the same weather."""
    best = dict.fromkeys(what, float("inf"))
    for number in range(rounds):
        for name, run in what.items():
            if number and best[name] > 3_000_000 / count:
                continue  # seconds a time: once is enough
            gc.collect()
            start = time.process_time()
            run()
            best[name] = min(best[name], (time.process_time() - start) * 1e6 / count)
    return best


def table(title: str, found: dict[str, float], base: str, mine: str) -> None:
    """Print one line per way, beside the base and beside ours."""
    write(f"\n{title}")
    for name, value in found.items():
        write(f"  {name:44} {value:8.2f} µs   {value / found[base]:6.1f} × {base}   {value / found[mine]:6.1f} × ours")


def peak(pupils: int) -> None:
    """Measure in this fresh process how far memory rises while reading (Linux)."""
    data = answer(pupils)
    read(answer(10), HAAL_LEERLINGGEGEVENS, Version.V2_2)
    gc.collect()
    Path("/proc/self/clear_refs").write_text("5")
    before = status("VmRSS")
    contents = read(data, HAAL_LEERLINGGEGEVENS, Version.V2_2)
    assert isinstance(contents, Contents)
    write(f"{status('VmHWM') - before:.1f}")


def kept(pupils: int) -> None:
    """Measure in this fresh process what the values that were read weigh."""
    data = answer(pupils)
    read(answer(10), HAAL_LEERLINGGEGEVENS, Version.V2_2)
    tracemalloc.start()
    contents = read(data, HAAL_LEERLINGGEGEVENS, Version.V2_2)
    gc.collect()
    assert isinstance(contents, Contents)
    write(f"{tracemalloc.get_traced_memory()[0] / 1e6:.1f}")


def elsewhere(what: str, pupils: int) -> float:
    """Have `peak` or `kept` measured in a process of its own."""
    command = [sys.executable, "-m", "tests.bench.wire", what, str(pupils)]
    return float(subprocess.run(command, capture_output=True, text=True, check=True).stdout)


def status(name: str) -> float:
    """Return a line of what the kernel says of this process's memory, in MB."""
    lines = Path("/proc/self/status").read_text().splitlines()
    return int(next(line for line in lines if line.startswith(name)).split()[1]) / 1000


def write(line: str) -> None:
    """Print one line."""
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def main() -> None:
    """Print the tables."""
    from tests.bench.wire_rivals import xsdata_reader, xsdata_writer, zeep_reader, zeep_writer

    with_xsdata, with_zeep, with_schema = xsdata_reader(), zeep_reader(), validated()
    for pupils in SIZES:
        data = answer(pupils)
        found = measure(
            {
                "libxml2": partial(libxml2, data),
                "libxml2 and its schema validation": partial(with_schema, data),
                "ours, validation and key rules included": partial(ours, data),
                "xsdata": partial(with_xsdata, data),
                "zeep": partial(with_zeep, data),
            },
            pupils,
            rounds=15,
        )
        table(
            f"Reading an answer of {pupils} pupils, per pupil",
            found,
            "libxml2",
            "ours, validation and key rules included",
        )
    found = measure(
        {
            "ours, validation included": our_writer(RESULTS),
            "xsdata": xsdata_writer(RESULTS),
            "zeep": zeep_writer(RESULTS),
        },
        RESULTS,
        rounds=5,
    )
    table(f"Writing a message of {RESULTS} results, per result", found, "xsdata", "ours, validation included")
    write("\nMemory while reading, each in a fresh process")
    for pupils in SIZES:
        top, values = elsewhere("peak", pupils), elsewhere("kept", pupils)
        size = len(answer(pupils)) / 1e6
        beyond = f"rises {top:.1f} MB, of which values {values:.1f} MB, beyond them {top - values:.1f} MB"
        write(f"  {pupils:6} pupils ({size:3.1f} MB): {beyond}")


if __name__ == "__main__":
    match sys.argv[1:]:
        case ["peak", pupils]:
            peak(int(pupils))
        case ["kept", pupils]:
            kept(int(pupils))
        case _:
            main()
