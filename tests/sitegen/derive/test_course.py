"""Totals of a regimen: stated, computed with a formula, or impossible with a reason."""

from __future__ import annotations

import dataclasses
import math
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from made_records import TWO_READINGS, regimen
from pydantic import ValidationError
from sound import FILES, write

from sitegen.derive import course as module
from sitegen.derive.course import (
    Computed,
    Course,
    Impossible,
    Stated,
    courses,
    implied_strength,
)
from sitegen.model import Locator, Reading, Regimen, Reported
from sitegen.model.quantity import Quantity, quantity
from sitegen.read.load import load
from sitegen.statements.amounts import why_none

AT = (Locator("leaflet", "dosage", 1, 1, 1),)


def text_of(total: module.Total) -> str:
    """A total in one line: what it is, and its formula or reason, with plain spaces."""
    if isinstance(total, Stated):
        return f"stated {total.amount}"
    if isinstance(total, Computed):
        return f"computed {total.amount} = {total.formula}".replace("\u00a0", " ")
    return f"impossible: {why_none(total)}".replace("\u00a0", " ")


def totals(given: Regimen) -> list[tuple[str | None, str, str, str]]:
    return [
        (course.reading, text_of(course.per_dose), text_of(course.daily), text_of(course.total))
        for course in courses(given)
    ]


