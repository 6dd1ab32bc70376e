"""E-mail addresses made comparable: whose they are, and whether they are a person's at all."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from core.importing.matching import tables
from core.importing.matching.names import fold

if TYPE_CHECKING:
    from core.importing.matching.comparisons import Table

_FUNCTIONS = frozenset(
    [
        *("info", "administratie", "admin", "directie", "directeur", "team", "school", "leerkracht", "leraar"),
        *("juf", "meester", "groep", "klas", "ib", "ibu", "rt", "onderbouw", "bovenbouw", "middenbouw", "secretariaat"),
        *("contact", "post", "mail", "noreply", "ict", "invaller", "inval", "stagiair", "conciergerie", "conc"),
    ]
)


@dataclass(frozen=True, slots=True)
class Address:
    """An address as it is compared; all empty when there is none."""

    whole: str
    words: tuple[str, ...]
    """The words before the @: `anne`, `de`, `wit`."""
    joined: str
    shared: bool
    """Whether it names a function or group instead of a person: `info@`, `groep5@`."""


def read_address(text: str) -> Address:
    """Read an address; what follows a plus sign before the @ is left out."""
    whole = text.strip().casefold()
    if "@" not in whole:
        return Address("", (), "", False)
    local, _at, domain = whole.rpartition("@")
    local = local.partition("+")[0]
    words = tuple(fold(local).split())
    letters = re.sub(r"[0-9]+$", "", words[0]) if words else ""
    return Address(f"{local}@{domain}", words, "".join(words), letters in _FUNCTIONS or not letters)


def email_table(here: Sequence[Address], there: Sequence[Address]) -> Table:
    """Levels of EMAIL: gelijk, ander domein, een letter, lijkt (a word in common), anders, onbekend."""
    table = tables.filled(here, there, 4)
    tables.put(table, here, there, lambda address: [word for word in address.words if len(word) > 3], 3)
    slips = tables.filled(here, there, 4)
    tables.alike(slips, [address.joined for address in here], [address.joined for address in there], typo=2, similar=4)
    table[slips == 2] = 2
    tables.put(table, here, there, lambda address: () if address.shared else (address.joined,), 1)
    tables.put(table, here, there, lambda address: (address.whole,), 0)
    tables.put_unknown(table, [not a.whole for a in here], [not a.whole for a in there], 5)
    return table
