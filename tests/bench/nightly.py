"""The night over a whole country, beside a bare httpx loop that posts the same bytes: `make bench-nightly`.

`python -m tests.bench.nightly [SCHOOLS…]`, by default 650 and 6500: 220 pupils a school, 3 results a pupil, a server
that answers after 100 ms. Each part runs in a process of its own; CPU is that process, memory its peak resident set.
"""

from __future__ import annotations

import asyncio
import json
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import core
from core.desk import Desk
from core.desk.actor import Actor, Role
from core.desk.pace import few_threads
from core.linking.link import Link, LinkState, Move, Step
from core.model import (
    Administrator,
    EckId,
    Group,
    GroupId,
    LasKey,
    LinkedAs,
    PersonName,
    Pupil,
    PupilId,
    Register,
    School,
    SchoolId,
    SchoolYear,
    Sex,
)
from core.night import Ending
from core.record import PullNote, SchoolRecord
from core.scores.catalogue import Catalogue
from core.scores.ledger import Ledger
from core.scores.merge import merge
from core.scores.norming import dl_at, norm
from core.scores.results import Result, TestCode, key_of
from core.settings import Las
from core.store.tiny import TinyStore
from core.uwlr.client import uwlr
from tests.core.nights.town import LINKED, an_office_on

ROOT = Path(core.__file__).parent.parent
PUPILS = 220
TESTS = ("BOOM-TL", "BOOM-SP", "BOOM-RW")
SECONDS = 0.1
AT_ONCE = 10
KEPT = 40
"""Messages of so many schools are kept, and posted round and round by the bare loop."""
TEMPLATE = SchoolId("00AA")
NIGHT = Actor(name="nacht", role=Role.MACHINE)


def school_at(number: int) -> SchoolId:
    """Return the BRIN of the nth school."""
    rest, digits = divmod(number, 100)
    return SchoolId(f"{digits:02}{chr(65 + rest // 26)}{chr(65 + rest % 26)}")


def a_record(sealed: str) -> SchoolRecord:
    """Return the school that all are copies of."""
    groups = tuple(Group(id=GroupId(f"g{y}"), name=f"Groep {y}", year=str(y)) for y in range(3, 9))
    pupils = tuple(
        Pupil(
            id=PupilId(f"leerling-{n:04}"),
            name=PersonName(surname=f"Achternaam{n}", prefix="van der", call_name=f"Roepnaam{n}", initials="A.B."),
            born=date(2016, 1 + n % 12, 1 + n % 28),
            sex=Sex.GIRL if n % 2 else Sex.BOY,
            year_group=str(3 + n % 6),
            group=GroupId(f"g{3 + n % 6}"),
            eckid=EckId(f"https://ketenid.nl/201703/{n:0128x}"),
            linked=LinkedAs(key=LasKey(f"las-{n:06}"), eckid=EckId(f"https://ketenid.nl/201703/{n:0128x}")),
        )
        for n in range(PUPILS)
    )
    step = Step(at=LINKED, move=Move.APPROVE, came_from=LinkState.SUBMITTED, to=LinkState.APPROVED, by="anne")
    now = datetime.now(UTC)
    return SchoolRecord(
        school=School(id=TEMPLATE, name="De Regenboog", administrators=(Administrator(name="B", email="b@x.nl"),)),
        link=Link(
            state=LinkState.ACTIVE,
            steps=(step, replace(step, move=Move.ACTIVATE, to=LinkState.ACTIVE)),
            sealed_key=sealed,
            school_year=SchoolYear.of(now.date()),
        ),
        register=Register(groups=groups, pupils=pupils),
        last_pull=PullNote(at=now, created=now),
    )


def a_ledger(record: SchoolRecord, catalogue: Catalogue) -> Ledger:
    """Return three normed results for every pupil, waiting."""
    today = datetime.now(UTC).date()
    results = []
    for n, pupil in enumerate(record.register.pupils):
        for code in TESTS:
            test = catalogue.find(TestCode(f"{code}-{'35' if pupil.year_group in '345' else '68'}"), "2026")
            assert test is not None and test.norms is not None
            raw = n % test.items
            normed = norm(test.norms, raw, dl_at(pupil.year_group, today))
            results.append(
                Result(pupil=pupil.id, test=test.code, version=test.version, taken=today, raw=raw, normed=normed)
            )
    found = [(key_of(TEMPLATE, result), result) for result in results]
    return merge(Ledger(), found, at=datetime.now(UTC), by="anne", source="bench.csv").ledger


def build(folder: Path, schools: int) -> None:
    """Write so many schools: one for real, the others copied with their own BRIN, key and result keys."""
    office = an_office_on(folder)
    seal = office.vault.seal
    with office.store.record(TEMPLATE).edit() as draft:
        draft.value = a_record(seal(TEMPLATE, "SLEUTEL-00AA"))
    desk = Desk(office)
    with office.store.ledger(TEMPLATE).edit() as ledger:
        record = office.store.record(TEMPLATE).read()
        assert record is not None
        ledger.value = a_ledger(record, desk.scores.catalogue)
    made = folder / "schools" / str(TEMPLATE)
    texts = {name: (made / name).read_bytes() for name in ("record.json", "ledger.json")}
    assert record.link is not None
    for number in range(1, schools):
        school = school_at(number)
        own = folder / "schools" / str(school)
        own.mkdir()
        sealed = seal(school, f"SLEUTEL-{school}")
        changed = texts["record.json"].replace(b'"00AA"', f'"{school.brin}"'.encode())
        (own / "record.json").write_bytes(changed.replace(record.link.sealed_key.encode(), sealed.encode()))
        (own / "ledger.json").write_bytes(texts["ledger.json"].replace(b'"kd-', f'"kd-{school.brin}-'.encode()))
    # The list of schools is made from the records.
    assert TinyStore(folder).rebuild() == schools