@pytest.mark.parametrize(
    ("fields", "per_dose", "daily", "total"),
    [
        pytest.param(
            {"each": "9 mg", "times": "2 per day", "length": "1 week"},
            "stated 9 mg",
            "computed 18 mg per day = 9 mg × 2 a day",
            "computed 126 mg = 18 mg a day × 7 days",
            id="one number each",
        ),
        pytest.param(
            {"each": "2-4 mg", "times": "2 per day", "length": "5-10 days"},
            "stated 2-4 mg",
            "computed 4-8 mg per day = 2–4 mg × 2 a day",
            "computed 20-80 mg = 4–8 mg a day × 5–10 days",
            id="ranges",
        ),
        pytest.param(
            {"each": "2-4 mg", "times": "2-3 per day", "length": "5-10 days"},
            "stated 2-4 mg",
            "computed 4-12 mg per day = 2–4 mg × 2–3 a day",
            "computed 20-120 mg = 4–12 mg a day × 5–10 days",
            id="a range of times",
        ),
        pytest.param(
            {"each": "400 micrograms", "times": "3 per day", "length": "10 days"},
            "stated 400 micrograms",
            "computed 1200 micrograms per day = 400 micrograms × 3 a day",
            "computed 12000 micrograms = 1,200 micrograms a day × 10 days",
            id="micrograms",
        ),
        pytest.param(
            {"each": "400 micrograms", "times": "3 times"},
            "stated 400 micrograms",
            "impossible: the doses are counted over the whole course",
            "computed 1200 micrograms = 400 micrograms × 3 times",
            id="micrograms, a number of times",
        ),
        pytest.param(
            {"daily": "250-500 micrograms per day", "length": "1 week"},
            "impossible: amount of each dose not reported",
            "stated 250-500 micrograms per day",
            "computed 1750-3500 micrograms = 250–500 micrograms a day × 7 days",
            id="micrograms, the amount a day is stated",
        ),
        pytest.param(
            {"each": "3 mg", "times": "2 per week", "length": "2 weeks"},
            "stated 3 mg",
            "impossible: the doses are counted over a week",
            "computed 12 mg = 6 mg a week × 2 weeks",
            id="a number of times a week",
        ),
        pytest.param(
            {"daily": "2.5-5 mg per day", "length": "5-10 days"},
            "impossible: amount of each dose not reported",
            "stated 2.5-5 mg per day",
            "computed 12.5-50 mg = 2.5–5 mg a day × 5–10 days",
            id="the amount a day is stated",
        ),
        pytest.param(
            {"each": "2 mg", "times": "2 per day", "daily": "5 mg per day", "length": "2 days"},
            "stated 2 mg",
            "stated 5 mg per day",
            "computed 10 mg = 5 mg a day × 2 days",
            id="what is stated goes before what is computed",
        ),
        pytest.param(
            {"times": "2 per day", "length": "1 week"},
            "impossible: amount of each dose not reported",
            "impossible: amount of each dose not reported",
            "impossible: amount of each dose not reported",
            id="no dose",
        ),
        pytest.param(
            {"each": "unclear", "times": "2 per day", "length": "1 week"},
            "impossible: amount of each dose unclear",
            "impossible: amount of each dose unclear",
            "impossible: amount of each dose unclear",
            id="an unclear dose",
        ),
        pytest.param(
            {"each": "9 mg", "length": "1 week"},
            "stated 9 mg",
            "impossible: number of doses a day not reported",
            "impossible: number of doses a day not reported",
            id="no frequency",
        ),
        pytest.param(
            {"each": "9 mg", "times": "2 per day"},
            "stated 9 mg",
            "computed 18 mg per day = 9 mg × 2 a day",
            "impossible: duration not reported",
            id="no duration",
        ),
        pytest.param(
            {"daily": "9 mg per day", "length": "unclear"},
            "impossible: amount of each dose not reported",
            "stated 9 mg per day",
            "impossible: duration unclear",
            id="an unclear duration",
        ),
        pytest.param(
            {"each": "9 mg", "times": "1 time"},
            "stated 9 mg",
            "impossible: a single dose",
            "computed 9 mg = 9 mg × 1 time",
            id="given once",
        ),
        pytest.param(
            {"each": "2-4 mg", "times": "3 times", "length": "5 days"},
            "stated 2-4 mg",
            "impossible: the doses are counted over the whole course",
            "computed 6-12 mg = 2–4 mg × 3 times",
            id="a number of times without a period",
        ),
        pytest.param(
            {"each": "≤ 2 mg", "times": "≤ 3 per day", "length": "5 days"},
            "stated ≤ 2 mg",
            "computed ≤ 6 mg per day = up to 2 mg × up to 3 a day",
            "computed ≤ 30 mg = up to 6 mg a day × 5 days",
            id="bounds on one side",
        ),
        pytest.param(
            {"each": "≤ 5 mg", "times": "≥ 2 per day", "length": "1 week"},
            "stated ≤ 5 mg",
            "impossible: bounds on both sides cancel out, and no bound is left",
            "impossible: bounds on both sides cancel out, and no bound is left",
            id="at most so much, at least so often",
        ),
        pytest.param(
            {"each": "9 mg", "times": "2 per day", "length": "≤ 10 days"},
            "stated 9 mg",
            "computed 18 mg per day = 9 mg × 2 a day",
            "computed ≤ 180 mg = 18 mg a day × up to 10 days",
            id="at most so long",
        ),
        pytest.param(
            {},
            "impossible: amount of each dose not reported",
            "impossible: amount of each dose not reported",
            "impossible: amount of each dose not reported",
            id="nothing",
        ),
    ],
)
def test_a_clear_regimen_has_one_course(
    fields: dict[str, object], per_dose: str, daily: str, total: str
) -> None:
    assert totals(regimen(**fields)) == [(None, per_dose, daily, total)]


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        pytest.param(
            {"each": "3 mg", "length": "1 week"},
            [
                (
                    "a day",
                    "stated 3 mg",
                    "computed 6-9 mg per day = 3 mg × 2–3 times",
                    "computed 42-63 mg = 6–9 mg a day × 7 days",
                ),
                (
                    "a week",
                    "stated 3 mg",
                    "impossible: this reading counts doses over a week",
                    "computed 6-9 mg = 6–9 mg a week × 1 week",
                ),
                (
                    "in all",
                    "stated 3 mg",
                    "impossible: this reading counts doses over the whole course",
                    "computed 6-9 mg = 3 mg × 2–3 times",
                ),
            ],
            id="a day, a week, a course",
        ),
        pytest.param(
            {"each": "3 mg"},
            [
                (
                    "a day",
                    "stated 3 mg",
                    "computed 6-9 mg per day = 3 mg × 2–3 times",
                    "impossible: duration not reported",
                ),
                (
                    "a week",
                    "stated 3 mg",
                    "impossible: this reading counts doses over a week",
                    "impossible: duration not reported",
                ),
                (
                    "in all",
                    "stated 3 mg",
                    "impossible: this reading counts doses over the whole course",
                    "computed 6-9 mg = 3 mg × 2–3 times",
                ),
            ],
            id="no duration",
        ),
        pytest.param(
            {"length": "1 week"},
            [
                (reading, *["impossible: amount of each dose not reported"] * 3)
                for reading in ("a day", "a week", "in all")
            ],
            id="no dose",
        ),
        pytest.param(
            {"each": "400-500 micrograms", "length": "10 days"},
            [
                (
                    "a day",
                    "stated 400-500 micrograms",
                    "computed 800-1500 micrograms per day = 400–500 micrograms × 2–3 times",
                    "computed 8000-15000 micrograms = 800–1,500 micrograms a day × 10 days",
                ),
                (
                    "a week",
                    "stated 400-500 micrograms",
                    "impossible: this reading counts doses over a week",
                    "computed 800-2500 micrograms = 400–500 micrograms × (2–3 a week × 10 days)",
                ),
                (
                    "in all",
                    "stated 400-500 micrograms",
                    "impossible: this reading counts doses over the whole course",
                    "computed 800-1500 micrograms = 400–500 micrograms × 2–3 times",
                ),
            ],
            id="a duration that is no whole number of weeks",
        ),
    ],
)
def test_an_unclear_regimen_has_a_course_for_each_of_its_readings(
    fields: dict[str, object], expected: list[tuple[str, str, str, str]]
) -> None:
    readings = (*TWO_READINGS, Reading(means="in all", times="2-3 times", per="course"))

    assert totals(regimen(**fields, times="unclear", readings=readings)) == expected


