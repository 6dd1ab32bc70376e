"""`koppeldesk link`: the moves of a link, one command each (workflow.md §2)."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Annotated

from cyclopts import App, Parameter

from core.desk.checking import Application
from core.errors import UnreadableInput
from core.language import _
from core.linking.checks import CheckOutcome, not_good
from core.linking.link import Link
from core.model import SchoolId, SchoolYear, Secret
from tui.commands.asking import Yes, at_a_terminal, meant
from tui.commands.telling import bring_round, check_facts, check_lines, course_lines, link_facts, recognition_lines
from tui.files import KEY, STANDARD_INPUT, text_from
from tui.session import Brin, Here, Json, Session

app = App(name="link", help_format="plaintext")

KeyFile = Annotated[Path | None, Parameter(help="Bestand met de autorisatiesleutel; anders van de standaardinvoer.")]
Why = Annotated[str, Parameter(help="De reden; de school leest die.")]


@app.command
def request(brin: Brin, /, *, json: Json = False, here: Here) -> int:
    """Legt vast dat de school de koppeling aanvraagt.

    Voorbeeld: koppeldesk link request 12AB
    """
    return _done(here, brin, here.desk.links.request(here.actor, brin), json)


@app.command(name="open")
def open_(brin: Brin, /, *, json: Json = False, here: Here) -> int:
    """Legt vast dat de koppeling in ParnasSys is opengezet; de school krijgt een bericht.

    Voorbeeld: koppeldesk link open 12AB
    """
    return _done(here, brin, here.desk.links.open(here.actor, brin), json)


@app.command
def refuse(brin: Brin, /, *, why: Why, json: Json = False, here: Here) -> int:
    """Weigert een aanvraag om de koppeling open te zetten.

    Voorbeeld: koppeldesk link refuse 12AB --why "Deze school is geen klant."
    """
    return _done(here, brin, here.desk.links.refuse(here.actor, brin, why), json)


@app.command(name="apply")
def apply_(
    brin: Brin,
    /,
    *,
    key_file: KeyFile = None,
    school_year: Annotated[str, Parameter(help="Schooljaar, bijvoorbeeld 2026-2027; anders het huidige.")] = "",
    json: Json = False,
    here: Here,
) -> int:
    """Dient de aanvraag in met de autorisatiesleutel uit ParnasSys.

    Voorbeeld: koppeldesk link apply 12AB < sleutel.txt
    """
    year = _year(school_year) or SchoolYear.of(here.desk.office.clock.now().date())
    form = Application(key=_key(key_file), school_year=year)
    return _done(here, brin, here.desk.links.apply(here.actor, brin, form), json)


@app.command
def check(brin: Brin, /, *, json: Json = False, here: Here) -> int:
    """Doet alle controles op de aanvraag, met een proefverbinding naar ParnasSys.

    Geeft 1 terug als een controle niet goed is.

    Voorbeeld: koppeldesk link check 12AB --json
    """
    return _checked(here, brin, asyncio.run(here.desk.links.check(here.actor, brin)), json)


@app.command
def approve(
    brin: Brin,
    /,
    *,
    why: Annotated[str, Parameter(help="Waarom het kan zonder een controle die nu niet lukt.")] = "",
    json: Json = False,
    here: Here,
) -> int:
    """Keurt de aanvraag goed, nadat alle controles nog eens gedaan zijn.

    Voorbeeld: koppeldesk link approve 12AB
    """
    return _done(here, brin, asyncio.run(here.desk.links.approve(here.actor, brin, why)), json)


@app.command
def reject(brin: Brin, /, *, why: Why, json: Json = False, here: Here) -> int:
    """Wijst de aanvraag af; de school kan haar verbeteren en opnieuw indienen.

    Voorbeeld: koppeldesk link reject 12AB --why "De sleutel is van een andere school."
    """
    return _done(here, brin, here.desk.links.reject(here.actor, brin, why), json)


@app.command(name="clear-external")
def clear_external(
    brin: Brin,
    /,
    *,
    dry_run: Annotated[bool, Parameter(negative="", help="Alleen tellen.")] = False,
    yes: Yes = False,
    json: Json = False,
    here: Here,
) -> int:
    """Wist de externe nummers; daarmee worden geen toetsgegevens verwijderd.

    Voorbeeld: koppeldesk link clear-external 12AB --dry-run
    """
    links, nothing = here.desk.links, _("Er is niets gewist.")
    counts = links.clear_preview(here.actor, brin)
    if not dry_run:
        meant(yes=yes or not at_a_terminal(), word=brin.brin, what=recognition_lines(counts), refused=nothing)
        counts = links.clear_external(here.actor, brin)
    done = _("De nummers zijn leeg; ze blijven bewaard tot de volgende import.")
    here.show(counts, json=json, lines=[*recognition_lines(counts), nothing if dry_run else done])
    return 0


@app.command(name="restore-external")
def restore_external(brin: Brin, /, *, json: Json = False, here: Here) -> int:
    """Zet de gewiste externe nummers terug; dat kan tot de volgende import.

    Voorbeeld: koppeldesk link restore-external 12AB
    """
    here.desk.links.restore_external(here.actor, brin)
    here.show({"school": str(brin), "restored": True}, json=json, lines=[_("De externe nummers staan terug.")])
    return 0


@app.command(name="renew-key")
def renew_key(brin: Brin, /, *, key_file: KeyFile = None, json: Json = False, here: Here) -> int:
    """Zet een nieuwe autorisatiesleutel in de plaats van de oude; de koppeling blijft.

    Voorbeeld: koppeldesk link renew-key 12AB --key-file sleutel.txt
    """
    return _done(here, brin, here.desk.links.renew_key(here.actor, brin, _key(key_file)), json)


@app.command(name="new-year")
def new_year(brin: Brin, /, *, json: Json = False, here: Here) -> int:
    """Controleert de koppeling voor het huidige schooljaar; een nieuwe aanvraag is niet nodig.

    Voorbeeld: koppeldesk link new-year 12AB
    """
    return _checked(here, brin, asyncio.run(here.desk.links.new_year(here.actor, brin)), json)


@app.command(name="reveal-key")
def reveal_key(brin: Brin, /, *, json: Json = False, here: Here) -> int:
    """Toont de autorisatiesleutel; dat dit gebeurde en voor wie, komt in het logboek.

    Voorbeeld: koppeldesk link reveal-key 12AB
    """
    key = here.desk.links.reveal_key(here.actor, brin)
    here.show({"school": str(brin), "key": key}, json=json, lines=[key])
    return 0


@app.command
def end(brin: Brin, /, *, why: Why, yes: Yes = False, json: Json = False, here: Here) -> int:
    """Beëindigt de koppeling; de sleutel wordt vernietigd, gegevens en scores blijven.

    Voorbeeld: koppeldesk link end 12AB --why "De school stopt."
    """
    # Without a terminal the reason, which nobody gives by accident, is what shows that it is meant (interfaces.md).
    meant(yes=yes or not at_a_terminal(), word=brin.brin, refused=_("De koppeling blijft zoals zij is."))
    return _done(here, brin, here.desk.links.end(here.actor, brin, why), json)


def _done(here: Session, brin: SchoolId, link: Link, json: bool) -> int:
    bring_round(here)
    told = _("{school}: de koppeling is {state}.").format(school=brin, state=_(link.state.value))
    course = here.desk.links.course(here.actor, brin)
    here.show({"school": str(brin), **link_facts(link)}, json=json, lines=[told, *course_lines(course)])
    return 0


def _checked(here: Session, brin: SchoolId, outcomes: tuple[CheckOutcome, ...], json: bool) -> int:
    here.show({"school": str(brin), "checks": check_facts(outcomes)}, json=json, lines=check_lines(outcomes))
    return 1 if not_good(outcomes) else 0


def _key(path: Path | None) -> Secret:
    """Read the key from a file or standard input, never from an argument: those stand in the list of processes."""
    return Secret(text_from(path or STANDARD_INPUT, KEY))


def _year(text: str) -> SchoolYear | None:
    try:
        return SchoolYear.parse(text) if text else None
    except ValueError as error:
        raise UnreadableInput(
            _("“{text}” is geen schooljaar.").format(text=text), todo=_("Schrijf bijvoorbeeld 2026-2027.")
        ) from error