def used() -> dict[str, float]:
    """Return CPU seconds and peak memory of this process, MB."""
    usage = resource.getrusage(resource.RUSAGE_SELF)
    return {"cpu": usage.ru_utime + usage.ru_stime, "mb": usage.ru_maxrss / 1024}


async def night(folder: Path, url: str) -> dict[str, float]:
    """Run one whole night on the folder."""
    few_threads()
    clock = an_office_on(folder).clock
    before, began = used(), time.perf_counter()
    async with uwlr(Las(url=url), clock) as line:
        desk = Desk(an_office_on(folder, line, url=url))
        ran = await desk.nights.run(NIGHT)
    seconds = time.perf_counter() - began
    trouble = [visit for visit in desk.nights.page(NIGHT, ran.id).schools if visit.ending is not Ending.DONE]
    assert not trouble, trouble[:3]
    assert ran.confirmed == ran.planned * PUPILS * len(TESTS)
    after = used()
    return {"seconds": seconds, "cpu": after["cpu"] - before["cpu"], "mb": after["mb"], "schools": ran.planned}


async def bare(folder: Path, url: str, schools: int) -> dict[str, float]:
    """Post the same bytes with nothing around it: per school the request for pupils, then the results."""
    import httpx

    pulls = [path.read_bytes() for path in sorted(folder.glob("leerlinggegevens-*.xml"))]
    results = [path.read_bytes() for path in sorted(folder.glob("leerresultaten-*.xml"))]
    numbers = iter(range(schools))
    before, began = used(), time.perf_counter()
    limits = httpx.Limits(max_connections=AT_ONCE, max_keepalive_connections=AT_ONCE)
    async with httpx.AsyncClient(limits=limits, trust_env=False) as http:

        async def worker() -> None:
            for number in numbers:
                for service, bodies in (("leerlinggegevens", pulls), ("leerresultaten", results)):
                    answer = await http.post(
                        f"{url}/services/v2/{service}",
                        content=bodies[number % len(bodies)],
                        headers={"content-type": "text/xml; charset=utf-8", "soapaction": '"x"'},
                    )
                    assert answer.status_code == 200

        await asyncio.gather(*(worker() for _ in range(AT_ONCE)))
    after = used()
    seconds = time.perf_counter() - began
    size = sum(map(len, results)) / len(results)
    return {"seconds": seconds, "cpu": after["cpu"] - before["cpu"], "mb": after["mb"], "bytes": size}


def apart(*words: str) -> dict[str, float]:
    """Run a part in a process of its own and return its figures."""
    command = [sys.executable, "-m", "tests.bench.nightly", *words]
    done = subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE, check=True)
    figures: dict[str, float] = json.loads(done.stdout)
    return figures


def measure(schools: int) -> dict[str, float]:
    """Build, run the night, run the bare loop; print both and return the night's figures."""
    with tempfile.TemporaryDirectory(prefix="koppeldesk-bench-") as name:
        data, bodies = Path(name, "data"), Path(name, "bodies")
        bodies.mkdir()
        build(data, schools)
        command = [sys.executable, "-m", "tests.bench.nightly_server", str(bodies), str(SECONDS), str(KEPT)]
        server = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE)
        try:
            assert server.stdout is not None
            url = f"http://127.0.0.1:{int(server.stdout.readline())}"
            ours = apart("night", str(data), url)
            loop = apart("bare", str(bodies), url, str(schools))
        finally:
            server.terminate()
            server.communicate()
    say(f"{schools} schools x {PUPILS} pupils x {len(TESTS)} results, {loop['bytes'] / 1000:.0f} kB a message")
    for label, figures in (("night", ours), ("bare httpx loop", loop)):
        say(
            f"  {label:<16} {figures['seconds']:8.1f} s   {schools / figures['seconds']:6.1f} schools/s   "
            f"CPU {figures['cpu']:7.1f} s ({1000 * figures['cpu'] / schools:5.1f} ms a school)   "
            f"peak {figures['mb']:5.0f} MB"
        )
    say(f"  ratio            {loop['seconds'] / ours['seconds']:8.2f}   (aim 0.60)")
    return ours


def say(text: str) -> None:
    """Print a line now."""
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


def main(words: Sequence[str]) -> None:
    """Measure for each number of schools, or run one part."""
    match words:
        case ["night", folder, url]:
            say(json.dumps(asyncio.run(night(Path(folder), url))))
        case ["bare", folder, url, schools]:
            say(json.dumps(asyncio.run(bare(Path(folder), url, int(schools)))))
        case _:
            runs = [measure(int(word)) for word in (words or ("650", "6500"))]
            if len(runs) > 1:
                say(f"peak memory, last over first: {runs[-1]['mb'] / runs[0]['mb']:.2f}   (flat = 1)")


if __name__ == "__main__":
    main(sys.argv[1:])
