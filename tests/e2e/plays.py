"""What two people do in each scenario after its activation, and what is worth a picture."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import httpx

from tests.e2e.rehearsal import Rehearsal

LINK = "/beheer/koppelingen/boom-testcentrum-uwlr"


def manual(play: Rehearsal) -> None:
    play.helped_to("Gegevens ophalen")
    play.review()
    play.noticed()
    play.screen("Every row has a proposal. The three tabs are those of the manual.")
    play.go_on()
    play.review()
    play.terminal.press("i")
    play.terminal.wait_for("De volgende gegevens worden overgenomen")
    play.screen("What will be taken over, before anything is.")
    play.terminal.press("C-s")
    play.noticed()
    play.parnassys(LINK)
    play.browser("The same link in ParnasSys.")


def first_link(play: Rehearsal) -> None:
    play.helped_to("De oude externe nummers leegmaken")
    play.school()
    play.terminal.press("w")
    play.terminal.wait_for("Typ de BRIN", "te herkennen")
    play.screen("Before the old numbers go it is said how many pupils stay recognisable.")
    play.terminal.type(play.scenario.school[0].brin)
    play.terminal.press("Enter")
    play.noticed()
    play.helped_to("De twijfelgevallen nakijken")
    play.review()
    play.terminal.press("f")
    play.screen("The doubts, with what speaks for and against.")
    play.helped_to("De eerste nacht")
    play.trainer()
    play.terminal.press("n")
    play.noticed()
    keys = [one["leerlingid"] for one in results(play)]
    play.parnassys(f"/leerlingen/{keys[0]}")
    play.browser("The next morning, in ParnasSys.")


def twins(play: Rehearsal) -> None:
    play.helped_to("Ophalen en goed kijken")
    play.screen("The trainer's screen: the story, and both ends in one picture.")
    play.review()
    play.terminal.press("Tab")
    play.screen(
        "Three pairs of twins and three namesakes: alike, and nobody is linked to a child that is there already."
    )
    play.parnassys("/leerlingen")
    play.browser("The class lists in ParnasSys.")


def no_email(play: Rehearsal) -> None:
    play.helped_to("Ophalen")
    play.review()
    play.noticed()
    play.terminal.press("i")
    play.terminal.wait_for("Eerst nog dit")
    play.screen("What stands in the way, row by row; Enter goes there.")
    play.go_on()
    play.review()
    for number in range(3):
        play.terminal.press("i")
        play.terminal.wait_for("Eerst nog dit")
        play.terminal.press("Enter")
        play.terminal.wait_for("e-mailadres")
        play.terminal.press("e")
        play.terminal.wait_for("E-mailadres van")
        play.terminal.type(f"leerkracht{number}@school.example")
        play.terminal.press("Enter")
    play.terminal.wait_for("mporteren (i)")
    play.screen("Filled in by hand, and marked as such.")
    play.terminal.press("i")
    play.terminal.wait_for("De volgende gegevens worden overgenomen")
    play.terminal.press("C-s")
    play.noticed()


def split_group(play: Rehearsal) -> None:
    play.helped_to("De groep wordt gesplitst")
    play.shown()
    play.parnassys("/leerlingen")
    play.browser("ParnasSys after the split.")
    play.go_on()
    play.review()
    play.terminal.press("1")
    play.terminal.wait_for("[1 Groepen")
    play.screen("One group is new; the old one is recognised by who is in it.")
    play.terminal.press("i")
    play.terminal.wait_for("Er wordt niemand gedeactiveerd")
    play.screen("Nobody is deactivated.")
    play.terminal.press("C-s")
    play.noticed()


def new_year(play: Rehearsal) -> None:
    play.helped_to("Opnieuw ophalen")
    play.parnassys("/trainer")
    play.browser("The trainer's switches in ParnasSys: it is the first day of school.")
    play.review()
    play.noticed()
    play.terminal.press("1")
    play.terminal.wait_for("[1 Groepen")
    play.screen("Last year's 7a comes back as this year's 8a.")
    play.helped_to("Nakijken en overnemen")
    play.shown()
    play.screen(
        "Taken over. Last year's group 8 no longer comes from ParnasSys: its pupils stay until somebody deactivates them."
    )


def cleared_numbers(play: Rehearsal) -> None:
    play.helped_to("De oude externe nummers leegmaken")
    play.school()
    play.terminal.press("w")
    play.terminal.wait_for("Typ de BRIN", "te herkennen")
    play.screen("What clearing the numbers costs, before it is done.")
    play.terminal.press("Escape")
    play.helped_to("Ophalen, nakijken en overnemen")
    play.review()
    play.terminal.press("f")
    play.screen("A pupil with a new number: name and birthday have to do it.")


def withdrawn_key(play: Rehearsal) -> None:
    play.helped_to("De nacht daarna")
    play.terminal.press("n")
    play.noticed()
    play.school()
    play.terminal.wait_for("gestoord", "weigert de autorisatiesleutel")
    play.screen("Disturbed, with the cause and who must do what.")
    play.parnassys("/trainer/journaal")
    play.browser("What ParnasSys saw.")
    play.go_on()
    page = play.parnassys(LINK)
    page.get_by_role("button", name="nieuwe autorisatiesleutel instellen").click()
    page.get_by_role("dialog").get_by_role("button", name="Nieuwe sleutel instellen").click()
    key = page.get_by_role("textbox", name="Autorisatiesleutel").input_value()
    play.school()
    play.terminal.press("k", "1")
    play.terminal.wait_for("sleutel")
    play.terminal.type(key)
    play.terminal.press("Enter")
    play.noticed()
    play.go_on()
    play.terminal.press("n")
    play.noticed()
    play.screen("The night after that everything that waited has gone.")


def parnassys_down(play: Rehearsal) -> None:
    play.helped_to("Een nacht zonder ParnasSys")
    play.parnassys("/trainer/storingen")
    play.browser("The trainer planned trouble.")
    play.terminal.press("n")
    play.noticed()
    play.night()
    play.screen("The night tried, stopped, and left everything as it was.")
    play.go_on()
    play.shown()
    play.screen("The night after that: all of it, once.")


def lost_answer(play: Rehearsal) -> None:
    play.helped_to("Een nacht zonder antwoord")
    play.terminal.press("n")
    play.noticed()
    play.school()
    play.terminal.press("r")
    play.terminal.wait_for("onbekend 15")
    play.screen("Sent, and no answer: unknown is neither confirmed nor rejected.")
    play.parnassys("/trainer/journaal")
    play.browser("ParnasSys did take them.")
    play.go_on()
    play.shown()
    play.screen("Sent again under the same keys: fifteen, not thirty.")


def merger(play: Rehearsal) -> None:
    play.helped_to("Ophalen bij De Ark")
    play.parnassys("/")
    play.browser("De Ark in ParnasSys, with the pupils of De Bron.")
    play.review()
    play.screen("Many at once are new: each with its own number.")
    play.trainer()
    play.shown()
    play.screen("Both ends agree, and nobody was deactivated.")


def missing_group(play: Rehearsal) -> None:
    play.helped_to("Een nacht met een groep te weinig")
    play.terminal.press("n")
    play.noticed()
    play.night()
    play.terminal.press("Enter")
    play.terminal.wait_for("ontbreekt in het antwoord")
    play.screen("The night names the group, and that its pupils stay.")
    play.terminal.press("Escape")
    play.parnassys("/trainer/storingen")
    play.browser("The trouble that the trainer planned.")
    play.go_on()
    play.shown()
    play.screen("The next answer is whole; nobody was deactivated.")


PLAYS: Mapping[str, Callable[[Rehearsal], None]] = {
    "handleiding": manual,
    "eerste-koppeling": first_link,
    "tweelingen": twins,
    "leerkracht-zonder-email": no_email,
    "combinatiegroep-gesplitst": split_group,
    "nieuw-schooljaar": new_year,
    "nummers-gewist": cleared_numbers,
    "sleutel-ingetrokken": withdrawn_key,
    "parnassys-ligt-eruit": parnassys_down,
    "antwoord-kwijt": lost_answer,
    "fusie": merger,
    "groep-ontbreekt": missing_group,
}


def results(play: Rehearsal) -> list[dict[str, str]]:
    """Return the results that ParnasSys has of the school."""
    found: list[dict[str, str]] = httpx.get(
        f"{play.url}/_sim/schools/{play.scenario.school[0].brin}/resultaten", timeout=30
    ).json()["resultaten"]
    return found
