"""Runs one contestant in a process of its own, so that time and memory are its own, and scores what it says."""

from __future__ import annotations

import json
import resource
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

Pair = tuple[str, str]
Scored = tuple[str, str, float]
"""Left id, right id, score or probability; at most one per left and per right id."""


def write(*words: str) -> None:
    """Write a line at once, so that a long bench shows where it is."""
    sys.stdout.write(" ".join(words) + "\n")
    sys.stdout.flush()


def in_a_process(module: str, *words: str, limit: int = 600) -> Any:
    """Run `python -m module words…` and return the JSON document it writes; None when it fails."""
    run = subprocess.run(
        [sys.executable, "-W", "ignore", "-m", module, *words],
        capture_output=True,
        text=True,
        check=False,
        timeout=limit,
    )
    if run.returncode != 0:
        write(f"    {' '.join(words)} failed: {run.stderr.strip().splitlines()[-1:]}")
        return None
    return json.loads(run.stdout.splitlines()[-1])


def report(work: Callable[[], Iterable[Scored]]) -> None:
    """Do the work and write the pairs, wall and processor seconds, and the peak memory in MB as one JSON document."""
    start, used = time.perf_counter(), time.process_time()
    pairs = list(work())
    seconds, cpu = time.perf_counter() - start, time.process_time() - used
    write(json.dumps({"pairs": pairs, "seconds": seconds, "cpu": cpu, "peak": peak_memory()}))


def peak_memory() -> float:
    """Return the most memory this process has held, in MB.

    Linux counts the parent's memory in `ru_maxrss` when a process was forked from it, but not in VmHWM.
    """
    status = Path("/proc/self/status")
    if status.exists():
        line = next(line for line in status.read_text(encoding="ascii").splitlines() if line.startswith("VmHWM"))
        return int(line.split()[1]) / 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def greedy(pairs: Iterable[Scored]) -> list[Scored]:
    """Return the pairs left when the best go first and nobody is linked twice."""
    lefts: set[str] = set()
    rights: set[str] = set()
    kept = []
    for left, right, score in sorted(pairs, key=lambda pair: (-pair[2], pair[0], pair[1])):
        if left not in lefts and right not in rights:
            lefts.add(left)
            rights.add(right)
            kept.append((left, right, score))
    return kept


@dataclass(frozen=True, slots=True)
class Marks:
    """How good a list of scored pairs is."""

    precision: float
    recall: float
    flawless: float
    """Recall when the threshold is put so high that no wrong pair is left."""
    sure_precision: float
    sure_recall: float
    """At .99."""

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall."""
        return 2 * self.precision * self.recall / max(self.precision + self.recall, 1e-9)


def marks(pairs: Sequence[Scored], truth: set[Pair], cut: float, sure: float = 0.99) -> Marks:
    """Score pairs at `cut`, and at `sure`."""

    def at(threshold: float) -> tuple[float, float]:
        kept = [(left, right) for left, right, score in pairs if score >= threshold]
        right = sum(pair in truth for pair in kept)
        return right / max(len(kept), 1), right / len(truth)

    worst = max((score for left, right, score in pairs if (left, right) not in truth), default=-1.0)
    flawless = sum(score > worst for left, right, score in pairs if (left, right) in truth) / len(truth)
    return Marks(*at(cut), flawless, *at(sure))
