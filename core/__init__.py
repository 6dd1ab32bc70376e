"""Koppeldesk's core: link activation, import matching and score export, usable without a screen."""
