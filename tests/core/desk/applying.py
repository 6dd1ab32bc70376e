"""A form that is filled in right, and the refusal of its key."""

from __future__ import annotations

from core.desk.checking import Application
from core.errors import SchoolMustAct
from core.model import Secret
from tests.core.desk.office import KEY, YEAR

FORM = Application(key=Secret(KEY), school_year=YEAR)
REFUSED_KEY = SchoolMustAct("ParnasSys weigert de sleutel.", todo="Vraag de school om een nieuwe sleutel.")
