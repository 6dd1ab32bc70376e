"""Answers spoiled at random, the way lines, proxies and programmers spoil them. Same seed, same spoilage."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from random import Random

Spoil = Callable[[bytes, Random], bytes]

_SNIPPETS = (
    b"<", b">", b"/>", b"&", b"&#0;", b"&x;", b"]]>", b"<!--", b"<![CDATA[", b"<?x", b"<!DOCTYPE a>", b"\0",
    b"\xff\xfe", b'xmlns="x"', b' key="', b"</leerlingen>", b"<leerling>", b"<bsn>123456782</bsn>",
    b"<geenwijzigingen/>", b"9" * 400, b"-" * 30, "é".encode("latin-1"), "\U0001f9d2".encode(), b"xsi:nil='true'",
)  # fmt: skip


def _cut(data: bytes, chance: Random) -> bytes:
    return data[: chance.randrange(len(data))]


def _flip(data: bytes, chance: Random) -> bytes:
    spoiled = bytearray(data)
    for _time in range(chance.randint(1, 8)):
        spoiled[chance.randrange(len(spoiled))] = chance.randrange(256)
    return bytes(spoiled)


def _insert(data: bytes, chance: Random) -> bytes:
    place = chance.randrange(len(data))
    return data[:place] + chance.choice(_SNIPPETS) + data[place:]


def _repeat(data: bytes, chance: Random) -> bytes:
    start = chance.randrange(len(data))
    piece = data[start : start + chance.randint(1, 200)]
    return data[:start] + piece * chance.randint(2, 5) + data[start + len(piece) :]


def _drop(data: bytes, chance: Random) -> bytes:
    start = chance.randrange(len(data))
    return data[:start] + data[start + chance.randint(1, 200) :]


def _elements(data: bytes, chance: Random) -> bytes:
    """Take away, double or swap whole lines: the golden messages have an element on each."""
    lines = data.split(b"\n")
    place = chance.randrange(len(lines))
    other = chance.randrange(len(lines))
    match chance.randrange(3):
        case 0:
            del lines[place]
        case 1:
            lines.insert(other, lines[place])
        case _:
            lines[place], lines[other] = lines[other], lines[place]
    return b"\n".join(lines)


def _value(data: bytes, chance: Random) -> bytes:
    """Replace what stands between a start and an end tag on one line."""
    lines = data.split(b"\n")
    full = [place for place, line in enumerate(lines) if line.count(b">") == 2 and b"</" in line.partition(b">")[2]]
    if not full:
        return data
    place = chance.choice(full)
    head, _close, rest = lines[place].partition(b">")
    tail = rest[rest.rindex(b"</") :]
    lines[place] = head + b">" + chance.choice(_VALUES) + tail
    return b"\n".join(lines)


_VALUES = (
    b"", b" ", b"0", b"-1", b"x" * 300, b"2026-02-30", b"0000-00-00", b"99999-01-01", b"-2026-01-01", b"2015-W01-1",
    b"9999-12-31T23:59:59-14:00", b"0001-01-01T00:00:00+14:00", b"2026-11-24T24:00:00", b"1e400", b"NaN",
    b"\xe2\x80\xae", b"<a/>", b"&lt;script&gt;", b"2026-2031", b"g-3a",
)  # fmt: skip


def _rename(data: bytes, chance: Random) -> bytes:
    old = chance.choice(
        (b"leerling", b"groep", b"school", b"achternaam", b"Envelope", b"Body", b"key", b"2/", b"utf", b"UTF")
    )
    return data.replace(old, chance.choice((b"x", b"Leerling", b"bsn", b"", b"a:b")), chance.randint(1, 3))


def _recode(data: bytes, chance: Random) -> bytes:
    text = data.decode("utf-8", errors="replace")
    return text.encode(chance.choice(("utf-16", "utf-16-le", "utf-32", "latin-1", "utf-7", "cp037")), errors="replace")


SPOILERS: tuple[Spoil, ...] = (
    *(_cut, _flip, _insert, _repeat, _drop, _rename, _recode),
    # What leaves it well-formed gets further in, so there is more of it.
    *(_elements, _value, _value) * 4,
)


def spoiled(messages: Sequence[bytes], count: int, seed: int) -> Iterator[bytes]:
    """Yield `count` spoiled messages, each spoiled once or a few times."""
    chance = Random(seed)
    for _number in range(count):
        data = chance.choice(messages)
        for _time in range(chance.choice((1, 1, 1, 2, 3))):
            if data:
                data = chance.choice(SPOILERS)(data, chance)
        yield data
