"""The desk: every use case, by room. The only door into core for screens and command line (architecture.md, rule 3)."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from core.desk.access import AccessDesk
    from core.desk.doctor import DoctorDesk
    from core.desk.elsewhere import ElsewhereDesk
    from core.desk.imports import ImportDesk
    from core.desk.links import LinkDesk
    from core.desk.logs import LogDesk
    from core.desk.mail import MailDesk
    from core.desk.messages import MessageDesk
    from core.desk.night_imports import NightImports
    from core.desk.nights import NightDesk
    from core.desk.office import Office
    from core.desk.presence import PresenceDesk
    from core.desk.privacy import PrivacyDesk
    from core.desk.register import RegisterDesk
    from core.desk.schools import SchoolDesk
    from core.desk.scores import ScoreDesk
    from core.desk.worklist import WorklistDesk


class Desk:
    """All use cases on one office; each room is loaded when it is first entered."""

    def __init__(self, office: Office) -> None:
        self.office = office

    @cached_property
    def access(self) -> AccessDesk:
        """Who may come in over SSH."""
        from core.desk.access import AccessDesk

        return AccessDesk(self.office)

    @cached_property
    def doctor(self) -> DoctorDesk:
        """Is everything in order."""
        from core.desk.doctor import DoctorDesk

        return DoctorDesk(self.office)

    @cached_property
    def elsewhere(self) -> ElsewhereDesk:
        """Results that may stand with another child in ParnasSys."""
        from core.desk.elsewhere import ElsewhereDesk

        return ElsewhereDesk(self.office, self.scores)

    @cached_property
    def imports(self) -> ImportDesk:
        """Pull, review together, see what would happen, commit, take back."""
        from core.desk.imports import ImportDesk

        return ImportDesk(self.office)

    @cached_property
    def links(self) -> LinkDesk:
        """The link of each school: request, open, apply, check, decide, renew, end."""
        from core.desk.links import LinkDesk

        return LinkDesk(self.office)

    @cached_property
    def logs(self) -> LogDesk:
        """The audit log."""
        from core.desk.logs import LogDesk

        return LogDesk(self.office)

    @cached_property
    def mail(self) -> MailDesk:
        """Letters: what was sent, what waits."""
        from core.desk.mail import MailDesk

        return MailDesk(self.office)

    @cached_property
    def messages(self) -> MessageDesk:
        """What went over the line last."""
        from core.desk.messages import MessageDesk

        return MessageDesk(self.office)

    @cached_property
    def night_imports(self) -> NightImports:
        """What the nightly run does with imports, and what it held back."""
        from core.desk.night_imports import NightImports

        return NightImports(self.office)

    @cached_property
    def privacy(self) -> PrivacyDesk:
        """What is held of a school, and the purge of what is past its time."""
        from core.desk.privacy import PrivacyDesk

        return PrivacyDesk(self.office)

    @cached_property
    def register(self) -> RegisterDesk:
        """`Leerlingen beheren`, and what the test centre already has."""
        from core.desk.register import RegisterDesk

        return RegisterDesk(self.office)

    @cached_property
    def schools(self) -> SchoolDesk:
        """Schools and their pages."""
        from core.desk.schools import SchoolDesk

        return SchoolDesk(self.office)

    @cached_property
    def scores(self) -> ScoreDesk:
        """Results: intake, status, history, and the previous school year on request."""
        from core.desk.scores import ScoreDesk

        return ScoreDesk(self.office)

    @cached_property
    def worklist(self) -> WorklistDesk:
        """What waits for whom, and the search over all schools."""
        from core.desk.worklist import WorklistDesk

        return WorklistDesk(self.office)

    @cached_property
    def nights(self) -> NightDesk:
        """The nightly run."""
        from core.desk.night_step import ImportStep
        from core.desk.nights import NightDesk

        steps = (ImportStep(self.night_imports),)
        return NightDesk(self.office, self.scores, steps=steps, report=self.links.report_call)

    @cached_property
    def presence(self) -> PresenceDesk:
        """Who is in which review now."""
        from core.desk.presence import PresenceDesk

        return PresenceDesk(self.office)
