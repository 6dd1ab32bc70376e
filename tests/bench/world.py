"""The simulated world beside plain Faker: how soon 6,500 schools stand, and what looking into one costs.

Run with `make bench-world`. The Faker column makes as many people with nothing but a name and a birth date, one by
one; read the columns beside each other.
"""

from __future__ import annotations

import resource
import sys
import time
from collections.abc import Callable

SCHOOLS = 6500
LOOKED_INTO = 100


def timed(what: Callable[[], int]) -> tuple[float, int]:
    """Return seconds and the number `what` gives back."""
    start = time.perf_counter()
    number = what()
    return time.perf_counter() - start, number


def main() -> None:
    """Print one line per measurement."""
    start = time.perf_counter()
    from simulator.world.pairs import pairs
    from simulator.world.picture import Level
    from simulator.world.world import Plan, World

    world = World(Plan(seed="bench", schools=SCHOOLS))
    ready = time.perf_counter() - start
    cards = [world.card(ref).name for ref in world.ids()]
    write(f"{'6,500 schools, imports included':44} {ready * 1000:8.0f} ms   (bar: 1000 ms)")
    world.school(world.ids()[-1])

    def look() -> int:
        return sum(len(world.school(ref).pupils) for ref in world.ids()[:LOOKED_INTO])

    ours, people = timed(look)
    write(f"{'a school looked into (mean of 100)':44} {ours * 10:8.1f} ms   {people / LOOKED_INTO:.0f} pupils")
    again, _ = timed(look)
    write(f"{'the same school again':44} {again * 10:8.3f} ms")
    spoilt, records = timed(lambda: sum(len(pair.existing) for pair in pairs("bench", LOOKED_INTO, Level.DIRTY)))
    write(f"{'a pair of lists with its truth':44} {spoilt * 10:8.1f} ms   {records / LOOKED_INTO:.0f} rows")
    faker, _ = timed(lambda: plain_faker(people))
    write(f"{'as many people from Faker alone, per school':44} {faker * 10:8.1f} ms   {faker / ours:.1f} × ours")
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    write(f"{'memory at the end':44} {memory:8.0f} MB   {len(cards)} schools in the list")


def plain_faker(people: int) -> int:
    """Make people with Faker, a name and a birth date each."""
    from faker import Faker

    fake = Faker("nl_NL")
    fake.seed_instance(1)
    return len([(fake.first_name(), fake.last_name(), fake.date_of_birth()) for _ in range(people)])


def write(line: str) -> None:
    """Write a line at once."""
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
