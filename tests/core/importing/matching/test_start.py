"""Importing the matcher's doors costs the app's start no numpy."""

from __future__ import annotations

import subprocess
import sys


def test_importing_the_interface_loads_no_numpy_and_no_rapidfuzz() -> None:
    asked = "import sys, core.importing.matching; print({'numpy', 'rapidfuzz'} & set(sys.modules))"
    run = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "set()"
