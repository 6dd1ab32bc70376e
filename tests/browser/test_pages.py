"""Every page in a real browser: axe-core finds nothing, and the trainer's switches do what they say."""

from __future__ import annotations

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.browser.test_manual_path import log_in
from tests.simulator.callers import Caller, a_result, a_sitting

LINK = "/beheer/koppelingen/boom-testcentrum-uwlr"


def assert_accessible(page: Page) -> None:
    """Fail with axe-core's own words when it finds anything on the page as it is now."""
    results = Axe().run(page, options={"resultTypes": ["violations"]})
    assert results.violations_count == 0, results.generate_report()


def assert_reflows(page: Page) -> None:
    """Fail when the page scrolls sideways on the narrowest telephone (WCAG 1.4.10: 320 pixels)."""
    wide = page.viewport_size
    assert wide is not None
    page.set_viewport_size({"width": 320, "height": 640})
    assert page.evaluate("document.documentElement.scrollWidth") <= 320, page.url
    page.set_viewport_size(wide)


def test_no_page_has_an_accessibility_problem(page: Page, caller: Caller) -> None:
    school = caller.first_school()
    assert_accessible(page)
    caller.control("POST", f"/schools/{school}/koppeling/open")
    log_in(page, school)
    for act in ("afnemen", "sleutel"):
        page.goto(f"{caller.url}{LINK}")
        assert_accessible(page)
        page.locator(f"[data-venster=venster-{act}]").click()
        assert_accessible(page)
        page.get_by_role("dialog").locator("button.hoofd").click()
        assert_accessible(page)
    caller.key = page.get_by_role("textbox", name="Autorisatiesleutel").input_value()
    pupil = caller.pupil_keys(school)[0]
    caller.bring(school, a_sitting(pupil, a_result()))
    caller.bring(school, a_sitting("onbekend", a_result()))
    caller.control("POST", "/storingen", soort="traag")
    caller.control("POST", "/checkpoint/begin")
    for path in (
        *("/", "/leerlingen", f"/leerlingen/{pupil}", "/beheer", "/beheer/koppelingen", f"{LINK}/intrekken"),
        *("/trainer", "/trainer/journaal", "/trainer/storingen", "/_sim/docs"),
    ):
        page.goto(f"{caller.url}{path}")
        assert_accessible(page)
        assert_reflows(page)


def test_no_refusal_has_an_accessibility_problem(page: Page, caller: Caller) -> None:
    log_in(page, caller.first_school())
    other = page.context.new_page()  # the browser calls a refused page an error on the console
    other.goto(f"{caller.url}/leerlingen/onbekend")
    assert_accessible(other)
    other.goto(f"{caller.url}/nergens")
    expect(other).to_have_title("Niet gevonden · ParnasSys-simulator")
    assert_accessible(other)
    other.goto(f"{caller.url}/trainer")
    other.locator("form[action$='/uitloggen'] [name=geheim]").evaluate("field => { field.value = 'geraden' }")
    other.get_by_role("button", name="Uitloggen").click()
    expect(other).to_have_title("Geweigerd · ParnasSys-simulator")
    assert_accessible(other)
    page.reload()
    page.get_by_role("button", name="Uitloggen").click()
    expect(page.get_by_role("status")).to_have_text("U bent uitgelogd.")
    assert_accessible(page)
    for path in ("/inloggen?zoek=zo+heet+er+geen", "/beheer", "/trainer", "/trainer/storingen"):
        page.goto(f"{caller.url}{path}")
        assert_accessible(page)
    other.goto(f"{caller.url}/inloggen")
    other.locator("form button[name=school]").first.evaluate("button => { button.value = '99ZZ' }")
    other.locator("form button[name=school]").first.click()
    expect(other.get_by_role("status")).to_contain_text("Deze school bestaat niet")
    assert_accessible(other)


def test_a_pupils_page_shows_the_results_that_came_in(page: Page, caller: Caller) -> None:
    school = caller.first_school()
    caller.link(school)
    pupil = caller.pupil_keys(school)[0]
    oso = (
        "<osoresultaat><oso:toetsscore><oso:vaardigheidsscore>87.5</oso:vaardigheidsscore></oso:toetsscore>"
        "<oso:referentiescore><oso:codereferentiescore>IV</oso:codereferentiescore>"
        "<oso:codevergelijkingsgroep>Landelijk</oso:codevergelijkingsgroep><oso:waarde>II</oso:waarde>"
        "</oso:referentiescore></osoresultaat>"
    )
    tests = "<toets><toetscode>T1</toetscode><toetsnaam>Begrijpend lezen M5</toetsnaam></toets>"
    caller.bring(school, a_sitting(pupil, a_result(outcome=oso)), tests=tests)
    log_in(page, school)
    page.goto(f"{caller.url}/leerlingen/{pupil}")
    row = page.get_by_role("row", name="Begrijpend lezen M5")
    expect(row).to_contain_text("vaardigheidsscore 87.5 · IV II")
    expect(row).to_contain_text("20-11-2026")


def test_the_trainer_opens_the_link_moves_time_and_comes_back(page: Page, caller: Caller) -> None:
    school = caller.first_school()
    log_in(page, school)
    page.get_by_role("link", name="Trainer", exact=True).click()
    page.get_by_role("button", name="Openzetten als leverancier").click()
    expect(page.get_by_role("status")).to_have_text("De koppeling staat open voor deze school.")
    page.get_by_label("Bewaar dit moment als").fill("voor de zomer")
    page.get_by_role("button", name="Bewaren").click()
    page.get_by_role("button", name="1 augustus").click()
    expect(page.get_by_role("contentinfo")).to_contain_text("zondag 1 augustus 2027, 00:00")
    page.get_by_role("button", name="Laat gebeuren").click()
    expect(page.get_by_role("status")).not_to_be_empty()
    page.get_by_role("button", name="Terug naar ‘voor de zomer’").click()
    expect(page.get_by_role("contentinfo")).to_contain_text("maandag 23 november 2026, 08:00")
    assert caller.control("GET", f"/schools/{school}")["koppeling"] == "opengezet"


def test_the_trainer_plans_trouble_and_sees_it_strike(page: Page, caller: Caller) -> None:
    school = caller.first_school()
    caller.link(school)
    log_in(page, school)
    page.goto(f"{caller.url}/trainer/storingen")
    page.get_by_label("Soort").select_option("Server.TijdelijkNietBeschikbaar")
    page.get_by_role("button", name="Plannen").click()
    assert caller.pull(school).code == "Server.TijdelijkNietBeschikbaar"
    page.goto(f"{caller.url}/trainer/journaal")
    expect(page.get_by_role("row", name="Server.TijdelijkNietBeschikbaar")).to_contain_text("geplande storing 1")
    page.goto(f"{caller.url}/trainer/storingen")
    page.get_by_role("button", name="Storing 1 weghalen").click()
    expect(page.get_by_text("alles werkt")).to_be_visible()
