"""The client over real sockets, with a server that misbehaves byte by byte."""

from __future__ import annotations

import asyncio
import gzip
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

import pytest

from core.errors import AnswerLost, Damaged, KoppeldeskError, TryLater, UnreadableReply, WeMustAct
from core.las import Received
from core.settings import Las
from core.uwlr.client import Retries, Uwlr, uwlr

from .samples import ADDRESS, StoppedClock, a_message, golden

GOOD = golden("antwoorden/HaalLeerlinggegevens-lvs-2.3.xml")
LIMIT = 300_000
Answer = Callable[[asyncio.StreamWriter], Awaitable[None]]


@asynccontextmanager
async def a_server(answer: Answer) -> AsyncIterator[str]:
    """Read one request, let `answer` write what it likes, hang up."""

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            head = await reader.readuntil(b"\r\n\r\n")
            length = next(line for line in head.lower().split(b"\r\n") if line.startswith(b"content-length"))
            await reader.readexactly(int(length.split(b":")[1]))
            await answer(writer)
            await writer.drain()
        except (ConnectionError, asyncio.IncompleteReadError):
            pass  # the client had seen enough
        finally:
            writer.close()

    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    async with server:
        yield f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"


@asynccontextmanager
async def a_client(url: str, seconds: float = 5) -> AsyncIterator[Uwlr]:
    settings = Las(url=url, timeout_seconds=seconds, max_answer_bytes=LIMIT)
    async with uwlr(settings, StoppedClock(), retries=Retries(attempts=1)) as client:
        yield client


def http(body: bytes, *headers: str, length: int | None = None) -> bytes:
    lines = ["HTTP/1.1 200 OK", "Content-Type: text/xml; charset=utf-8", "Connection: close", *headers]
    if length is not None:
        lines.append(f"Content-Length: {length}")
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + body


def saying(data: bytes) -> Answer:
    async def answer(writer: asyncio.StreamWriter) -> None:
        writer.write(data)

    return answer


async def dripping(writer: asyncio.StreamWriter) -> None:
    """One byte at a time, always before any read time-out: only a limit on the whole call ends it."""
    writer.write(http(b"", length=len(GOOD)))
    for start in range(len(GOOD)):
        writer.write(GOOD[start : start + 1])
        await writer.drain()
        await asyncio.sleep(0.02)


async def silence(_writer: asyncio.StreamWriter) -> None:
    await asyncio.sleep(30)


async def pull(answer: Answer, seconds: float = 5) -> object:
    async with a_server(answer) as url, a_client(url, seconds) as client:
        return await client.pull(ADDRESS)


async def test_an_answer_comes_over_a_real_socket_plain_and_packed() -> None:
    assert isinstance(await pull(saying(http(GOOD, length=len(GOOD)))), Received)
    assert isinstance(await pull(saying(http(gzip.compress(GOOD), "Content-Encoding: gzip"))), Received)


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (http(GOOD[:900], length=len(GOOD)), AnswerLost),
        (b"HTTP/1.1 200 OK\r\nContent-Le", AnswerLost),
        (b"", AnswerLost),
        (b"no http at all\r\n\r\n", AnswerLost),
        (http(GOOD[:900]), UnreadableReply),
        (http(b"x" * (LIMIT + 1), length=LIMIT + 1), UnreadableReply),
        (http(b"x" * (LIMIT + 1)), UnreadableReply),
        (http(gzip.compress(b"<a>" + b" " * 50_000_000), "Content-Encoding: gzip"), UnreadableReply),
        (http(gzip.compress(GOOD)[:-30], "Content-Encoding: gzip"), UnreadableReply),
        (http(GOOD, "Content-Encoding: gzip"), UnreadableReply),
        (http(GOOD, "Content-Encoding: br"), UnreadableReply),
        (b"HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:1/\r\nContent-Length: 0\r\n\r\n", WeMustAct),
    ],
    ids=[
        "hangs up in the body",
        "hangs up in the head",
        "hangs up at once",
        "speaks no http",
        "body cut off but the line ends well",
        "announces too much",
        "sends too much",
        "gzip bomb",
        "gzip cut off",
        "gzip that is none",
        "unknown packing",
        "redirect",
    ],
)
async def test_a_bad_answer_ends_in_its_error(data: bytes, expected: type[KoppeldeskError]) -> None:
    with pytest.raises(KoppeldeskError) as refused:
        await pull(saying(data))
    assert type(refused.value) is expected


