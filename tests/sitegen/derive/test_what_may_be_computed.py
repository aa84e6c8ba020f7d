"""What may be computed from a dose and what never: each row of the table of the design, a test.

Each test is named by what the amount comes from. It shows what comes of it, and what never does.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from made_records import regimen, text
from sound import problems, read, replace, rich_folder, sound_folder, write

from sitegen.derive.ceilings import ceilings
from sitegen.derive.course import Course, courses
from sitegen.derive.for_body import for_bodies
from sitegen.derive.phases import phases
from sitegen.derive.positions import total_position
from sitegen.derive.relations import Relations
from sitegen.derive.sizes import all_phases, courses_of, stated_strength
from sitegen.derive.total import Computed, Impossible, Stated, Total
from sitegen.derive.volumes import volumes
from sitegen.read.load import load

WEEK = {"each": "7 mg", "length": "4 weeks"}


def only(**fields: object) -> Course:
    [course] = courses(regimen(**fields))
    return course


def amounts(course: Course) -> list[Total | None]:
    found = [course.per_dose, course.daily, course.weekly, course.monthly, course.yearly]
    return [*found, course.total, course.all_courses]


def test_dose_and_sites() -> None:
    """Each of two nostrils: the whole, with the formula. Never a split that nobody states."""
    each = only(each="300 micrograms", site="each nostril", route="intranasal")
    both = only(each="300 micrograms", site="both nostrils together", route="intranasal")
    open_site = only(each="300 micrograms", route="intranasal")

    assert text(each.per_dose) == "600 micrograms = 300 micrograms × 2 nostrils"
    assert isinstance(both.per_dose, Stated)
    assert isinstance(open_site.per_dose, Stated)


@pytest.mark.parametrize(
    "rare",
    [
        {"times": "1 per week"},
        {"times": "3 per week"},
        {"times": "1 per month"},
        {"times": "1 per year"},
        {"times": "not applicable", "interval": "2 days"},
        {"times": "not applicable", "interval": "72 hours"},
        {"times": "not applicable", "interval": "4 weeks"},
        {"times": "not applicable", "interval": "6 months"},
    ],
)
def test_dose_and_a_frequency_of_the_day(rare: dict[str, str]) -> None:
    """The amount a day. Never a daily mean of a weekly, monthly or alternate-day dose."""
    assert text(only(each="7 mg", times="2 per day").daily) == "14 mg per day = 7 mg × 2 a day"

    course = only(**WEEK, **rare)
    assert isinstance(course.daily, Impossible)
    assert all(" per day" not in str(getattr(one, "amount", "")) for one in amounts(course))


def test_dose_and_a_frequency_of_the_week_or_month() -> None:
    """The amount a week or a month."""
    assert text(only(each="7 mg", times="3 per week").weekly) == "21 mg = 7 mg × 3 a week"
    assert text(only(each="7 mg", times="2 per month").monthly) == "14 mg = 7 mg × 2 a month"


@pytest.mark.parametrize(
    ("times", "length", "total"),
    [
        ("1 per week", "5 days", "7 mg = 7 mg × (1 a week × 5 days)"),
        ("1 per week", "10 days", "7-14 mg = 7 mg × (1 a week × 10 days)"),
        ("3 per week", "10 days", "28-35 mg = 7 mg × (3 a week × 10 days)"),
        ("1 per week", "28 days", "28 mg = 7 mg a week × 4 weeks"),
    ],
)
def test_weekly_doses_over_no_whole_number_of_weeks(times: str, length: str, total: str) -> None:
    """Whole doses. Never a part of a dose, which would be a daily mean."""
    assert text(only(each="7 mg", times=times, length=length).total) == total


EVERY = {"each": "5 mg", "times": "not applicable", "interval": "4-6 hours"}


def test_every_four_to_six_hours() -> None:
    """4–6 a day where not as needed; with a ceiling, up to it. Never above a stated ceiling."""
    assert text(only(**EVERY).daily) == "20-30 mg per day = 5 mg × 4–6 a day"
    most = only(**EVERY, max=["25 mg per day"])
    assert text(most.daily) == "20-25 mg per day = 5 mg × 4–6 a day, at most 25 mg a day"
    assert text(only(**EVERY, as_needed="for pain").daily) == "none: it is given as needed"
    beyond = only(**EVERY, max=["15 mg per day"])
    assert text(beyond.daily) == "none: its doses come to more than its limit: at most 15 mg a day"


def test_a_dose_above_its_ceiling_is_a_finding(tmp_path: Path) -> None:
    data = sound_folder(tmp_path)
    hiccups = "regimens/hiccups.yml"
    replace(data, hiccups, "daily: not reported", "daily: not reported\nmax: [3 mg per day]")

    assert [one for one in problems(data) if "max is 3 mg per day, but" in one]


def test_as_needed() -> None:
    """The ceiling, if stated. Never a total."""
    plain = only(each="5 mg", times="4 per day", length="5 days", as_needed="for pain")
    limited = only(**EVERY, length="5 days", as_needed="for pain", max=["25 mg per day"])
    gap = regimen(each="5 mg", times="not applicable", interval="≥ 4 hours", as_needed="for pain")

    assert text(plain.daily) == text(plain.total) == "none: it is given as needed"
    assert text(limited.daily) == "≤ 25 mg per day = at most 25 mg a day"
    assert text(limited.total) == "none: it is given as needed"
    assert [(one.of, str(one.most.amount)) for one in ceilings(gap)] == [("a day", "≤ 6 per day")]


def test_phases(tmp_path: Path) -> None:
    """The sum over phases that have an end. Never a sum that leaves one out silently."""
    site = load(sound_folder(tmp_path)).site
    step = {"each": "1 mg", "times": "1 per day", "daily": "not reported", "length": "5 days"}
    first = {name: value for name, value in step.items() if name != "daily"}

    [(says, whole)] = all_phases(site, regimen(**first, then=[step]))
    assert (says, text(whole)) == ("", "10 mg = 5 mg + 5 mg")
    [(_, open_end)] = all_phases(site, regimen(**first, then=[{**step, "length": "not reported"}]))
    assert text(open_end) == "none: phase 2 of 2: duration not reported"


def test_courses() -> None:
    """Each course, and all courses. Never one course shown as the whole exposure."""
    several = {"count": "2 courses", "gap": "20 days"}
    found = only(each="1 mg", times="1 per day", length="5 days", courses=several)
    unknown = only(
        each="1 mg",
        times="1 per day",
        length="5 days",
        courses={**several, "count": "not reported"},
    )

    assert text(found.total) == "5 mg = 1 mg a day × 5 days"
    assert text(found.all_courses) == "10 mg = 5 mg × 2 courses"
    assert text(unknown.all_courses) == "none: number of courses not reported"
    assert [period for period, _ in found.shown("total")] == ["", "all courses"]


@pytest.mark.parametrize(("unit", "body"), [("mg/kg", "kg"), ("mg/m2", "m2")])
def test_an_amount_by_body_weight_or_surface(unit: str, body: str) -> None:
    """Amounts by kg or m². Never a mass for a person nobody named."""
    fields = {"each": f"10 {unit}", "times": "2 per day", "length": "5 days"}
    given = regimen(**fields, people="Children of 12 kg", population={"weight": "10-20 kg"})
    [course] = courses(given)

    assert text(course.daily) == f"20 {unit} per day = 10 {unit} × 2 a day"
    assert text(course.total) == f"100 {unit} = 20 {unit} a day × 5 days"
    assert [*for_bodies(given, course)] == []
    named = regimen(**fields, for_body=[{"size": f"2 {body}"}])
    found = {one.of: text(one.total) for one in for_bodies(named, course)}
    assert found["per_dose"] == f"20 mg = 10 {unit} × 2 {body}"


def test_drops(tmp_path: Path) -> None:
    """A mass by the size of a drop and the strength, as an “if”, with each size sources give."""
    data = rich_folder(tmp_path)
    other = "value: 0.05 mL\nalternatives: [{value: 1/12 mL, at: paper abstract.1.3}]"
    replace(data, "parameters/drop.yml", "value: 0.05 mL", other)
    site = load(data).site
    ways = courses_of(site, site.regimens["drops"])

    assert len({way.drop for way in ways}) == 2
    assert all("a drop is" in (way.reading or "") for way in ways)
    assert all("10 mg/mL" in (text(way.per_dose) or "") for way in ways)


def test_a_percentage() -> None:
    """mg/mL by the convention of a solution, with the formula."""
    assert text(stated_strength(regimen(strength="0.1 %"))) == "1 mg/mL = 0.1 %, as g in 100 mL"
    assert isinstance(stated_strength(regimen(strength="not reported")), Impossible)


PUFFS = """\
name: Inhaler
substance: examplin
at: paper abstract.1.3
form: Inhaler
strength: not applicable
strength_label: not reported
content: not reported
composition: not reported
maker: not reported
supply: not reported
storage: not reported
shelf_life: not reported
unit: puff
ingredients: [{substance: examplin, amount: 100 micrograms}]
"""


@pytest.mark.parametrize(
    ("ingredients", "values"),
    [
        ("{substance: examplin, amount: 100 micrograms}", ["400 micrograms per day"]),
        (
            "{substance: examplin, amount: 100 micrograms}, {substance: other, amount: 5 mg}",
            ["4 puffs per day"],
        ),
    ],
    ids=["of the drug alone", "of two substances"],
)
def test_puffs_of_the_drug_alone_are_compared_as_its_mass(
    tmp_path: Path, ingredients: str, values: list[str]
) -> None:
    data = rich_folder(tmp_path)
    own = "{substance: examplin, amount: 100 micrograms}"
    other = (data / "substances" / "examplin.yml").read_text("utf-8")
    write(data, "substances/other.yml", other.replace("name: Examplin", "name: Other"))
    write(data, "products/inhaler.yml", PUFFS.replace(own, ingredients))
    site = load(data).site
    assert site.identity.substance == "examplin"
    given = regimen(each="2 puffs", times="2 per day", product="inhaler", at=["leaflet dosage.1.1"])
    found = total_position(Relations(site), given, "daily")

    assert found is not None
    assert list(map(str, found.values)) == values
    assert found.is_computed


def test_tablets_and_puffs(tmp_path: Path) -> None:
    """A mass by what one holds, with the formula; and tablets of a mass by their strength."""
    data = rich_folder(tmp_path)
    write(data, "products/inhaler.yml", PUFFS)
    site = load(data).site
    given = regimen(each="2 puffs", times="2 per day", length="5 days", product="inhaler")
    [course] = courses_of(site, given)
    held = {one.of: text(one.total) for one in course.held}

    assert text(course.per_dose) == "2 puffs"
    assert held["per_dose"] == "200 micrograms = 2 puffs × 100 micrograms/puff"
    assert held["daily"] == "400 micrograms per day = 4 puffs a day × 100 micrograms/puff"
    assert isinstance(next(one.total for one in course.held if one.of == "total"), Computed)
    unknown = regimen(each="2 puffs", times="2 per day", product="drops")
    assert courses_of(site, unknown)[0].held == ()


def test_a_strength_that_is_unclear(tmp_path: Path) -> None:
    """No volume and a reason. Never one by a guess."""
    data = rich_folder(tmp_path)
    unclear = "strength: {value: unclear, note: Two are printed.}"
    replace(data, "products/drops.yml", "strength: 10 mg/mL", unclear)
    site = load(data).site
    [volume] = volumes(site, regimen(each="2 mg", times="2 per day", product="drops"))

    assert text(volume.dose) == "none: strength unclear"
    assert isinstance(volume.day, Impossible)


def test_doses_beside_a_stated_daily_amount(tmp_path: Path) -> None:
    """Nothing new: they agree, or a note says why not. Never both without a remark."""
    stated = only(each="3 mg", times="2 per day", daily="6 mg per day")
    assert isinstance(stated.daily, Stated)

    data = sound_folder(tmp_path)
    daily = "daily: 9 mg per day"
    replace(data, "regimens/hiccups.yml", "daily: not reported", daily)
    assert [one for one in problems(data) if "daily is 9 mg per day, but" in one]
    replace(data, "regimens/hiccups.yml", daily, "daily: {value: 9 mg per day, note: Both stand.}")
    assert not [one for one in problems(data) if ": daily is " in one]
    assert "9 mg per day" in read(data, "regimens/hiccups.yml")


def test_several_phases_of_a_regimen_have_no_hidden_daily_mean() -> None:
    """A treatment of rare doses in phases has no amount a day in any of them."""
    later = {**WEEK, "times": "1 per week", "daily": "not reported"}
    given = regimen(**WEEK, times="1 per month", then=[later])

    assert all(isinstance(courses(one)[0].daily, Impossible) for one in phases(given))