def totals_beyond(given: Regimen) -> list[tuple[str, str | None, str, str | None]]:
    """A day, a week, a course and all courses, in each reading."""
    return [
        (
            text_of(course.daily),
            course.weekly and text_of(course.weekly),
            text_of(course.total),
            course.all_courses and text_of(course.all_courses),
        )
        for course in courses(given)
    ]


@pytest.mark.parametrize(
    ("fields", "daily", "weekly", "total"),
    [
        pytest.param(
            {"times": "1 per week", "length": "4 weeks"},
            "impossible: the doses are counted over a week",
            "computed 10 mg = 10 mg × 1 a week",
            "computed 40 mg = 10 mg a week × 4 weeks",
            id="once a week",
        ),
        pytest.param(
            {"times": "2-3 per week", "length": "28 days"},
            "impossible: the doses are counted over a week",
            "computed 20-30 mg = 10 mg × 2–3 a week",
            "computed 80-120 mg = 20–30 mg a week × 4 weeks",
            id="two or three times a week",
        ),
        pytest.param(
            {"interval": "2 days", "length": "10 days"},
            "impossible: a dose every 2 days, which is rarer than one a day",
            "computed 30-40 mg = 10 mg × 3–4 a week",
            "computed 50 mg = 10 mg × (10 days ÷ 2 days)",
            id="every other day",
        ),
        pytest.param(
            {"interval": "72 hours", "length": "9 days"},
            "impossible: a dose every 72 hours, which is rarer than one a day",
            "computed 20-30 mg = 10 mg × 2–3 a week",
            "computed 30 mg = 10 mg × (9 days ÷ 72 hours)",
            id="every 72 hours",
        ),
        pytest.param(
            {"interval": "4 weeks", "length": "12 weeks"},
            "impossible: a dose every 4 weeks, which is rarer than one a day",
            None,
            "computed 30 mg = 10 mg × (12 weeks ÷ 4 weeks)",
            id="every four weeks",
        ),
        pytest.param(
            {"interval": "4 weeks", "length": "2 weeks"},
            "impossible: a dose every 4 weeks, which is rarer than one a day",
            None,
            "computed 10 mg = 10 mg × (2 weeks ÷ 4 weeks)",
            id="at least the first dose",
        ),
        pytest.param(
            {"interval": "6 hours", "length": "10 days"},
            "computed 40 mg per day = 10 mg × 4 a day",
            None,
            "computed 400 mg = 10 mg × (10 days ÷ 6 hours)",
            id="every six hours",
        ),
        pytest.param(
            {"interval": "4-6 hours", "length": "10 days"},
            "computed 40-60 mg per day = 10 mg × 4–6 a day",
            None,
            "computed 400-600 mg = 10 mg × (10 days ÷ 4–6 hours)",
            id="every four to six hours",
        ),
        pytest.param(
            {"interval": "1 day"},
            "computed 10 mg per day = 10 mg × 1 a day",
            None,
            "impossible: duration not reported",
            id="every day, for how long is not said",
        ),
        pytest.param(
            {"interval": "20 minutes"},
            "impossible: a dose every 20 minutes, and their number is not in the records",
            None,
            "impossible: duration not reported",
            id="every 20 minutes, how often is not said",
        ),
        pytest.param(
            {"interval": "20 minutes", "length": "2 hours"},
            "impossible: a dose every 20 minutes, and their number is not in the records",
            None,
            "computed 60 mg = 10 mg × (2 hours ÷ 20 minutes)",
            id="every 20 minutes for two hours",
        ),
        pytest.param(
            {"daily": "10 mg per day", "times": "2 per week", "length": "2 weeks"},
            "stated 10 mg per day",
            "computed 20 mg = 10 mg × 2 a week",
            "computed 40 mg = 20 mg a week × 2 weeks",
            id="an amount on each day of doses is none of every day",
        ),
    ],
)
def test_a_rarer_dose_than_one_a_day_has_no_daily_mean(
    fields: dict[str, str], daily: str, weekly: str | None, total: str
) -> None:
    times = {"times": "not applicable"} if "interval" in fields else {}

    given = regimen(each="10 mg", **times, **fields)

    assert totals_beyond(given) == [(daily, weekly, total, None)]


