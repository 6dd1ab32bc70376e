"""The desk: every use case, by room. The only door into core for screens and command line (architecture.md, rule 3)."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from core.desk.office import Office


class Desk:
    """All use cases on one office; each room is loaded when it is first entered."""

    def __init__(self, office: Office) -> None:
        self.office = office
