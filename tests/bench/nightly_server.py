"""A server that answers every call with the emptiest right answer, after a while; keeps the first bodies it gets.

`python -m tests.bench.nightly_server FOLDER SECONDS KEEP` prints its port.
"""

from __future__ import annotations

import asyncio
import sys
from pathlib import Path
from typing import ClassVar

from core.wire.names import BRENG_LEERRESULTATEN, HAAL_LEERLINGGEGEVENS, LEERLINGGEGEVENS, LEERRESULTATEN, SOAP

EMPTY = {
    "leerlinggegevens": f'<{HAAL_LEERLINGGEGEVENS.response} xmlns="{LEERLINGGEGEVENS}"><geenwijzigingen/>'
    f"</{HAAL_LEERLINGGEGEVENS.response}>",
    "leerresultaten": f'<{BRENG_LEERRESULTATEN.response} xmlns="{LEERRESULTATEN}"/>',
}


class Answering(asyncio.Protocol):
    """HTTP/1.1 with keep-alive, as far as one client needs it."""

    keep = 0
    folder = Path()
    after = 0.1
    kept: ClassVar = {"leerlinggegevens": 0, "leerresultaten": 0}

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self.transport = transport
        self.parts: list[bytes] = []
        self.missing = -1
        self.service = ""

    def data_received(self, data: bytes) -> None:
        if self.missing < 0:
            head, _end, body = (b"".join(self.parts) + data).partition(b"\r\n\r\n")
            self.parts = [body]
            self.service = "leerresultaten" if b"leerresultaten" in head.split(b"\r\n")[0] else "leerlinggegevens"
            length = next(line for line in head.lower().split(b"\r\n") if line.startswith(b"content-length:"))
            self.missing = int(length.split(b":")[1]) - len(body)
        else:
            self.parts.append(data)
            self.missing -= len(data)
        if self.missing == 0:
            self.missing = -1
            self._keep(b"".join(self.parts) if self.kept[self.service] < self.keep else b"")
            self.parts = []
            asyncio.get_running_loop().call_later(self.after, self._answer, self.service)

    def _keep(self, body: bytes) -> None:
        if body:
            (self.folder / f"{self.service}-{self.kept[self.service]:04}.xml").write_bytes(body)
            self.kept[self.service] += 1

    def _answer(self, service: str) -> None:
        body = f'<s:Envelope xmlns:s="{SOAP}"><s:Body>{EMPTY[service]}</s:Body></s:Envelope>'.encode()
        head = f"HTTP/1.1 200 OK\r\nContent-Type: text/xml; charset=utf-8\r\nContent-Length: {len(body)}\r\n\r\n"
        self.transport.write(head.encode() + body)


async def serve(folder: Path, seconds: float, keep: int) -> None:
    """Serve until the process is ended."""
    Answering.folder, Answering.after, Answering.keep = folder, seconds, keep
    server = await asyncio.get_running_loop().create_server(Answering, "127.0.0.1", 0)
    sys.stdout.write(f"{server.sockets[0].getsockname()[1]}\n")
    sys.stdout.flush()
    await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(serve(Path(sys.argv[1]), float(sys.argv[2]), int(sys.argv[3])))
