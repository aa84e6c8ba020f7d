"""Amounts that doses share, and those of an hour, a year and a patch."""

from __future__ import annotations

import pytest
from made_records import course, regimen, text
from pydantic import ValidationError

from sitegen.derive.course import courses
from sitegen.derive.total import Impossible
from sitegen.statements.regimens import stated

ANY_NUMBER = "none: number of doses a day not reported"
DIVIDED = {"given": "in divided doses", "daily": "24 mg/kg per day"}


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        (
            {"times": "2 per day"},
            "12 mg/kg = 24 mg/kg a day ÷ 2 a day, if the doses are equal",
        ),
        (
            {"times": "not applicable", "interval": "8 hours"},
            "8 mg/kg = 24 mg/kg a day ÷ 3 a day, if the doses are equal",
        ),
        (
            {"times": "2-3 per day"},
            "8-12 mg/kg = 24 mg/kg a day ÷ 2–3 a day, if the doses are equal",
        ),
        (
            {"times": "2 per week", "daily": "not reported", "weekly": "30 mg/m2 per week"},
            "15 mg/m2 = 30 mg/m2 a week ÷ 2 a week, if the doses are equal",
        ),
        (
            {"times": "not applicable", "interval": "6-8 hours"},
            "6-8 mg/kg = 24 mg/kg a day ÷ 3–4 a day, if the doses are equal",
        ),
        ({"times": "2 per day", "each": "12 mg/kg"}, "12 mg/kg"),
    ],
)
def test_doses_share_a_stated_amount(fields: dict[str, object], expected: str) -> None:
    assert text(course(**{**DIVIDED, **fields}).per_dose) == expected


@pytest.mark.parametrize(
    "fields",
    [
        {"times": "not reported"},
        {"times": "2 per week"},
        {"times": "not applicable", "interval": "7 hours"},
        {"times": "not applicable", "interval": "1 month"},
        {"times": "2 per day", "daily": "not reported"},
        {"times": "2 per day", "given": None},
    ],
)
def test_no_dose_is_made_where_its_number_or_the_division_is_open(
    fields: dict[str, object],
) -> None:
    given = course(**{**DIVIDED, **fields})

    assert text(given.per_dose) == "none: amount of each dose not reported"


def test_a_divided_amount_is_said_first() -> None:
    given = regimen(**DIVIDED, times="not applicable", interval="12 hours")

    assert stated(given).replace("\u00a0", " ") == (
        "24 mg/kg a day in divided doses every 12 hours, oral"
    )


@pytest.mark.parametrize(
    ("fields", "year"),
    [
        (
            {"times": "not applicable", "interval": "6 months"},
            "120 mg = 60 mg × (1 year ÷ 6 months)",
        ),
        ({"times": "2 per year"}, "120 mg = 60 mg × 2 a year"),
        ({"times": "not applicable", "interval": "1 year"}, "60 mg = 60 mg × (1 year ÷ 1 year)"),
        ({"times": "not applicable", "interval": "5 months"}, None),
        ({"times": "not applicable", "interval": "3-6 months"}, None),
        ({"times": "not applicable", "interval": "2 years"}, None),
        ({"times": "not applicable", "interval": "26 weeks"}, None),
        ({"times": "2 per day"}, None),
    ],
)
def test_an_amount_a_year_follows_from_months(fields: dict[str, object], year: str | None) -> None:
    given = course(each="60 mg", **fields)

    assert text(given.yearly) == year
    if year:
        assert isinstance(given.daily, Impossible)


def test_a_rate_a_day_without_a_break_has_an_amount_an_hour() -> None:
    given = course(
        each="not applicable",
        times="not applicable",
        rate="24000-48000 units per day",
        given="continuously",
    )

    assert text(given.hourly) == "1000-2000 units per hour = 24,000–48,000 units a day ÷ 24 hours"
    assert [period for period, _ in given.shown("daily")] == ["", "an hour"]


@pytest.mark.parametrize(
    "fields",
    [{"rate": "5 mg per hour", "given": "continuously"}, {"rate": "24 mg per day"}, {}],
)
def test_no_other_rate_has_one(fields: dict[str, object]) -> None:
    assert course(**fields).hourly is None


PATCH = {"each": "not applicable", "times": "not applicable", "rate": "25 micrograms per hour"}