def test_a_number_of_doses_counts_and_the_time_between_them_does_not() -> None:
    given = regimen(each="10 mg", times="2 per day", interval="4-5 hours", length="3 days")

    assert totals_beyond(given) == [
        (
            "computed 20 mg per day = 10 mg × 2 a day",
            None,
            "computed 60 mg = 20 mg a day × 3 days",
            None,
        )
    ]


def test_a_dose_for_each_of_a_pair_counts_twice() -> None:
    given = regimen(
        each="300 micrograms", site="each nostril", route="intranasal", times="2 per day"
    )

    [course] = courses(given)

    assert text_of(course.per_dose) == "computed 600 micrograms = 300 micrograms × 2 nostrils"
    assert text_of(course.daily) == "computed 1200 micrograms per day = 600 micrograms × 2 a day"


def test_a_dose_for_each_affected_place_counts_in_one_place() -> None:
    given = regimen(each="2 drops", site="each affected eye", route="ophthalmic", times="4 per day")

    [course] = courses(given)

    assert text_of(course.per_dose) == "stated 2 drops"
    assert text_of(course.daily) == "computed 8 drops per day = 2 drops × 4 a day, in one eye"


@pytest.mark.parametrize("site", ["not reported", "one nostril", "both nostrils together"])
def test_a_dose_is_doubled_only_where_each_of_a_pair_is_stated(site: str) -> None:
    given = regimen(each="3 mg", site=site, route="intranasal")

    assert text_of(courses(given)[0].per_dose) == "stated 3 mg"


def test_a_total_has_no_upper_bound_where_a_dose_may_be_repeated() -> None:
    fields = {"each": "2-3 mg", "times": "2-3 per day", "repeat": "10-15 minutes"}

    assert totals_beyond(regimen(**fields, length="5 days")) == [
        (
            "computed ≥ 4 mg per day = 2–3 mg × 2–3 a day; a dose may be repeated",
            None,
            "computed ≥ 20 mg = 4–9 mg a day × 5 days; a dose may be repeated",
            None,
        )
    ]
    assert totals_beyond(regimen(**fields, length="≤ 14 days"))[0][2] == (
        "impossible: a dose may be repeated, so there is no upper bound"
    )


@pytest.mark.parametrize("after", ["10 minutes", "not reported", "not extracted"])
def test_a_repeat_is_a_repeat_whether_or_not_its_time_is_known(after: str) -> None:
    [course] = courses(regimen(each="2 mg", times="2 per day", repeat=after))

    assert isinstance(course.daily, Computed)
    assert str(course.daily.amount) == "≥ 4 mg per day"


def test_a_stated_amount_a_day_keeps_its_bounds_beside_a_repeat() -> None:
    given = regimen(daily="9 mg per day", length="5 days", repeat="10 minutes")

    assert totals_beyond(given) == [
        ("stated 9 mg per day", None, "computed 45 mg = 9 mg a day × 5 days", None)
    ]


