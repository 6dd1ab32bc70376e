"""The default store: a folder per school with TinyDB files in it, and a list of the schools beside them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, suppress
from datetime import datetime
from pathlib import Path
from typing import cast

from core.clock import AMSTERDAM
from core.desk.lines import line_of, with_ledger
from core.desk.passes import AccessList
from core.desk.ports import SchoolLine, StoredFile
from core.disk.files import explained
from core.disk.log import JsonLog
from core.errors import KoppeldeskError, UnreadableInput
from core.importing.review import Decision, Review
from core.language import _
from core.model import SchoolId, SchoolYear
from core.record import SchoolRecord
from core.scores.ledger import Ledger
from core.store.audit import AuditLog
from core.store.document import TinyDocument
from core.store.health import examine
from core.store.nights import NightFiles
from core.store.presence import LockedPresence
from core.store.recall import Recall
from core.store.registry import Patch, Registry, school_folders
from core.uwlr.record import LastExchanges


class TinyStore:
    """Everything under one data folder (`core.desk.ports.Store`)."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._recall = Recall()
        self._registry = Registry(folder / "scholen.jsonl", self._sources, self._remake)

    def lines(self) -> Sequence[SchoolLine]:
        """All schools, sorted by id."""
        return self._registry.lines()

    def annotate(self, school: SchoolId, change: Callable[[SchoolLine], SchoolLine]) -> None:
        """Change a school's line; nothing is written when it stays the same."""
        with self._registry.changing(school, lambda known: change(known) if known else None):
            pass

    def record(self, school: SchoolId) -> TinyDocument[SchoolRecord | None]:
        """The school's record; the list of schools follows it."""

        def around(new: SchoolRecord | None) -> AbstractContextManager[None]:
            return self._registry.changing(school, lambda known: line_of(new, known) if new else None)

        kind = cast("type[SchoolRecord | None]", SchoolRecord | None)
        return TinyDocument(self._file(school, "record.json"), kind, None, around, self._recall)

    def review(self, school: SchoolId) -> TinyDocument[Review | None]:
        """The review's proposals."""
        return TinyDocument(self._file(school, "review.json"), cast("type[Review | None]", Review | None), None)

    def decisions(self, school: SchoolId, review: str) -> JsonLog[Decision]:
        """The decisions of one review, in a file of their own."""
        if not re.fullmatch(r"[A-Za-z0-9_-]+", review):
            raise UnreadableInput(_("Import {review} bestaat niet.").format(review=review))
        return JsonLog(self._file(school, f"decisions-{review}.jsonl"), Decision)

    def ledger(self, school: SchoolId) -> TinyDocument[Ledger]:
        """Every result of the school."""

        def around(new: Ledger) -> AbstractContextManager[None]:
            return self._registry.changing(school, lambda known: with_ledger(known, new) if known else None)

        return TinyDocument(self._file(school, "ledger.json"), Ledger, Ledger(), around, self._recall)

    def archive(self, school: SchoolId, year: SchoolYear) -> TinyDocument[Ledger]:
        """The results of a school year that is over."""
        return TinyDocument(self._file(school, f"ledger-{year}.json"), Ledger, Ledger())

    def exchanges(self, school: SchoolId) -> TinyDocument[LastExchanges]:
        """What went over the line last."""
        return TinyDocument(self._file(school, "exchanges.json"), LastExchanges, LastExchanges())

    def access(self) -> TinyDocument[AccessList]:
        """Who may come in over SSH."""
        return TinyDocument(self._folder / "access.json", AccessList, AccessList())

    def audit(self) -> AuditLog:
        """The audit log of all schools."""
        return AuditLog(self._folder / "audit.jsonl")

    def nights(self) -> NightFiles:
        """The nightly runs."""
        return NightFiles(self._folder / "nights")

    def rebuild(self) -> int:
        """Make the list of schools anew from the records, for instance after a backup was put back.

        Returns how many schools there are. A record that is damaged keeps its old line.
        """
        self._registry.set_aside()
        self._registry.doubt(SchoolId.parse(folder.name) for folder in school_folders(self._folder))
        return len(self.lines())

    def presence(self, school: SchoolId) -> LockedPresence:
        """Who is in the review of the school now; apart from what is kept of it."""
        return LockedPresence(self._folder / "aanwezig" / str(school))

    def files(self, school: SchoolId) -> Sequence[StoredFile]:
        """Every file that is kept of the school."""
        found = []
        for path in sorted(self._file(school, "").glob("*")):
            if not path.name.endswith(".lock"):
                # Another generation may take a file's place between listing and looking.
                with suppress(FileNotFoundError):
                    about = path.stat()
                    changed = datetime.fromtimestamp(about.st_mtime, AMSTERDAM)
                    found.append(StoredFile(name=path.name, size=about.st_size, changed=changed))
        return found

    def forget(self, school: SchoolId, name: str) -> None:
        """Delete the decisions of a review or an earlier generation; a present document is never deleted so."""
        if not re.fullmatch(r"decisions-[A-Za-z0-9_-]+\.jsonl|[a-z]+(-[0-9]{4}-[0-9]{4})?\.json\.vorige", name):
            raise UnreadableInput(_("{name} kan niet worden weggegooid.").format(name=name))
        path = self._file(school, name)
        with explained(path):
            path.unlink(missing_ok=True)

    def health(self, *, deep: bool) -> Iterator[KoppeldeskError]:
        """Yield what is wrong with the data folder; `deep` reads every file of every school."""
        return examine(self._folder, self, deep=deep)

    def _file(self, school: SchoolId, name: str) -> Path:
        if not school.well_formed:
            raise UnreadableInput(
                _("{school} is geen BRIN met dependancecode.").format(school=school),
                todo=_("Geef twee cijfers en twee letters, bijvoorbeeld 12AB of 12AB-01."),
            )
        return self._folder / "schools" / str(school) / name

    def _remake(self, school: SchoolId) -> Patch:
        record, ledger = self.record(school).read(), self.ledger(school).read()
        return lambda known: with_ledger(line_of(record, known), ledger) if record else None

    def _sources(self, school: SchoolId) -> Sequence[Path]:
        return self._file(school, "record.json"), self._file(school, "ledger.json")
