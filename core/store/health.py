"""What can be wrong with a data folder, found without changing anything that counts."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

from core.desk.ports import Store
from core.disk.files import explained, replace
from core.errors import Damaged, KoppeldeskError, TryLater
from core.language import _
from core.model import SchoolId
from core.store.registry import school_folders

ROOM = 200_000_000
"""Bytes that should be free: a thousand times what one act writes."""


def examine(folder: Path, store: Store, *, deep: bool) -> Iterator[KoppeldeskError]:
    """Yield what is wrong: cannot be written, nearly full, a list that misses schools, files that cannot be read."""
    try:
        _try_to_write(folder)
        known = {line.id for line in store.lines()}
    except (Damaged, TryLater) as error:
        yield error
        return
    if folder.stat().st_mode & 0o077:
        yield Damaged(
            _("De gegevensmap {folder} is open voor anderen op deze machine.").format(folder=folder),
            stored=_("Wat er staat is onveranderd."),
            todo=_("Zet de rechten op 0700: chmod 700 {folder}").format(folder=folder),
        )
    free = shutil.disk_usage(folder).free
    if free < ROOM:
        yield TryLater(
            _("Op de schijf van {folder} is nog {free} MB vrij.").format(folder=folder, free=free // 1_000_000),
            stored=_("Wat er staat is veilig."),
            todo=_("Maak ruimte vrij voordat de schijf vol is."),
        )
    schools = [SchoolId.parse(path.name) for path in school_folders(folder) if (path / "record.json").exists()]
    missing = [school for school in schools if school not in known]
    if missing:
        yield Damaged(
            _("{n} scholen staan niet in de lijst van scholen, bijvoorbeeld {school}.").format(
                n=len(missing), school=missing[0]
            ),
            stored=_("Hun gegevens zijn er nog."),
            todo=_("Maak de lijst opnieuw met: koppeldesk doctor --repair"),
        )
    for school in schools if deep else ():
        yield from _read_all(store, school)


def _try_to_write(folder: Path) -> None:
    with explained(folder):
        folder.mkdir(parents=True, exist_ok=True)
    replace(folder / "proef", b"proef\n")
    with explained(folder):
        (folder / "proef").unlink()
        (folder / "proef.vorige").unlink(missing_ok=True)


def _read_all(store: Store, school: SchoolId) -> Iterator[KoppeldeskError]:
    def results() -> None:
        for year in store.ledger(school).read().put_away.years:
            document = store.archive(school, year)
            if not document.exists():
                raise Damaged(
                    _("De resultaten van {school} van schooljaar {year} ontbreken.").format(school=school, year=year),
                    stored=_("Wat er staat is onveranderd."),
                    todo=_("Zet het bestand ledger-{year}.json terug uit een reservekopie.").format(year=year),
                )
            document.read()

    for read in (store.record(school).read, store.review(school).read, results, store.exchanges(school).read):
        try:
            read()
        except KoppeldeskError as error:
            yield error
