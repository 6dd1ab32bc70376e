"""Turns the bytes of a file into text when there is no doubt how; a guess could change a child's name."""

from __future__ import annotations

import codecs
import re

from core.language import _
from core.sheet.problem import FileProblem, Problem

_OTHER_KINDS = (
    (b"PK\x03\x04", "Excel (.xlsx)"),
    (b"\xd0\xcf\x11\xe0", "Excel (.xls)"),
    (b"%PDF", "PDF"),
    (b"\x1f\x8b", "gzip"),
)
_WINDOWS = "cp1252"
_OF_EXCEL = (_WINDOWS, "cp850", "mac_roman")
"""What Excel calls plainly CSV, CSV (MS-DOS) and CSV (Macintosh)."""
_LETTERS = re.compile(r"[\x00-\x7fÀ-ÖØ-öø-ÿŒœŠšŽžŸ]*")
_ODD = re.compile(r"(?<![^\W\d_])(?<!['’])[ß-öø-ÿœšž]|[a-zß-öø-ÿœšž][À-ÖØ-ÞŒŠŽŸ]")
"""A small letter with an accent in front of a word, or a capital with one inside it: nobody is called so."""


def text_of(content: bytes) -> str:
    """Return the text without its byte order mark: UTF-8, UTF-16 that says so, or Windows-1252.

    Windows-1252 is taken only when the file can be nothing else: as MS-DOS or Macintosh text it would hold signs that
    are no letters, or words that nobody writes. Raises FileProblem for everything else, and for what is no text at all.
    """
    for start, kind in _OTHER_KINDS:
        if content.startswith(start):
            raise _unfit(0, _("dit is een bestand van de soort {kind} en geen tekst").format(kind=kind))
    text = _decoded(content)
    for sign, what in (("\0", _("hier staat een NUL-teken")), ("\ufffd", _("hier is een letter verloren gegaan"))):
        if sign in text:
            raise _unfit(text.count("\n", 0, text.index(sign)) + 1, what)
    return text


def _decoded(content: bytes) -> str:
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        try:
            return content.decode("utf-16")
        except UnicodeDecodeError as error:
            raise _unfit(0, _("het bestand is UTF-16 en houdt midden in een teken op")) from error
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        if [encoding for encoding in _OF_EXCEL if _could_be(encoding, content)] == [_WINDOWS]:
            return content.decode(_WINDOWS)
        line = content.count(b"\n", 0, error.start) + 1
        raise _unfit(line, _("hier staat een teken dat geen UTF-8 is")) from error


def _could_be(encoding: str, content: bytes) -> bool:
    text = content.decode(encoding, errors="replace")
    return bool(_LETTERS.fullmatch(text)) and not _ODD.search(text)


def _unfit(line: int, what: str) -> FileProblem:
    return FileProblem(Problem(line=line, what=what))