def test_a_patch_gives_its_rate_until_the_next() -> None:
    given = course(**PATCH, interval="72 hours", given="continuously")

    assert text(given.per_dose) == "1.8 mg = 25 micrograms an hour × 72 hours"
    assert text(given.daily) == (
        "600 micrograms per day = 25 micrograms an hour × 24 hours, without a break"
    )
    assert given.weekly is None


def test_a_rate_is_not_that_of_the_time_between_doses_unless_it_runs_without_a_break() -> None:
    given = course(**PATCH, interval="72 hours")

    assert text(given.per_dose) == "none: amount of each dose not applicable"


INFUSION = {**PATCH, "rate": "5 mg per hour", "given": "continuously"}
WHOLE_DAY = "120 mg per day = 5 mg an hour × 24 hours, without a break"


@pytest.mark.parametrize(
    ("fields", "daily", "total"),
    [
        (
            {"over": "2 hours", "times": "1 per day", "length": "3 days"},
            "10 mg per day = 10 mg × 1 a day",
            "30 mg = 10 mg a day × 3 days",
        ),
        (
            {"over": "2 hours", "times": "1 per month", "length": "6 months"},
            "none: the doses are counted over a month",
            "60 mg = 10 mg × 6 times",
        ),
        (
            {"over": "2 hours", "interval": "12 hours", "length": "3 days"},
            "20 mg per day = 10 mg × 2 a day",
            "60 mg = 10 mg × (3 days ÷ 12 hours)",
        ),
        (
            {"over": "46 hours", "interval": "2 weeks", "length": "4 weeks"},
            "none: a dose every 2 weeks, which is rarer than one a day",
            "460 mg = 230 mg × (4 weeks ÷ 2 weeks)",
        ),
        (
            {"over": "2 hours", "times": "1 time"},
            "none: a single dose",
            "10 mg = 10 mg × 1 time",
        ),
        (
            {"over": "2 hours", "length": "3 days"},
            "none: number of doses a day not applicable",
            "none: number of doses a day not applicable",
        ),
        (
            {"over": "not reported", "times": "1 per day", "length": "3 days"},
            "none: amount of each dose not applicable",
            "none: amount of each dose not applicable",
        ),
        (
            {"over": "not reported", "length": "3 days"},
            WHOLE_DAY,
            "360 mg = 120 mg a day × 3 days",
        ),
        ({"over": "5 days", "length": "5 days"}, WHOLE_DAY, "600 mg = 120 mg a day × 5 days"),
        ({"over": "48 hours", "interval": "48 hours", "length": "4 days"}, WHOLE_DAY, "480 mg"),
        ({"length": "3 days"}, WHOLE_DAY, "360 mg = 120 mg a day × 3 days"),
    ],
)
def test_a_day_has_24_hours_of_an_infusion_only_where_it_runs_from_day_to_day(
    fields: dict[str, object], daily: str, total: str
) -> None:
    given = course(**{**INFUSION, **fields})

    assert text(given.daily) == daily
    assert str(text(given.total)).startswith(total)


def test_an_amount_an_hour_is_only_of_what_runs_from_day_to_day() -> None:
    infusion = {**INFUSION, "rate": "24 mg per day", "times": "1 per day"}

    assert text(course(**infusion).hourly) == "1 mg per hour = 24 mg a day ÷ 24 hours"
    assert course(**infusion, over="2 hours").hourly is None


@pytest.mark.parametrize(
    ("fields", "daily"),
    [
        ({}, "6 mg per day = 3 mg × 2 a day"),
        (
            {"step": {"by": "1 mg", "direction": "up"}},
            "≥ 6 mg per day = 3 mg × 2 a day; the dose is raised",
        ),
        (
            {"step": {"by": "1 mg", "direction": "down"}},
            "≤ 6 mg per day = 3 mg × 2 a day; the dose is lowered",
        ),
        (
            {"step": {"by": "1 mg", "direction": "up or down"}},
            "none: the dose changes within the phase",
        ),
        (
            {"step": {"by": "1 mg", "direction": "up"}, "max": ["10 mg per day"]},
            "6-10 mg per day = 3 mg × 2 a day; the dose is raised, at most 10 mg a day",
        ),
        ({"step": {"by": "1 mg"}, "daily": "6 mg per day"}, "6 mg per day"),
        ({"step": {"by": "1 mg"}, "times": "not reported"}, ANY_NUMBER),
    ],
)
def test_the_amount_a_day_of_a_dose_that_changes_is_a_bound(
    fields: dict[str, object], daily: str
) -> None:
    assert text(course(**{"each": "3 mg", "times": "2 per day", **fields}).daily) == daily


