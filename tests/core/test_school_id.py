"""A school location by its BRIN."""

from __future__ import annotations

import pytest

from core.model import SchoolId

SECOND = SchoolId("12AB", "01")


@pytest.mark.parametrize("text", ["12AB", "12ab", " 12AB-01 "])
def test_a_typed_brin_confirms_with_and_without_the_dependance_code(text: str) -> None:
    assert SECOND.is_typed(text)


@pytest.mark.parametrize("text", ["", "ja", "12A", "12AB-00", "13AB", "12AB 01"])
def test_nothing_else_confirms(text: str) -> None:
    assert not SECOND.is_typed(text)


def test_a_school_is_written_short_without_taking_one_location_for_another() -> None:
    assert (SchoolId("12AB").short, SECOND.short) == ("12AB", "12AB-01")
