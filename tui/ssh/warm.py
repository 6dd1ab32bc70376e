"""Imports what every session needs; importing this module is what makes a zygote warm."""

from __future__ import annotations

import textual.app
import textual.drivers.linux_driver
import textual.widgets

import tui.app
import tui.cli

__all__ = ["textual", "tui"]