def test_the_amount_a_week_of_a_dose_that_changes_is_a_bound() -> None:
    given = course(each="3 mg", times="2 per week", step={"by": "1 mg"})

    assert text(given.weekly) == "≥ 6 mg = 3 mg × 2 a week; the dose is raised"


def test_a_dose_that_changes_has_no_total_of_a_course() -> None:
    given = course(each="5 mg", times="2 per day", length="4 weeks", step={"by": "5 mg"})

    assert text(given.total) == "none: the dose changes within the phase"


# ---- the days of a course ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("fields", "total"),
    [
        ({"times": "not applicable", "days": ["1", "8"]}, "80 mg = 40 mg × 2 days"),
        ({"times": "not applicable", "days": "1-14"}, "560 mg = 40 mg × 14 days"),
        ({"times": "not applicable", "days": ["1-3", "8"]}, "160 mg = 40 mg × 4 days"),
        ({"times": "2 per day", "days": "1-5"}, "400 mg = 80 mg a day × 5 days"),
        ({"times": "2 times", "days": ["1", "8"]}, "80 mg = 40 mg × 2 times"),
        (
            {"times": "not applicable", "interval": "12 hours", "days": "1-5"},
            "400 mg = 80 mg a day × 5 days",
        ),
        ({"times": "not reported", "days": "1-5", "each": "not reported"}, None),
        ({"times": "not applicable", "days": "1-5", "as_needed": "for pain"}, None),
        ({"times": "not applicable", "days": "1-5", "until": "lifelong"}, None),
    ],
)
def test_a_course_has_the_doses_of_its_days(fields: dict[str, object], total: str | None) -> None:
    found = course(**{"each": "40 mg", **fields}).total

    assert isinstance(found, Impossible) if total is None else text(found) == total


def test_no_mean_over_a_cycle_is_made() -> None:
    given = course(
        each="40 mg",
        times="not applicable",
        days=["1", "8"],
        courses={"count": "6 courses", "gap": "not reported", "cycle": "28 days"},
    )

    assert text(given.daily) == "none: doses are given on days 1 and 8"
    assert (given.weekly, given.monthly, given.yearly) == (None, None, None)
    assert text(given.all_courses) == "480 mg = 80 mg × 6 courses"


def test_days_and_the_cycle_are_said() -> None:
    given = regimen(
        each="40 mg",
        times="not applicable",
        days=["1-3", "8"],
        courses={"count": "6 courses", "gap": "not reported", "cycle": "28 days"},
    )

    assert stated(given).replace("\u00a0", " ") == (
        "40 mg on days 1–3 and 8 (6 courses, one every 28 days), oral"
    )


@pytest.mark.parametrize(
    "days", [["8", "1"], ["1", "1"], ["1-5", "5"], "5-1", "0", "1.5", "day 1", "1-", "2000"]
)
def test_days_that_are_none_are_refused(days: object) -> None:
    with pytest.raises(ValidationError):
        regimen(days=days)


# ---- a course that is repeated -------------------------------------------------------------------

REPEATED = {"count": "unclear", "gap": "not reported", "repeated": "3-5 times"}


def test_whether_the_first_course_is_counted_has_two_readings() -> None:
    given = regimen(each="10 mg", times="1 per day", length="5 days", courses=REPEATED)
    ways = [(way.reading, text(way.total), text(way.all_courses)) for way in courses(given)]

    assert ways == [
        (
            "“repeated” counts the first course",
            "50 mg = 10 mg a day × 5 days",
            "150-250 mg = 50 mg × 3–5 courses",
        ),
        (
            "“repeated” does not count the first course",
            "50 mg = 10 mg a day × 5 days",
            "200-300 mg = 50 mg × 4–6 courses",
        ),
    ]
    assert "the course repeated 3–5 times" in stated(given).replace("\u00a0", " ")


def test_a_count_beside_it_is_refused() -> None:
    with pytest.raises(ValidationError, match="must not state count beside repeated"):
        regimen(courses={**REPEATED, "count": "3 courses"})
