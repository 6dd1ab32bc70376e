"""What the command line tells of a night: the worst first, the same trouble once, and never more than somebody reads."""

from __future__ import annotations

from datetime import datetime

from core.clock import AMSTERDAM
from core.desk.nights import NightPage
from core.model import SchoolId
from core.night import Ending, Night, SchoolNight
from tui.commands.night_report import MOST_LINES, report_lines

NOW = datetime(2026, 11, 24, 2, 0, tzinfo=AMSTERDAM)


def a_school(number: int, ending: Ending, *, problem: str = "", imported: str = "", reference: str = "") -> SchoolNight:
    return SchoolNight(
        school=SchoolId(f"{number % 100:02}A{chr(65 + number // 100)}"),
        ending=ending,
        at=NOW,
        seconds=1.0,
        problem=problem,
        imported=imported,
        reference=reference,
    )


def told(*schools: SchoolNight) -> list[str]:
    night = Night(id="n", started=NOW, finished=NOW, planned=len(schools))
    for school in schools:
        night = night.with_school(school)
    return report_lines(NightPage(night=night, schools=schools), ())


def test_what_is_worst_comes_first_and_what_is_in_order_is_only_counted() -> None:
    lines = told(
        a_school(1, Ending.DONE),
        a_school(2, Ending.ATTENTION, imported="3 na te kijken"),
        a_school(3, Ending.DISTURBED, problem="De sleutel is geweigerd."),
        a_school(4, Ending.FAILED, problem="Er ging iets mis."),
    )
    assert [line.split()[0] for line in lines[2:]] == ["04AA-00", "03AA-00", "02AA-00"]
    assert lines[1].strip() == "1 klaar · 1 aandacht nodig · 1 gestoord · 1 mislukt"


def test_the_same_trouble_at_many_schools_is_told_once() -> None:
    away = [a_school(n, Ending.UNREACHED, problem="ParnasSys is er niet.") for n in range(300)]
    lines = told(*away)
    assert len(lines) == 4
    assert "300 scholen: ParnasSys is er niet." in lines[2] and lines[3].endswith("…")
    full = [a_school(n, Ending.UNREACHED, problem=f"De schijf is vol: {n}.", reference="ENOSPC") for n in range(300)]
    assert len(told(*full)) == 4


def test_schools_that_had_no_turn_are_counted_and_a_country_in_trouble_fits_on_a_screen() -> None:
    lines = told(*(a_school(n, Ending.STOPPED) for n in range(500)))
    assert len(lines) == 3 and "500 scholen kwamen niet aan de beurt" in lines[2]
    lines = told(*(a_school(n, Ending.ATTENTION, imported=f"{n} na te kijken") for n in range(500)))
    assert len(lines) == 2 + MOST_LINES + 1
    assert "nog 460 scholen" in lines[-1]
