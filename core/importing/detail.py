"""What a row may be linked to: its candidates with their reasons, and everybody else."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from core.importing.course import Course
from core.importing.decisions import RowKey
from core.importing.matching import Candidate
from core.importing.rowmaker import RowMaker
from core.importing.rows import Option
from core.importing.search import found


def options_of(key: RowKey, maker: RowMaker, course: Course) -> tuple[Option, ...]:
    """Return the candidates of a row, best first; a record chosen by hand comes before them."""
    chosen = maker.choices[key].existing
    proposed = maker.choices.proposals[key].candidates
    by_hand = [chosen] if chosen and chosen not in {candidate.existing for candidate in proposed} else []
    ids = [*by_hand, *(candidate.existing for candidate in proposed)]
    return tuple(_options(ids, key, maker, course))


def existing_options(
    key: RowKey, maker: RowMaker, course: Course, needles: tuple[str, ...], limit: int
) -> tuple[Option, ...]:
    """Return at most `limit` records in which every needle is found: candidates first, then by name."""
    texts = maker.existing.texts[key.kind]
    best = [candidate.existing for candidate in maker.choices.proposals[key].candidates]
    rest = (id_ for id_ in maker.existing.by_name[key.kind] if id_ not in best)
    ids = (id_ for id_ in [*best, *rest] if id_ in texts and found(needles, texts[id_]))
    return tuple(islice(_options(ids, key, maker, course), limit))


def _options(ids: Iterator[str] | list[str], key: RowKey, maker: RowMaker, course: Course) -> Iterator[Option]:
    matches: dict[str, Candidate] = {c.existing: c for c in maker.choices.proposals[key].candidates}
    ruled_out = course.not_same(key)
    for id_ in ids:
        counterpart = maker.counterpart(key.kind, id_)
        if counterpart is not None:
            yield Option(
                counterpart=counterpart,
                match=matches.get(id_),
                not_same=ruled_out[id_].by if id_ in ruled_out else "",
                taken_by=tuple(sorted(maker.choices.linked_to(key.kind, id_))),
            )
