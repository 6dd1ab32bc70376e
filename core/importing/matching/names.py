"""Names made comparable: accents and case folded, particles apart, double surnames in parts, lines read as names."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from core.importing.matching.common_names import common_names
from core.importing.matching.spelling import common_spelling, long_form, sound, strict_sound
from core.model import PersonName

_PARTICLES = """
van von vd v der den de d het t ten ter te tot thoe op in uit aan bij onder voor over s la le les du des di da das
do dos del della el al ul bin ben bint ibn ait ould oude zu zum zur af
"""
PARTICLES = frozenset(_PARTICLES.split())
"""Words that stand before a surname and are written, left out or put elsewhere at will (Dutch, French, Arabic, …)."""

_LETTERS = str.maketrans({"ß": "ss", "ø": "o", "đ": "d", "ð": "d", "ł": "l", "æ": "ae", "œ": "oe", "þ": "th", "ı": "i"})
_PLAIN = re.compile(r"[a-z0-9 ]*")


def fold(text: str) -> str:
    """Return `text` in lower case, without accents, `ij` as `y`, every other sign a space."""
    lowered = text.casefold()
    if not _PLAIN.fullmatch(lowered):
        decomposed = unicodedata.normalize("NFKD", lowered.replace("'", "").replace("’", ""))
        kept = "".join(char for char in decomposed if not unicodedata.combining(char)).translate(_LETTERS)
        lowered = "".join(char if char.isalnum() else " " for char in kept)
    return " ".join(lowered.split()).replace("ij", "y")


@dataclass(frozen=True, slots=True)
class Surname:
    """A surname as it is compared; all empty when there is none."""

    core: str
    """All words that are not particles, joined: `jansenvries` of `Jansen-de Vries`."""
    particles: str
    """The particles, joined in order."""
    joined: str
    """Everything joined, particles in front: `vandenberg`."""
    parts: tuple[str, ...]
    """The words of a double surname, sorted; one for a single one."""
    sound: str
    """The core, as it sounds."""


NO_SURNAME = Surname("", "", "", (), "")


def surname(name: PersonName) -> Surname:
    """Return the surname of `name`, wherever its particle was typed: prefix field, before, behind or inside."""
    return read_surname(name.prefix, name.surname)


def read_surname(prefix: str, text: str) -> Surname:
    """Return the surname made of a prefix and the rest."""
    halves = [fold(half).split() for half in re.split(r"\s*(?:-|/|\be/v\b|\bgeb\.?\b)\s*", text, flags=re.IGNORECASE)]
    particles = fold(prefix).split()
    parts: list[str] = []
    for half in halves:
        for piece in half:
            (particles if piece in PARTICLES else parts).append(piece)
    if not parts:
        parts, particles = (["".join(particles)] if particles else []), []
    if not parts:
        return NO_SURNAME
    core = "".join(parts)
    ahead = "".join(particles)
    return Surname(core, ahead, ahead + core, tuple(sorted(set(parts))), sound(core))


@dataclass(frozen=True, slots=True)
class FirstName:
    """A first name as it is compared; `call` empty when only initials are known."""

    call: str
    """The name somebody is called by, joined: `janwillem`."""
    words: tuple[str, ...]
    """Its words: `jan`, `willem`."""
    given: tuple[str, ...]
    """Official names, in order."""
    sound: str
    """The call name as it sounds, in its common spelling."""
    form: str
    """One for an official name and all its short forms."""
    official: bool
    """Whether the call name is that official name itself."""
    cut: bool
    """Whether it was written short with a full stop: `Moh.`"""
    common: str
    """How the call name sounds with its vowels as written when it is a well-known name; empty when it is not."""


def first_name(name: PersonName) -> FirstName:
    """Return the first name: the call name, else the first official name, else nothing."""
    given = tuple(fold(name.given_names).split())
    written = name.call_name or (name.given_names.split()[0] if given else "")
    words = tuple(fold(written).split())
    if not words or (len(words[0]) == 1 and len("".join(words)) <= 4 and "." in written):
        return FirstName("", (), given, "", "", False, False, "")
    call = "".join(words)
    sounding = common_spelling(sound(call))
    form = long_form(sounding)
    cut = written.rstrip().endswith(".")
    common = common_spelling(strict_sound(call)) if call in common_names() else ""
    return FirstName(call, words, given, sounding, form, form == sounding, cut, common)


@dataclass(frozen=True, slots=True)
class Initials:
    """Initials as they are compared; no letters when there are none."""

    letters: str
    derived: bool
    """Whether they were taken from the call name, and so say nothing beside another call name."""
    named: bool
    """Whether the same record has a call name."""


def initials(name: PersonName, first: FirstName) -> Initials:
    """Return the first letters of `J.P.`, `JP` or `Th.M.`; without initials those of the official or the call name.

    `first` is the first name of the same person, as it is compared.
    """
    written = name.initials or name.given_names
    words = [word for word in re.split(r"[.\s-]+", written) if word]
    named = bool(first.call)
    if not words:
        return Initials(fold(name.call_name)[:1], True, named)
    if len(words) == 1 and words[0].isupper() and "." not in written:
        words = list(words[0])
    return Initials("".join(fold(word[:2])[:1] for word in words), False, named)


_TITLE = re.compile(
    r"^(?:(?:juf(?:frouw)?|mees(?:ter)?|mevr(?:ouw)?|mw|dhr|de heer|drs|dr|ir|ing|mr)\b\.?\s*)+", re.IGNORECASE
)
_INITIALS = re.compile(r"(?:[A-Za-zÀ-ÿ]{1,2}\.[\s-]*)+|[A-Z]{1,4}(?=\s)")
_NICK = re.compile(r"\(([^)]*)\)")


def read_name(text: str) -> PersonName:
    """Read a name written in one line: `A. de Wit`, `Wit, Anne de`, `J.P. (Jan) Jansen-de Vries`."""
    text = _TITLE.sub("", " ".join(text.split()))
    nick = _NICK.search(text)
    text = " ".join(_NICK.sub(" ", text).split())
    if "," in text:
        surname_part, first_part = (part.strip() for part in text.split(",", 1))
        if first_part and all(word in PARTICLES for word in fold(first_part).split()):
            first, _space, last = surname_part.partition(" ")
            return read_name(f"{first} {first_part} {last}" if last else f"{first_part} {first}")
        words = first_part.split()
        behind: list[str] = []
        while words and fold(words[-1]) in PARTICLES and len(words) > 1:
            behind.insert(0, words.pop())
        first, prefix, last = " ".join(words), " ".join(behind), surname_part
    else:
        found = _INITIALS.match(text)
        words = text.split()
        if found and found.end() < len(text):
            first, rest = text[: found.end()].strip(), text[found.end() :].split()
            if len(rest) > 1 and fold(rest[0]) not in PARTICLES and not nick:
                first, rest = f"{first} {rest[0]}", rest[1:]
        else:
            particle = next((n for n, word in enumerate(words) if fold(word) in PARTICLES), None)
            at = min(1, len(words) - 1) if particle is None else particle
            first, rest = " ".join(words[:at]), words[at:]
        at = next((n for n, word in enumerate(rest) if fold(word) not in PARTICLES), len(rest))
        prefix, last = " ".join(rest[:at]), " ".join(rest[at:])
    letters = _INITIALS.fullmatch(first + " ") or _INITIALS.match(first) if "." in first or first.isupper() else None
    letters_text = letters[0].strip() if letters else ""
    call = nick[1] if nick else first[len(letters[0]) :].strip() if letters else first
    return PersonName(surname=last, prefix=prefix, initials=letters_text, call_name=call)
