"""What stands in the letters, and what never can."""

from __future__ import annotations

import typing
from dataclasses import fields
from pathlib import Path

import pytest

from core.mail import letters
from core.mail.letters import Letter
from core.mail.write import LetterWriter
from core.settings import Mail
from tests.core.desk.office import SetClock
from tests.core.mail.posting import BOS, SCHOOL, post_office


def example(kind: type) -> Letter:
    """Return a letter of this kind with something in every field."""
    values = {
        "school": SCHOOL,
        "school_name": "De <b>Regenboog</b>",
        "about": "x",
        "reason": "sleutel klopt niet",
        "reasons": ("41 leerlingen verdwijnen",),
        "lines": ("9 scores afgekeurd",),
    }
    return typing.cast(Letter, kind(**{f.name: values.get(f.name, 3) for f in fields(kind)}))


@pytest.mark.parametrize("kind", typing.get_args(Letter))
def test_every_kind_of_letter_has_a_template_says_which_school_and_is_safe_as_html(tmp_path: Path, kind: type) -> None:
    post = post_office(tmp_path, SetClock())
    post.send(example(kind), [BOS])
    (item,) = post.items()
    writer = LetterWriter(Mail())
    message = writer(item)
    parts = {part.get_content_type(): part.get_content() for part in message.iter_parts()}
    text, html = parts["text/plain"], parts["text/html"]
    assert "12AB-00" in text
    assert "Regenboog" in str(message["Subject"])
    assert "<b>" not in html
    assert "<b>Regenboog" in text
    assert message.as_bytes() == writer(item).as_bytes()
    for said in ("sleutel klopt niet", "41 leerlingen verdwijnen", "9 scores afgekeurd"):
        assert (said in text) is any(said in str(getattr(item.letter, f.name)) for f in fields(kind))


def test_the_letter_about_new_data_gives_the_command_that_opens_that_review(tmp_path: Path) -> None:
    post = post_office(tmp_path, SetClock(), review_command="ssh desk.example review")
    post.send(letters.NewData(school=SCHOOL, school_name="De Regenboog", about="r7", new_pupils=3), [BOS])
    _subject, text = post.text(post.items()[0])
    assert "ssh desk.example review 12AB-00" in text
    assert "Nieuwe leerlingen: 3" in text
    assert "Nieuwe leerkrachten" not in text


def test_no_letter_can_hold_the_name_of_a_pupil() -> None:
    """Letters have counts, reasons and ids only: none has a field of the model's persons."""
    allowed = {"school", "school_name", "about", "reason", "reasons", "lines"}
    for kind in typing.get_args(Letter):
        for field in fields(kind):
            assert field.name in allowed or field.type in ("int", int), (kind, field.name)
