"""The desk: every use case, by room. The only door into core for screens and command line (architecture.md, rule 3)."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from core.desk.office import Office
    from core.desk.scores import ScoreDesk


class Desk:
    """All use cases on one office; each room is loaded when it is first entered."""

    def __init__(self, office: Office) -> None:
        self.office = office

    @cached_property
    def scores(self) -> ScoreDesk:
        """Results: read in, look, correct."""
        from core.desk.scores import ScoreDesk

        return ScoreDesk(self.office)
