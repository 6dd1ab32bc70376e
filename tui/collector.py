"""When Python looks for garbage: not while a program or a school is loaded, where there is none and it costs a fifth."""

from __future__ import annotations

import gc


def postpone() -> None:
    """Look for garbage no more until `resume`."""
    gc.disable()


def resume() -> None:
    """Look again from now on, and only at what comes after this: what was loaded stays."""
    gc.freeze()
    gc.enable()
