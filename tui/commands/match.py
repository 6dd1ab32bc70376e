"""`koppeldesk match`: the matcher alone, on files (interfaces.md, "Match files")."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Annotated, Literal, TypeVar

import msgspec
from cyclopts import App, Parameter

from core.errors import UnreadableInput
from core.importing.matching import (
    GroupFlow,
    Match,
    group_flow,
    match_groups,
    match_pupils,
    match_teachers,
)
from core.importing.matching.lines import (
    LineError,
    decision_word,
    group_of,
    line_of,
    pupil_of,
    teacher_of,
)
from core.importing.matching.waterfall import as_text
from core.language import _
from core.malformed import whats_wrong
from tui.files import text_from, write_file
from tui.session import Here, Json

app = App(name="match", help_format="plaintext")

T = TypeVar("T")


@app.default
def match(
    incoming: Path,
    existing: Path,
    *,
    kind: Annotated[Literal["pupil", "teacher", "group"], Parameter(help="Wie of wat er in de bestanden staat.")],
    out: Annotated[
        Path | None, Parameter(help="Bestand voor de uitkomst, een JSON-regel per regel van het eerste.")
    ] = None,
    pupils: Annotated[
        tuple[Path, Path] | None,
        Parameter(negative="", help="Bij groepen: de leerlingen van beide kanten; zonder hen gaat geen groep vanzelf."),
    ] = None,
    explain: Annotated[bool, Parameter(help="Laat bij elke regel zien waarom.", negative="")] = False,
    json: Json = False,
    here: Here,
) -> int:
    """Zoekt wie of wat uit het ene bestand in het andere bestaat; er wordt niets geïmporteerd.

    Zonder --out gaat de uitkomst naar het scherm, een JSON-regel per regel van het eerste bestand.

    Voorbeeld: koppeldesk match parnassys.jsonl testcentrum.jsonl --kind pupil --out uitkomst.jsonl
    """
    match kind:
        case "pupil":
            matches = match_pupils(_read(incoming, pupil_of), _read(existing, pupil_of))
        case "teacher":
            matches = match_teachers(_read(incoming, teacher_of), _read(existing, teacher_of))
        case "group":
            ours, theirs = _read(incoming, group_of), _read(existing, group_of)
            matches = match_groups(ours, theirs, flow=_flow(*pupils) if pupils else None)
    if out is not None:
        write_file(out, b"".join(msgspec.json.encode(line_of(found)) + b"\n" for found in matches))
    counts = Counter(decision_word(found.decision) for found in matches)
    document: dict[str, object] = {
        "records": len(matches),
        **{word: counts[word] for word in ("auto", "suggest", "new")},
    }
    if out is None:
        document["matches"] = [line_of(found) for found in matches]
    summary = _("{total} regels: {auto} vanzelf, {suggest} te vragen, {new} nieuw.").format(
        total=len(matches), auto=counts["auto"], suggest=counts["suggest"], new=counts["new"]
    )
    if explain:
        here.show(document, json=json, lines=[*map(_explained, matches), summary])
    elif out is None:
        here.show(document, json=json, lines=[msgspec.json.encode(line_of(found)).decode() for found in matches])
    else:
        here.show(document, json=json, lines=[summary])
    return 0


def _explained(found: Match) -> str:
    existing = found.existing or _("niemand")
    words = {"auto": _("vanzelf"), "suggest": _("te vragen"), "new": _("nieuw")}
    head = f"{found.incoming} → {existing}  [{words[decision_word(found.decision)]}]"
    why = as_text(found) or "        " + _("niemand lijkt erop")
    return f"{head}\n{why}\n"


def _flow(incoming: Path, existing: Path) -> GroupFlow:
    """Return where the pupils went; in match files they name their group as the groups' file does."""
    ours, theirs = _read(incoming, pupil_of), _read(existing, pupil_of)
    return group_flow(ours, theirs, match_pupils(ours, theirs))


def _read(path: Path, record: Callable[[dict[str, str]], T]) -> list[T]:
    """Read one record a line; empty lines are skipped. Raises UnreadableInput with the line's number."""
    text = text_from(path)
    records: list[T] = []
    seen: set[str] = set()
    for number, line in enumerate(text.split("\n"), start=1):
        if not line.strip():
            continue
        try:
            fields = _fields(line)
            if fields.get("id", "") in seen:
                raise LineError(_("dit id komt vaker voor"))
            seen.add(fields.get("id", ""))
            records.append(record(fields))
        except (msgspec.DecodeError, LineError) as error:
            told = str(error) if isinstance(error, LineError) else whats_wrong(error)
            raise UnreadableInput(
                _("{path}, regel {number}: {error}.").format(path=path, number=number, error=told),
                todo=_("Verbeter die regel; elke regel is één JSON-object (zie koppeldesk match --help)."),
            ) from error
    return records


def _fields(line: str) -> dict[str, str]:
    """Return an object's fields as text: numbers as written, null as unknown, other values refused."""
    found = msgspec.json.decode(line, type=dict[str, str | int | float | bool | list[str] | None])
    return {name: _text(name, value) for name, value in found.items()}


def _text(name: str, value: object) -> str:
    match value:
        case None:
            return ""
        case str():
            return value
        case bool() | list():
            raise LineError(_("{name}: tekst verwacht").format(name=name))
        case _:
            return str(value)
