"""Messages gone wrong: bytes flipped, cut, doubled; elements dropped, moved, filled with nasty values. Seeded."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random

from lxml import etree

NASTY = [
    *(
        "",
        " ",
        "\u00a0",
        "0",
        "-1",
        "99999999999999999999999999",
        "1e999",
        "NaN",
        "\u0661\u0662AB",
        "12ab",
        "a" * 70_000,
    ),
    *("2026-02-30", "0000-00-00", "9999-12-31T24:00:00Z", "2026-11-23T09:00:00+99:00", "-2026-11-23", "10000-01-01"),
    *("2026-2027", "2027-2026", "']]>", "<&>", "\u202e", "\ud7ff", "\U0001f600", "%n%s", "../../etc", "{{7*7}}"),
]
BYTES = [
    b"<",
    b">",
    b"&",
    b"\x00",
    b"\xff\xfe",
    b"<!--",
    b"]]>",
    b"<![CDATA[",
    b"<?x ?>",
    b"&#0;",
    b"&x;",
    b'"',
    b"\xe9",
]


def mutated(messages: list[bytes], count: int, seed: int) -> Iterator[bytes]:
    """Yield `count` messages, each one to four mistakes away from a good one."""
    random = Random(seed)
    for _ in range(count):
        message = random.choice(messages)
        for _ in range(random.randint(1, 4)):
            message = random.choice([_by_bytes, _by_elements, _by_elements])(message, random)
        yield message


def _by_bytes(message: bytes, random: Random) -> bytes:
    if not message:
        return random.choice(BYTES)
    start = random.randrange(len(message))
    end = min(len(message), start + random.randint(1, 60))
    match random.randrange(6):
        case 0:
            return message[:start] + bytes([random.randrange(256)]) + message[start + 1 :]
        case 1:
            return message[:start] + message[end:]
        case 2:
            return message[:end] + message[start:]
        case 3:
            return message[:start] + random.choice(BYTES) + message[start:]
        case 4:
            return message[:start]
        case _:
            return message.decode("utf-8", "replace").encode(random.choice(["utf-16", "utf-32", "latin-1"]), "replace")


def _by_elements(message: bytes, random: Random) -> bytes:
    try:
        root = etree.fromstring(message)
    except (etree.XMLSyntaxError, ValueError):
        return _by_bytes(message, random)
    elements = [element for element in root.iter() if isinstance(element.tag, str)]
    element = random.choice(elements)
    parent = element.getparent()
    match random.randrange(6):
        case 0 if parent is not None:
            parent.remove(element)
        case 1 if parent is not None:
            parent.append(etree.fromstring(etree.tostring(element, with_tail=False)))
        case 2 if parent is not None:
            random.choice(elements).append(etree.fromstring(etree.tostring(element, with_tail=False)))
        case 3:
            element.tag = random.choice(elements).tag
        case 4:
            element.set(random.choice(["key", "eckid", "vocabulaire", "niveau"]), random.choice(NASTY))
        case _:
            element.text = random.choice(NASTY)
    return etree.tostring(root)
