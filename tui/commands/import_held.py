"""`koppeldesk import held|approve|discard-held`: a nightly import that met a guard."""

from __future__ import annotations

from core.language import _
from tui.commands.asking import Yes, meant
from tui.commands.import_facts import done_facts, done_line
from tui.commands.import_words import SOMETHING_TO_DO, Confirm
from tui.session import Brin, Here, Json


def held(brin: Brin, /, *, json: Json = False, here: Here) -> int:
    """Toont de nachtelijke import die is vastgehouden, en waarom.

    Voorbeeld: koppeldesk import held 12AB
    """
    found = here.desk.night_imports.held(here.actor, brin)
    leaving = [{"id": one.before.id, "name": one.before.name.listed, "group": one.group} for one in found.plan.leaving]
    facts = {"at": found.held.at.isoformat(), "reasons": list(found.held.reasons), "deactivated": leaving}
    lines = [*found.held.reasons, *(f"  {one['name']}  {one['group']}" for one in leaving)]
    here.show(facts, json=json, lines=lines)
    return SOMETHING_TO_DO


def approve(brin: Brin, /, *, confirm: Confirm = "", json: Json = False, here: Here) -> int:
    """Neemt de vastgehouden nachtelijke import alsnog over.

    Voorbeeld: koppeldesk import approve 12AB --confirm 12AB
    """
    done = here.desk.night_imports.approve(here.actor, brin, confirm=confirm)
    lines = [_("De vastgehouden import is overgenomen."), done_line(done)] if done else [_("Er was niets te wijzigen.")]
    here.show(done_facts(done) if done else None, json=json, lines=lines)
    return 0


def discard_held(brin: Brin, /, *, yes: Yes = False, json: Json = False, here: Here) -> int:
    """Verwerpt de vastgehouden nachtelijke import; er wordt niets van geïmporteerd.

    Voorbeeld: koppeldesk import discard-held 12AB --yes
    """
    meant(yes=yes, word=brin.brin, refused=_("Er is niets verworpen."))
    here.desk.night_imports.discard(here.actor, brin)
    here.show({"discarded": str(brin)}, json=json, lines=[_("De vastgehouden import is verworpen.")])
    return 0
