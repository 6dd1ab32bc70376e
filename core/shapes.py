"""The first look at a type, one at a time.

msgspec works out how a dataclass or an enum is built when it first meets it, and keeps that with the class. Two threads
that do so at the same moment can bring the whole program down (seen: a night in four threads, once in a hundred starts).
"""

from __future__ import annotations

from threading import RLock
from typing import Any, TypeVar, cast

import msgspec

T = TypeVar("T")

_one_at_a_time = RLock()
_seen: set[Any] = set()


def looked_at(kind: T) -> T:
    """Return `kind`, known to msgspec from now on; from then on threads may use it as they like."""
    if kind not in _seen:
        with _one_at_a_time:
            msgspec.json.Decoder(cast(Any, kind))
            _seen.add(kind)
    return kind
