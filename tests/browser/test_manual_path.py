"""The manual's path on the ParnasSys side (manual p. 2-4), by clicking and by keyboard only, to a key that works."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from tests.simulator.callers import Caller


def log_in(page: Page, school: str) -> None:
    """Log in as the administrator of a school."""
    page.get_by_role("button", name=school).click()
    expect(page.get_by_role("navigation", name="Hoofdmenu")).to_be_visible()


def tab_to(page: Page, text: str) -> None:
    """Press Tab until the thing with this text has the focus, as somebody without a mouse does."""
    for _ in range(60):
        page.keyboard.press("Tab")
        focused = page.evaluate("document.activeElement.innerText || document.activeElement.value || ''")
        if text in focused:
            return
    raise AssertionError(f"never reached {text!r} with the keyboard")


def test_the_path_of_the_manual_is_clicked_to_a_key_that_works(page: Page, caller: Caller) -> None:
    school = caller.first_school()
    caller.control("POST", f"/schools/{school}/koppeling/open")
    log_in(page, school)
    page.get_by_role("link", name="Beheer").click()
    page.get_by_role("main").get_by_role("link", name="Koppelingen").click()
    page.get_by_role("link", name="Boom testcentrum UWLR").click()
    page.get_by_role("button", name="afnemen").click()
    expect(page.get_by_role("dialog", name="Koppeling afnemen?")).to_be_visible()
    page.get_by_role("button", name="Afname bevestigen").click()
    page.get_by_role("button", name="nieuwe autorisatiesleutel instellen").click()
    page.get_by_role("dialog").get_by_role("button", name="Nieuwe sleutel instellen").click()
    page.get_by_role("button", name="Kopieer").click()
    expect(page.get_by_text("Gekopieerd.")).to_be_visible()
    caller.key = str(page.evaluate("navigator.clipboard.readText()"))
    assert caller.key == page.get_by_role("textbox", name="Autorisatiesleutel").input_value()
    assert caller.pull(school).code == ""


def test_the_path_of_the_manual_is_walked_by_keyboard_alone_to_a_key_that_works(page: Page, caller: Caller) -> None:
    school = caller.first_school()
    caller.control("POST", f"/schools/{school}/koppeling/open")
    for stop, title in (
        (school, "Overzicht"),
        ("Beheer", "Beheer"),
        ("Koppelingen\nGegevens delen", "Koppelingen"),
        ("Boom testcentrum UWLR", "Boom testcentrum UWLR"),
    ):
        tab_to(page, stop)
        page.keyboard.press("Enter")
        expect(page).to_have_title(f"{title} · ParnasSys-simulator")
    tab_to(page, "afnemen")
    page.keyboard.press("Space")
    expect(page.get_by_role("dialog")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_be_hidden()
    expect(page.get_by_role("button", name="afnemen")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="Afname bevestigen")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_role("status")).to_contain_text("De koppeling is afgenomen.")
    tab_to(page, "nieuwe autorisatiesleutel instellen")
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="Nieuwe sleutel instellen")).to_be_focused()
    page.keyboard.press("Enter")
    caller.key = page.get_by_role("textbox", name="Autorisatiesleutel").input_value()
    assert caller.pull(school).code == ""


def test_the_key_is_shown_once_and_a_new_one_makes_it_invalid(page: Page, caller: Caller) -> None:
    school = caller.first_school()
    old = caller.link(school)
    log_in(page, school)
    page.goto(f"{caller.url}/beheer/koppelingen/boom-testcentrum-uwlr")
    page.get_by_role("button", name="nieuwe autorisatiesleutel instellen").click()
    page.get_by_role("dialog").get_by_role("button", name="Nieuwe sleutel instellen").click()
    new = page.get_by_role("textbox", name="Autorisatiesleutel").input_value()
    page.reload()
    expect(page.get_by_role("textbox", name="Autorisatiesleutel")).to_have_count(0)
    assert new not in page.content()
    assert caller.pull(school).code == "Client.AutorisatieOngeldig"
    caller.key = new
    assert caller.pull(school).code == ""
    assert old != new


def test_before_the_supplier_opens_the_link_there_is_no_button_and_the_page_says_who_must_act(
    page: Page, caller: Caller
) -> None:
    log_in(page, caller.first_school())
    page.goto(f"{caller.url}/beheer/koppelingen/boom-testcentrum-uwlr")
    expect(page.get_by_role("button", name="afnemen")).to_have_count(0)
    expect(page.get_by_text("De klantenservice van het Boom testcentrum moet de koppeling")).to_be_visible()
