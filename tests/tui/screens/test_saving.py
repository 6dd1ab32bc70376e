"""A list saved as a CSV file."""

from __future__ import annotations

from core.model import SchoolId
from tui.screens.saving import not_over_ssh


def test_what_to_type_instead_over_ssh_names_this_location_and_no_other() -> None:
    assert "export 12AB-01 > 12AB-01.csv" in not_over_ssh(SchoolId("12AB", "01")).todo