def test_a_first_part_is_no_whole_course() -> None:
    given = regimen(daily="12-18 mg per day", length="10-14 days", phase="first")

    assert totals_beyond(given) == [
        (
            "stated 12-18 mg per day",
            None,
            "computed ≥ 120 mg = 12–18 mg a day × 10–14 days;"
            " what follows the first part is not stated",
            None,
        )
    ]


@pytest.mark.parametrize(
    ("count", "in_all"),
    [
        ("2 courses", "computed 240 mg = 120 mg × 2 courses"),
        ("2-3 courses", "computed 240-360 mg = 120 mg × 2–3 courses"),
        ("not reported", "impossible: number of courses not reported"),
    ],
)
def test_several_courses_have_a_total_each_and_one_together(count: str, in_all: str) -> None:
    given = regimen(
        daily="12 mg per day", length="10 days", courses={"count": count, "gap": "2 weeks"}
    )

    assert totals_beyond(given) == [
        ("stated 12 mg per day", None, "computed 120 mg = 12 mg a day × 10 days", in_all)
    ]


def test_an_unknown_course_makes_all_courses_unknown() -> None:
    given = regimen(courses={"count": "2 courses", "gap": "not reported"})

    assert totals_beyond(given)[0][3] == "impossible: amount of each dose not reported"


def test_a_reading_by_the_week_has_an_amount_a_week() -> None:
    given = regimen(each="3 mg", times="unclear", readings=TWO_READINGS)

    assert [course.weekly and text_of(course.weekly) for course in courses(given)] == [
        None,
        "computed 6-9 mg = 3 mg × 2–3 times",
    ]


def test_a_stated_amount_names_its_own_sentence_or_that_of_the_regimen() -> None:
    own = {"value": "5 mg per day", "at": "leaflet use.2.3"}

    [course] = courses(regimen(each="3 mg", daily=own))

    assert course.per_dose == Stated(quantity("3 mg"), AT)
    assert course.daily == Stated(quantity("5 mg per day"), (Locator("leaflet", "use", 2, 3, 3),))


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"each": "3 mg", "volume": "0.5 mL"}, "computed 6 mg/mL = 3 mg ÷ 0.5 mL"),
        ({"each": "2-4 mg", "volume": "0.5 mL"}, "computed 4-8 mg/mL = 2–4 mg ÷ 0.5 mL"),
        (
            {"each": "500 micrograms", "volume": "0.5 mL"},
            "computed 1 mg/mL = 500 micrograms ÷ 0.5 mL",
        ),
    ],
)
def test_a_strength_follows_from_mass_and_volume_of_a_dose(
    fields: dict[str, object], expected: str
) -> None:
    strength = implied_strength(regimen(**fields))

    assert strength is not None
    assert text_of(strength) == expected


@pytest.mark.parametrize("fields", [{}, {"each": "3 mg"}, {"volume": "0.5 mL"}])
def test_no_strength_follows_from_half_of_it(fields: dict[str, object]) -> None:
    assert implied_strength(regimen(**fields)) is None


amounts = st.tuples(st.integers(1, 999), st.integers(0, 99)).map(lambda ends: (ends[0], sum(ends)))


def _amount(ends: tuple[int, int], unit: str) -> Quantity:
    low, high = ends
    return quantity(f"{low} {unit}" if low == high else f"{low}-{high} {unit}")


@given(amounts, amounts, amounts)
def test_a_course_is_dose_by_times_by_days_exactly(
    dose: tuple[int, int], times: tuple[int, int], days: tuple[int, int]
) -> None:
    given = regimen(
        each=str(_amount(dose, "mg")),
        times=str(_amount(times, "per day")),
        length=str(_amount(days, "days")),
    )

    [course] = courses(given)

    assert isinstance(course.daily, Computed)
    assert isinstance(course.total, Computed)
    assert course.daily.amount == _amount((dose[0] * times[0], dose[1] * times[1]), "mg per day")
    assert course.total.amount.range.low == Fraction(dose[0] * times[0] * days[0])
    assert course.total.amount.range.high == Fraction(dose[1] * times[1] * days[1])


