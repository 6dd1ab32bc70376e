"""One HTTP exchange with bounds on everything: time, bytes, and bytes once unpacked."""

from __future__ import annotations

import asyncio
import ssl
import zlib
from collections.abc import AsyncIterator
from dataclasses import dataclass

import httpx

from core.errors import AnswerLost, Damaged, TryLater, UnreadableReply, WeMustAct
from core.language import _
from core.uwlr.unreadable import unreadable
from core.wire.names import CONTENT_TYPE

_PACKED = {"gzip": 31, "x-gzip": 31, "deflate": 47}
"""Content-Encoding -> what zlib must be told."""
_SLICE = 1_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """How long and how large."""

    seconds: float
    """For the whole exchange: connecting, sending and reading."""
    connect_seconds: float = 10.0
    answer_bytes: int
    """Longer answers are refused, as they come in and as they unpack."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """What came back over HTTP."""

    status: int
    charset: str
    """As the header says; empty when it does not."""
    body: bytes


async def post(http: httpx.AsyncClient, url: str, body: bytes, soap_action: str, limits: Limits) -> Reply:
    """Send one SOAP message and read the reply. Redirects are not followed.

    Raises TryLater when it certainly did not arrive, AnswerLost when it may have, UnreadableReply when the reply is too
    long or badly packed, WeMustAct when the certificate is not trusted, Damaged when the address is no address.
    """
    headers = {"Content-Type": CONTENT_TYPE, "SOAPAction": f'"{soap_action}"', "Accept-Encoding": "gzip"}
    timeout = httpx.Timeout(limits.seconds, connect=min(limits.connect_seconds, limits.seconds))
    try:
        async with (
            asyncio.timeout(limits.seconds),
            http.stream(
                "POST", url, content=body, headers=headers, timeout=timeout, follow_redirects=False
            ) as response,
        ):
            return Reply(
                status=response.status_code,
                charset=response.charset_encoding or "",
                body=await _read(response, limits.answer_bytes),
            )
    except (httpx.InvalidURL, httpx.UnsupportedProtocol) as error:
        raise Damaged(
            _("Het adres van ParnasSys in de instellingen is geen webadres."),
            todo=_("Verbeter las.url in het instellingenbestand of KOPPELDESK_UWLR_URL."),
        ) from error
    except (httpx.ConnectTimeout, httpx.PoolTimeout) as error:
        raise _not_reached() from error
    except httpx.ConnectError as error:
        raise _untrusted() if _is_about_certificates(error) else _not_reached() from error
    except (TimeoutError, httpx.TimeoutException) as error:
        raise AnswerLost(
            _("ParnasSys antwoordde niet binnen {n} seconden.").format(n=round(limits.seconds)),
            todo=_("Probeer het later opnieuw."),
        ) from error
    except httpx.TransportError as error:
        raise AnswerLost(
            _("De verbinding met ParnasSys brak af voordat het antwoord er was."), todo=_("Probeer het later opnieuw.")
        ) from error


async def _read(response: httpx.Response, limit: int) -> bytes:
    """Read the body, unpacked, up to `limit` bytes. Raises UnreadableReply."""
    if (announced := response.headers.get("content-length", "")).isdigit() and int(announced) > limit:
        raise _too_long(limit)
    encoding = response.headers.get("content-encoding", "").strip().lower()
    if encoding in ("", "identity"):
        chunks = response.aiter_raw()
    elif encoding in _PACKED:
        chunks = _unpacked(response.aiter_raw(), _PACKED[encoding])
    else:
        raise unreadable("/", "gzip", f"“{encoding[:20]}”")
    whole = bytearray()
    async for chunk in chunks:
        whole += chunk
        if len(whole) > limit:
            raise _too_long(limit)
    return bytes(whole)


async def _unpacked(chunks: AsyncIterator[bytes], bits: int) -> AsyncIterator[bytes]:
    """Unpack as it comes in, a slice at a time, so that the reader can stop before a bomb goes off."""
    unpacker = zlib.decompressobj(bits)
    try:
        async for chunk in chunks:
            packed = chunk
            while packed:
                yield unpacker.decompress(packed, _SLICE)
                packed = unpacker.unconsumed_tail
    except zlib.error as error:
        raise unreadable("/", _("een goed ingepakt antwoord"), _("een beschadigd antwoord")) from error
    if not unpacker.eof:
        raise unreadable("/", _("een heel antwoord"), _("een afgebroken antwoord"))


def _too_long(limit: int) -> UnreadableReply:
    return unreadable("/", _("hoogstens {n} MB").format(n=max(1, limit // 1_000_000)), _("meer"))


def _not_reached() -> TryLater:
    return TryLater(
        _("ParnasSys is niet bereikbaar."),
        todo=_("Controleer de verbinding en het ingestelde adres, en probeer het later opnieuw."),
    )


def _untrusted() -> WeMustAct:
    return WeMustAct(
        _("Het certificaat van de server op het adres van ParnasSys is niet te vertrouwen."),
        todo=_("Controleer het ingestelde adres; klopt het, meld het dan aan ParnasSys."),
    )


def _is_about_certificates(error: BaseException | None) -> bool:
    while error is not None:
        if isinstance(error, ssl.SSLCertVerificationError):
            return True
        error = error.__cause__ or error.__context__
    return False
