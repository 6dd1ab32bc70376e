"""English for tests: the catalogue compiled into a folder of the test, and what no English screen may say."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from core import language

DUTCH = re.compile(r"\b(?:de|het|een|niet|wordt|worden|geen|voor|naar|naam)\b")
"""Words of Dutch sentences. Names with a capital (De Regenboog) are no sentences, prefixes of names are taken out."""
NAMES = re.compile(r"\b(?:van (?:de|den|der|het)|de [A-Z]\w+|\w+, \w+ de)\b")


def catalogue() -> Catalog:
    """Return the English catalogue of the program."""
    with (language.LOCALE_DIR / "en" / "LC_MESSAGES" / f"{language.DOMAIN}.po").open("rb") as file:
        return read_po(file, locale="en", domain=language.DOMAIN)


@contextmanager
def english(folder: Path) -> Iterator[None]:
    """Speak English, compiled into `folder`; Dutch again afterwards."""
    place = folder / "en" / "LC_MESSAGES"
    place.mkdir(parents=True)
    with (place / f"{language.DOMAIN}.mo").open("wb") as file:
        write_mo(file, catalogue())
    language.use("en", folder)
    try:
        yield
    finally:
        language.use("nl")


def dutch_in(screen: str) -> list[str]:
    """Return the lines of a screen that hold a word of a Dutch sentence."""
    return [line for line in screen.splitlines() if DUTCH.search(NAMES.sub("", line))]
