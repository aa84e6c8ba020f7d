"""Phases of a regimen: what each takes from the one before, what it comes to, and their sum."""

from __future__ import annotations

import pytest
from made_records import TWO_READINGS, course, regimen, text

from sitegen.derive.course import courses
from sitegen.derive.frequency import (
    change,
    duration,
    frequency,
    limits,
    pace_of_giving,
    parts_of_day,
)
from sitegen.derive.phases import phase_name, phases, sum_of_phases
from sitegen.derive.total import Computed, Stated, Total, absent
from sitegen.model.absence import Absence
from sitegen.model.quantity import quantity
from sitegen.statements.regimens import stated

NOTHING = {"each": "not reported", "times": "not reported", "daily": "not reported"}


def phase(**fields: object) -> dict[str, object]:
    """A phase in which nothing is reported but what is given."""
    return {**NOTHING, "length": "not reported", **fields}


# ---- phases --------------------------------------------------------------------------------------

LOADING = {"each": "0.25 mg", "times": "1 per week", "length": "4 weeks", "route": "subcutaneous"}


def test_a_regimen_of_one_phase_is_its_own() -> None:
    given = regimen(**LOADING)

    assert phases(given) == (given,)
    assert phase_name(given, 0) == ""


def test_a_phase_takes_route_site_and_presentation_from_the_one_before() -> None:
    given = regimen(
        **{**LOADING, "route": "oral", "product": "tablet"},
        then=[phase(each="0.5 mg"), phase(each="1 mg", route="intravenous"), phase(each="2 mg")],
    )

    assert [str(part.route.value) for part in phases(given)] == [
        *("oral", "oral", "intravenous", "intravenous")
    ]
    assert {part.product for part in phases(given)} == {"tablet"}
    assert [str(part.each.value) for part in phases(given)] == ["0.25 mg", "0.5 mg", "1 mg", "2 mg"]


def test_a_phase_takes_no_dose_frequency_or_limit_from_the_one_before() -> None:
    given = regimen(
        **LOADING, max=["1 mg per day"], when="bedtime", as_needed="for pain", then=[phase()]
    )
    _, second = phases(given)

    assert (second.max, second.when, second.as_needed) == ((), (), None)
    assert (frequency(second), duration(second)) == (None, None)


@pytest.mark.parametrize(
    ("first", "then", "name"),
    [
        ({"type": "loading"}, {}, "phase 2 of 2"),
        ({}, {"type": "maintenance"}, "phase 2 of 2: maintenance"),
        ({}, {"type": "maintenance", "name": "second half"}, "phase 2 of 2: second half"),
        (
            {},
            {"starts": "with the phase before"},
            "phase 2 of 2, together with the one before",
        ),
        ({}, {"only_if": "pain persists"}, "phase 2 of 2, if pain persists"),
    ],
)
def test_a_phase_is_called_by_its_place_and_name(
    first: dict[str, object], then: dict[str, object], name: str
) -> None:
    given = regimen(**first, then=[phase(**then)])

    assert phase_name(given, 1) == name
    assert phase_name(given, 0).startswith("phase 1 of 2")


@pytest.mark.parametrize(
    ("totals", "expected"),
    [
        ((Stated(quantity("2 mg"), ()), Computed(quantity("3 mg"), "x")), "5 mg = 2 mg + 3 mg"),
        (
            (Stated(quantity("2 mg"), ()), absent("length", Absence.UNCLEAR)),
            "none: b: length unclear",
        ),
        (
            (Stated(quantity("2 mg"), ()), Stated(quantity("3 tablets"), ())),
            "none: its amounts are in units that do not go together",
        ),
    ],
)
def test_no_phase_is_left_out_of_a_sum(totals: tuple[Total, ...], expected: str) -> None:
    assert text(sum_of_phases(totals, ["a", "b"])) == expected


def test_every_phase_is_in_the_line_of_a_regimen() -> None:
    given = regimen(
        **LOADING, type="loading", then=[phase(each="0.5 mg", times="1 per week", until="lifelong")]
    )

    assert stated(given).replace("\u00a0", " ") == (
        "loading: 0.25 mg once a week for 4 weeks, subcutaneous; then 0.5 mg once a week lifelong"
    )


# ---- what may be computed, and what never --------------------------------------------------------


