"""`python -m tests.bench.matching [part…] [--seed S] [--links N]`: febrl, sizes, schools; all without a part."""

from __future__ import annotations

import argparse

from tests.bench.matching import febrl, schools, sizes

if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("parts", nargs="*", default=["febrl", "sizes", "schools"])
    parser.add_argument("--seed", default="bench")
    parser.add_argument("--links", type=int, default=30_000)
    asked = parser.parse_args()
    for part in asked.parts:
        match part:
            case "febrl":
                febrl.show()
            case "sizes":
                sizes.show()
            case "schools":
                schools.show(asked.seed, asked.links)
            case _:
                parser.error(f"no such part: {part}")
