"""The simulator beside a bare Starlette app that reads the same requests and sends the same bytes.

Run with `make bench-simulator`. Both run under uvicorn in a process of their own; ten connections ask in turn.
"""

from __future__ import annotations

import asyncio
import json
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from core.wire import names

SCHOOLS = 6500
CALLS = 2_000
CONNECTIONS = 10
COLD = 300

BARE = """
import socket
import sys
from pathlib import Path
import uvicorn
from starlette.applications import Starlette
from starlette.responses import Response
from starlette.routing import Route

FOLDER = Path(sys.argv[1])

async def answer(request):
    await request.body()
    return Response((FOLDER / request.path_params["name"]).read_bytes(), media_type="text/xml")

app = Starlette(routes=[Route("/{name}", answer, methods=["POST"])])
config = uvicorn.Config(app, log_level="critical", loop="asyncio", http="h11", lifespan="off")
opened = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
opened.bind(("127.0.0.1", 0))
opened.listen(100)
print("ready http://127.0.0.1:%d" % opened.getsockname()[1], flush=True)
uvicorn.Server(config).run(sockets=[opened])
"""


@contextmanager
def running(words: Sequence[str]) -> Iterator[tuple[str, float]]:
    """Run a server; yields its address and the seconds from starting it to its first answer."""
    start = time.perf_counter()
    with subprocess.Popen([sys.executable, *words], stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout
        url = process.stdout.readline().split()[1]
        try:
            with urllib.request.urlopen(f"{url}/_sim/health") as answer:
                answer.read()
        except OSError:
            pass  # the bare app answers 404: an answer too
        try:
            yield url, time.perf_counter() - start
        finally:
            process.terminate()


def control(url: str, method: str, path: str) -> Any:
    """Call the control API."""
    with urllib.request.urlopen(urllib.request.Request(f"{url}/_sim{path}", method=method)) as answer:
        return json.load(answer)


def linked(url: str, school: str) -> str:
    """Give a school a key."""
    for act in ("open", "afnemen"):
        control(url, "POST", f"/schools/{school}/koppeling/{act}")
    return str(control(url, "POST", f"/schools/{school}/koppeling/sleutel")["autorisatiesleutel"])


def envelope(key: str, body: str) -> bytes:
    """Write a message."""
    return (
        f'<s:Envelope xmlns:s="{names.SOAP}"><s:Header><a:autorisatie xmlns:a="{names.AUTORISATIE}">'
        f"<a:autorisatiesleutel>{key}</a:autorisatiesleutel><a:klantcode>KOPPELDESK-DEMO</a:klantcode>"
        f"<a:klantnaam>Boom test onderwijs</a:klantnaam></a:autorisatie></s:Header><s:Body>{body}</s:Body></s:Envelope>"
    ).encode()


def pull(key: str, school: str, since: str = "") -> bytes:
    """Write a request for all pupil data."""
    asked = f"<laatstontvangengegevens>{since}</laatstontvangengegevens>" if since else ""
    return envelope(
        key,
        f'<leerlinggegevens_verzoek xmlns="{names.LEERLINGGEGEVENS}"><schooljaar>2026-2027</schooljaar>'
        f"<brincode>{school[:4]}</brincode><dependancecode>{school[5:]}</dependancecode><xsdversie>2.3</xsdversie>"
        f"{asked}</leerlinggegevens_verzoek>",
    )


def bring(key: str, school: str, pupils: Sequence[str], turn: int) -> bytes:
    """Write a message with a hundred results, the same every time but for its creation time."""
    results = "".join(
        f'<toetsafname><leerlingid>{pupil}</leerlingid><resultaten><resultaat key="r{place}"><afnamedatum>2026-11-20'
        "</afnamedatum><toetscode>T1</toetscode><score>12</score></resultaat></resultaten></toetsafname>"
        for place, pupil in enumerate(pupils)
    )
    hour, rest = divmod(turn, 3600)
    return envelope(
        key,
        f'<leerresultaten_verzoek xmlns="{names.LEERRESULTATEN}"><school><schooljaar>2026-2027</schooljaar>'
        f"<brincode>{school[:4]}</brincode><dependancecode>{school[5:]}</dependancecode>"
        f"<aanmaakdatum>2026-11-23T{9 + hour:02d}:{rest // 60:02d}:{rest % 60:02d}</aanmaakdatum>"
        f"<xsdversie>2.3</xsdversie></school><toetsafnames>{results}</toetsafnames>"
        "<toetsen><toets><toetscode>T1</toetscode></toets></toetsen></leerresultaten_verzoek>",
    )


async def post(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, path: str, message: bytes) -> bytes:
    """Post on a kept connection; returns the body."""
    writer.write(f"POST {path} HTTP/1.1\r\nhost: bench\r\ncontent-length: {len(message)}\r\n\r\n".encode() + message)
    head = (await reader.readuntil(b"\r\n\r\n")).lower()
    assert head.startswith(b"http/1.1 200"), head + await reader.read(2000)
    return await reader.readexactly(int(head.partition(b"content-length: ")[2].partition(b"\r\n")[0]))


async def load(url: str, path: str, messages: Sequence[bytes], connections: int = CONNECTIONS) -> float:
    """Post all messages; returns answers per second."""
    port, todo = int(url.rpartition(":")[2]), iter(messages)

    async def work() -> None:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        for message in todo:
            await post(reader, writer, path, message)
        writer.close()

    start = time.perf_counter()
    await asyncio.gather(*(work() for _ in range(connections)))
    return len(messages) / (time.perf_counter() - start)


async def once(url: str, path: str, message: bytes) -> bytes:
    """Post one message; returns the answer."""
    reader, writer = await asyncio.open_connection("127.0.0.1", int(url.rpartition(":")[2]))
    body = await post(reader, writer, path, message)
    writer.close()
    return body


async def compare(url: str, bare: str, folder: Path) -> None:
    """Print answers per second, ours beside the bare app's, for each kind of call."""
    schools = [f"{one['brin']}-{one['dependancecode']}" for one in control(url, "GET", "/schools")]
    key, pupils_path, results_path = linked(url, schools[0]), names.Service.PUPILS.path, names.Service.RESULTS.path
    whole = await once(url, pupils_path, pull(key, schools[0]))
    keys = [part.partition('"')[0] for part in whole.decode().split('<leerling key="')[1:101]]
    later = "2030-01-01T00:00:00"
    kinds = {
        f"all pupil data, {len(whole) // 1000} kB": (pupils_path, [pull(key, schools[0])] * CALLS),
        "geenwijzigingen": (pupils_path, [pull(key, schools[0], later)] * CALLS),
        f"{len(keys)} results": (results_path, [bring(key, schools[0], keys, turn) for turn in range(1, CALLS // 4)]),
    }
    for name, (path, messages) in kinds.items():
        body = await once(url, path, messages[0])
        (folder / "antwoord").write_bytes(body)
        in_turn = 1 if path == results_path else CONNECTIONS  # a school's results go out one after another
        ours = await load(url, path, messages[1:], in_turn)
        theirs = await load(bare, "/antwoord", messages[1:], in_turn)
        write(f"{name:34} {ours:8.0f} /s   bare {theirs:8.0f} /s   {theirs / ours:5.1f} ×")
    cold = [pull(linked(url, school), school) for school in schools[1 : COLD + 1]]
    first = await load(url, pupils_path, cold)
    write(f"{f'{COLD} schools never asked before':34} {first:8.0f} /s")


def main() -> None:
    """Print one line per measurement."""
    with TemporaryDirectory() as folder:
        ours = ["-m", "simulator", "--port", "0", "--seed", "7", "--schools", str(SCHOOLS)]
        with running(ours) as (url, ready), running(["-c", BARE, folder]) as (bare, bare_ready):
            ratio = ready / bare_ready
            write(
                f"{'start to first answer, 6,500 schools':34} {ready:6.2f} s   bare {bare_ready:6.2f} s   {ratio:5.1f} ×"
            )
            asyncio.run(compare(url, bare, Path(folder)))


def write(line: str) -> None:
    """Write a line of the report."""
    sys.stdout.write(f"{line}\n")


if __name__ == "__main__":
    main()