@pytest.mark.parametrize("answer", [dripping, silence], ids=["drips", "is silent"])
async def test_a_server_that_drips_or_is_silent_is_left_after_the_time_limit(answer: Answer) -> None:
    with pytest.raises(AnswerLost, match="antwoordde niet"):
        await pull(answer, seconds=0.3)


async def test_a_retry_says_nothing_in_the_log_and_stops_when_time_is_up(caplog: pytest.LogCaptureFixture) -> None:
    tries = 0

    async def count(writer: asyncio.StreamWriter) -> None:
        nonlocal tries
        tries += 1

    async def pull(retries: Retries) -> None:
        async with a_server(count) as url, uwlr(Las(url=url), StoppedClock(), retries=retries) as client:
            with pytest.raises(AnswerLost):
                await client.pull(ADDRESS)

    await pull(Retries(attempts=3, first_wait=0.001, longest_wait=0.002))
    assert tries == 3
    await pull(Retries(attempts=3, first_wait=0.001, total=0.000_001))
    assert tries == 4
    assert caplog.records == []


async def test_ten_calls_go_at_once_and_the_time_of_a_call_starts_with_its_turn() -> None:
    present, most = 0, 0

    async def slowly(writer: asyncio.StreamWriter) -> None:
        nonlocal present, most
        present += 1
        most = max(most, present)
        await asyncio.sleep(0.25)
        present -= 1
        writer.write(http(GOOD, length=len(GOOD)))

    async with a_server(slowly) as url, a_client(url, seconds=1.4) as client:
        answers = await asyncio.gather(*(client.pull(ADDRESS) for _call in range(70)))
    assert all(isinstance(answer, Received) for answer in answers)
    assert most == 10


async def test_results_whose_answer_is_lost_may_have_arrived() -> None:
    async with a_server(saying(b"")) as url, a_client(url) as client:
        with pytest.raises(AnswerLost):
            await client.deliver(ADDRESS, a_message())


async def test_a_closed_door_is_no_arrival() -> None:
    async with a_server(silence) as url:
        pass
    async with a_client(url) as client:
        with pytest.raises(TryLater) as refused:
            await client.deliver(ADDRESS, a_message())
    assert type(refused.value) is TryLater


@pytest.mark.parametrize(
    ("variable", "value"),
    [("HTTPS_PROXY", "onzin://proxy"), ("ALL_PROXY", "socks5://127.0.0.1:1"), ("SSL_CERT_FILE", "/nergens/ca.pem")],
)
async def test_a_proxy_or_certificates_that_cannot_be_used_are_told_as_settings(
    variable: str, value: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(variable, value)
    with pytest.raises(Damaged, match="proxy") as told:
        async with a_client("http://127.0.0.1:1"):
            pass
    assert variable in told.value.todo


async def test_a_server_that_is_not_who_it_says_is_not_trusted(tls_server: str) -> None:
    async with a_client(tls_server) as client:
        with pytest.raises(WeMustAct, match="certificaat"):
            await client.pull(ADDRESS)


@pytest.fixture
async def tls_server(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[str]:
    """A server with a certificate that nobody signed."""
    import ssl

    folder = tmp_path_factory.mktemp("tls")
    certificate, key = self_signed()
    (folder / "cert.pem").write_bytes(certificate)
    (folder / "key.pem").write_bytes(key)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(folder / "cert.pem", folder / "key.pem")
    server = await asyncio.start_server(lambda _reader, writer: writer.close(), "127.0.0.1", 0, ssl=context)
    async with server:
        yield f"https://127.0.0.1:{server.sockets[0].getsockname()[1]}"


def self_signed() -> tuple[bytes, bytes]:
    from datetime import UTC, datetime, timedelta

    from cryptography import x509
    from cryptography.hazmat.primitives import hashes, serialization
    from cryptography.hazmat.primitives.asymmetric import ec
    from cryptography.x509.oid import NameOID

    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "127.0.0.1")])
    now = datetime.now(UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .sign(key, hashes.SHA256())
    )
    return (
        certificate.public_bytes(serialization.Encoding.PEM),
        key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()),
    )