@pytest.mark.parametrize(
    ("fields", "daily", "weekly", "monthly", "total"),
    [
        pytest.param(
            {"each": "7.5 mg", "times": "1 per week", "length": "4 weeks"},
            "none: the doses are counted over a week",
            "7.5 mg = 7.5 mg × 1 a week",
            None,
            "30 mg = 7.5 mg a week × 4 weeks",
            id="no daily mean of a weekly dose",
        ),
        pytest.param(
            {"each": "60 mg", "times": "1 per month", "length": "6 months"},
            "none: the doses are counted over a month",
            None,
            "60 mg = 60 mg × 1 a month",
            "360 mg = 60 mg × 6 times",
            id="no daily mean of a monthly dose",
        ),
        pytest.param(
            {"each": "60 mg", "times": "not applicable", "interval": "6 months"},
            "none: a dose every 6 months, which is rarer than one a day",
            None,
            None,
            "none: duration not reported",
            id="an interval of months",
        ),
        pytest.param(
            {"each": "2 mg", "times": "2 per day", "length": "3 months"},
            "4 mg per day = 2 mg × 2 a day",
            None,
            None,
            "none: 3 months is no fixed number of days",
            id="a month is no number of days",
        ),
        pytest.param(
            {"each": "2 mg", "times": "2 per week", "length": "1 year"},
            "none: the doses are counted over a week",
            "4 mg = 2 mg × 2 a week",
            None,
            "none: 1 year is no fixed number of days",
            id="a year is no number of weeks",
        ),
        pytest.param(
            {"each": "10 mg/kg", "times": "2 per day", "length": "5 days"},
            "20 mg/kg per day = 10 mg/kg × 2 a day",
            None,
            None,
            "100 mg/kg = 20 mg/kg a day × 5 days",
            id="a dose by body mass stays one",
        ),
        pytest.param(
            {"each": "2 tablets", "times": "3 per day", "length": "1 week"},
            "6 tablets per day = 2 tablets × 3 a day",
            None,
            None,
            "42 tablets = 6 tablets a day × 7 days",
            id="tablets stay tablets",
        ),
        pytest.param(
            {"each": "500 mg", "times": "not applicable", "interval": "4-6 hours",
             "length": "1 day", "max": ["2.5 g per day"]},
            "2000-2500 mg per day = 500 mg × 4–6 a day, at most 2.5 g a day",
            None,
            None,
            "2000-2500 mg = 2,000–2,500 mg a day × 1 day",
            id="up to the limit",
        ),
        pytest.param(
            {"each": "500 mg", "times": "not applicable", "interval": "4-6 hours",
             "as_needed": "for pain", "length": "3 days"},
            "none: it is given as needed",
            None,
            None,
            "none: it is given as needed",
            id="as needed has no total",
        ),
        pytest.param(
            {"each": "500 mg", "times": "not applicable", "interval": "4-6 hours",
             "as_needed": "for pain", "max": ["4 g per day"]},
            "≤ 4 g per day = at most 4 g a day",
            None,
            None,
            "none: it is given as needed",
            id="as needed has its limit",
        ),
        pytest.param(
            {"each": "1 g", "times": "6 per day", "max": ["4 g per day"]},
            "none: its doses come to more than its limit: at most 4 g a day",
            None,
            None,
            "none: its doses come to more than its limit: at most 4 g a day",
            id="a contradiction is not repaired",
        ),
        pytest.param(
            {"each": "not applicable", "rate": "5 mg per hour", "over": "2 hours",
             "times": "1 per day", "length": "2 days"},
            "10 mg per day = 10 mg × 1 a day",
            None,
            None,
            "20 mg = 10 mg a day × 2 days",
            id="an infusion",
        ),
        pytest.param(
            {"each": "not applicable", "length": "2 days",
             "parts_of_day": [{"when": "morning", "each": "10 mg"},
                              {"when": "evening", "each": "20 mg"}]},
            "30 mg per day = 10 mg + 20 mg",
            None,
            None,
            "60 mg = 30 mg a day × 2 days",
            id="unequal parts of a day",
        ),
        pytest.param(
            {"each": "not applicable",
             "parts_of_day": [{"when": "morning", "each": "2 tablets", "product": "a"},
                              {"when": "evening", "each": "1 tablet", "product": "b"}]},
            "none: the doses of a day are of different presentations",
            None,
            None,
            "none: the doses of a day are of different presentations",
            id="parts of different presentations",
        ),
    ],
)  # fmt: skip
def test_what_a_regimen_comes_to(
    fields: dict[str, object],
    daily: str,
    weekly: str | None,
    monthly: str | None,
    total: str,
) -> None:
    found = course(**fields)

    assert (text(found.daily), text(found.weekly), text(found.monthly)) == (
        daily,
        weekly,
        monthly,
    )
    assert text(found.total) == total


def test_readings_have_their_totals_in_every_phase() -> None:
    given = regimen(**LOADING, then=[phase(each="3 mg", times="unclear", readings=[*TWO_READINGS])])

    assert [len(courses(part)) for part in phases(given)] == [1, 2]


# ---- words ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"times": "1 per day", "when": "bedtime"}, "once a day at bedtime"),
        ({"times": "1 per month"}, "once a month"),
        ({"times": "3 per hour"}, "three times an hour"),
        ({"times": "not applicable", "interval": "72 hours"}, "every 72 hours"),
        ({"times": "2 per day", "as_needed": "for pain"}, "twice a day as needed for pain"),
        ({"times": "not reported", "as_needed": "as needed"}, "as needed"),
        ({"times": "not reported"}, None),
    ],
)
def test_how_often_in_words(fields: dict[str, object], said: str | None) -> None:
    found = frequency(regimen(**fields))

    assert (found and found.replace("\u00a0", " ")) == said


def test_limits_rates_parts_and_steps_in_words() -> None:
    given = regimen(
        max=["4 g per day", "3 per day", "1 per day", "2 mg"],
        rate="5 mg per hour",
        over="30 minutes",
        step={"by": "50 micrograms", "after": "3-4 weeks"},
        parts_of_day=[{"when": "morning", "each": "10 mg"}, {"when": "night", "each": "20 mg"}],
        until="the fever is gone",
    )

    words = [*limits(given), pace_of_giving(given), change(given), parts_of_day(given)]
    assert [str(word).replace("\u00a0", " ") for word in [*words, duration(given)]] == [
        "at most 4 g a day",
        "at most 3 doses a day",
        "at most 1 dose a day",
        "at most 2 mg in one dose",
        "at 5 mg an hour, over 30 minutes",
        "up by 50 micrograms every 3–4 weeks",
        "10 mg in the morning and 20 mg at night",
        "until the fever is gone",
    ]