@given(amounts, amounts, amounts)
def test_a_reading_by_the_week_is_of_whole_doses_that_hold_the_mean(
    dose: tuple[int, int], times: tuple[int, int], days: tuple[int, int]
) -> None:
    count = str(_amount(times, "times"))
    given = regimen(
        each=str(_amount(dose, "mg")),
        times="unclear",
        length=str(_amount(days, "days")),
        readings=[{"means": "a week", "times": count, "per": "week"}] * 2,
    )

    total = courses(given)[0].total

    assert isinstance(total, Computed)
    means = [Fraction(times[end] * days[end], 7) for end in (0, 1)]
    fewest, most = max(1, math.floor(means[0])), math.ceil(means[1])
    assert total.amount.range.low == dose[0] * fewest
    assert total.amount.range.high == dose[1] * most


# ---- no caller can take one reading for the only one ------------------------------------------


def test_every_course_of_an_unclear_regimen_carries_its_reading() -> None:
    given = regimen(each="3 mg", times="unclear", length="1 week", readings=TWO_READINGS)

    assert [course.reading for course in courses(given)] == ["a day", "a week"]


def test_a_regimen_itself_offers_no_amount_that_is_not_in_its_file() -> None:
    given = regimen(each="3 mg", times="unclear", length="1 week", readings=TWO_READINGS)
    fields = set(Regimen.model_fields)

    offered = {
        name: getattr(given, name)
        for name in dir(Regimen)
        if not name.startswith(("_", "model_")) and name not in fields
    }

    assert not {name for name, value in offered.items() if isinstance(value, Quantity | Reported)}


def test_totals_of_a_regimen_come_from_one_function_only() -> None:
    public = {
        name
        for name, value in vars(module).items()
        if callable(value) and getattr(value, "__module__", "") == module.__name__
        if not name.startswith("_") and not dataclasses.is_dataclass(value)
    }

    assert public == {
        "condition",
        "courses",
        "implied_strength",
        "dose_follows",
        "divided_amount",
        "doses_in",
        "number_at",
        "as_it_changes",
    }
    assert next(field.name for field in dataclasses.fields(Course)) == "reading"


def test_the_regimens_of_a_data_folder_are_totalled_alike(data: Path) -> None:
    write(data, "regimens/again.yml", FILES["regimens/yawning.yml"])
    regimens = load(data).site.regimens

    assert totals(regimens["again"]) == totals(regimens["yawning"])


# ---- what no total is made of -----------------------------------------------------------------


def test_an_amount_a_day_beside_readings_is_refused() -> None:
    with pytest.raises(ValidationError) as caught:
        regimen(daily="5 mg per day", times="unclear", length="2 days", readings=TWO_READINGS)

    assert [str(error["ctx"]["error"]) for error in caught.value.errors()] == [
        "must not state daily beside readings: which of them it means is open"
    ]


@pytest.mark.parametrize(
    ("field", "amount"),
    [
        ("each", "0 mg"),
        ("each", "0-3 mg"),
        ("volume", "0 mL"),
        ("times", "0 per day"),
        ("daily", "≤ 0 mg per day"),
        ("length", "0 days"),
        ("strength", "0 mg/mL"),
    ],
)
def test_no_total_is_computed_from_zero(field: str, amount: str) -> None:
    with pytest.raises(ValidationError, match="must be more than zero"):
        regimen(**{field: amount})


def test_no_total_is_computed_from_a_share() -> None:
    with pytest.raises(ValidationError, match="must be an amount such as '2 per day'"):
        regimen(each="2 mg", times="80 %")


def test_a_reading_without_an_upper_end_has_no_total_over_a_bounded_course() -> None:
    readings = [
        {"means": "a day", "times": "≤ 2 times", "per": "day"},
        {"means": "in all", "times": "≤ 2 times", "per": "course"},
    ]
    given = regimen(each="2 mg", times="unclear", length="> 1 week", readings=readings)

    assert [text_of(course.total) for course in courses(given)] == [
        "impossible: bounds on both sides cancel out, and no bound is left",
        "computed ≤ 4 mg = 2 mg × up to 2 times",
    ]


# ---- lengths that an unclear length may be ------------------------------------------------------

