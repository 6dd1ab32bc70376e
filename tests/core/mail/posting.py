"""A letter, whom it goes to, and the post office that brings it."""

from __future__ import annotations

import typing
from pathlib import Path

import msgspec

from core.mail import letters
from core.mail.letters import Letter
from core.mail.post import PostOffice
from core.model import Administrator, SchoolId
from core.settings import Mail, Settings
from tests.core.desk.office import SetClock

SCHOOL = SchoolId("12AB")
BOS = Administrator(name="J. Bos", email="j.bos@regenboog.example")
PEN = Administrator(name="P. Pen", email="p.pen@regenboog.example")


def a_letter(number: int = 1) -> Letter:
    return letters.LinkOpened(school=SCHOOL, school_name="De Regenboog", about=f"opengezet-{number}")


def post_office(folder: Path, clock: SetClock, port: int = 0, **mail: typing.Any) -> PostOffice:
    """Return a post room as a fresh process would make it."""
    plain = Mail(host="127.0.0.1" if port else "", port=port, starttls=False, timeout_seconds=5)
    return PostOffice(Settings(data=str(folder), mail=msgspec.structs.replace(plain, **mail)), clock)