TWO_LENGTHS = {"length": "unclear", "lengths": ["5 days", "2 weeks"]}


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        pytest.param(
            {"each": "9 mg", "times": "2 per day"},
            [
                ("for 5 days", "computed 90 mg = 18 mg a day × 5 days"),
                ("for 2 weeks", "computed 252 mg = 18 mg a day × 14 days"),
            ],
            id="a dose and how often",
        ),
        pytest.param(
            {"each": "not reported", "daily": "12 mg per day"},
            [
                ("for 5 days", "computed 60 mg = 12 mg a day × 5 days"),
                ("for 2 weeks", "computed 168 mg = 12 mg a day × 14 days"),
            ],
            id="an amount a day",
        ),
        pytest.param(
            {"each": "not reported"},
            [
                ("for 5 days", "impossible: amount of each dose not reported"),
                ("for 2 weeks", "impossible: amount of each dose not reported"),
            ],
            id="nothing to multiply",
        ),
    ],
)
def test_an_unclear_length_gives_a_course_for_each_length_it_may_be(
    fields: dict[str, object], expected: list[tuple[str, str]]
) -> None:
    found = [
        (reading.replace("\u00a0", " "), total)
        for reading, _, _, total in totals(regimen(**TWO_LENGTHS, **fields))
        if reading
    ]

    assert found == expected


def test_an_amount_a_day_is_the_same_for_each_length() -> None:
    given = regimen(each="9 mg", times="2 per day", **TWO_LENGTHS)

    assert {text_of(course.daily) for course in courses(given)} == {
        "computed 18 mg per day = 9 mg × 2 a day"
    }


LENGTHS = "must give two or more lengths, and only where length is unclear"


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        pytest.param({"length": "5 days", "lengths": ["5 days", "2 weeks"]}, LENGTHS, id="clear"),
        pytest.param({"lengths": ["5 days", "2 weeks"]}, LENGTHS, id="not reported"),
        pytest.param({"length": "unclear", "lengths": ["5 days"]}, LENGTHS, id="one length"),
        pytest.param(
            {**TWO_LENGTHS, "times": "unclear", "readings": TWO_READINGS},
            "must not give both readings and lengths",
            id="readings too",
        ),
    ],
)
def test_lengths_belong_to_an_unclear_length_alone(fields: dict[str, object], message: str) -> None:
    with pytest.raises(ValidationError, match=message):
        regimen(**fields)


def test_an_unclear_length_without_lengths_has_one_course_without_a_total() -> None:
    [(reading, _, daily, total)] = totals(regimen(each="9 mg", times="2 per day", length="unclear"))

    assert (reading, daily) == (None, "computed 18 mg per day = 9 mg × 2 a day")
    assert total == "impossible: duration unclear"


# ---- what is wrong today ----------------------------------------------------------------------


def test_a_reading_whose_bounds_cancel_out_is_impossible() -> None:
    readings = [{"means": "a day", "times": "≥ 2 times", "per": "day"}] * 2
    given = regimen(each="≤ 5 mg", times="unclear", readings=readings)

    assert all(isinstance(course.daily, Impossible) for course in courses(given))


def test_no_strength_follows_where_bounds_cancel_out() -> None:
    assert not isinstance(implied_strength(regimen(each="≤ 5 mg", volume="≤ 1 mL")), Computed)


@pytest.mark.parametrize(
    ("fields", "of", "shown"),
    [
        ({"times": "2 per day"}, "daily", [""]),
        ({"times": "3 per week"}, "daily", ["a week"]),
        ({"times": "3 per week", "daily": "3 mg per day"}, "daily", ["", "a week"]),
        ({"times": "3 per week"}, "total", [""]),
        (
            {"times": "2 per day", "courses": {"count": "2 courses", "gap": "unclear"}},
            "per_dose",
            [""],
        ),
        (
            {"times": "2 per day", "courses": {"count": "2 courses", "gap": "unclear"}},
            "total",
            ["", "all courses"],
        ),
    ],
)
def test_a_total_is_shown_with_those_of_other_periods(
    fields: dict[str, object], of: str, shown: list[str]
) -> None:
    [way] = courses(regimen(each="9 mg", length="1 week", **fields))

    assert [period for period, _ in way.shown(of)] == shown


def test_a_stated_amount_a_week_is_the_one_of_the_source_and_gives_no_amount_a_day() -> None:
    [way] = courses(regimen(times="2 per week", weekly="30 mg/m2 per week", length="4 weeks"))

    assert isinstance(way.weekly, Stated)
    assert way.weekly.amount == quantity("30 mg/m2 per week")
    assert [period for period, _ in way.shown("daily")] == ["a week"]
    assert isinstance(way.daily, Impossible)
    assert isinstance(way.per_dose, Impossible)
