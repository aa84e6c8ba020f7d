"""How often, how long and in how many courses: in the words of a regimen's own values."""

from __future__ import annotations

import pytest
from made_records import TWO_READINGS, regimen

from sitegen.derive.course import number_at
from sitegen.derive.frequency import (
    duration,
    frequency,
    parts_of_day,
    repeat,
    several_courses,
    span,
)
from sitegen.model import Courses
from sitegen.model.quantity import quantity
from sitegen.statements.regimens import regimen_line


def plain(text: str | None) -> str | None:
    return text and text.replace("\u00a0", " ")


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"times": "2 per day"}, "twice a day"),
        ({"times": "1 per week"}, "once a week"),
        ({"times": "2-3 per week"}, "2–3 times a week"),
        ({"times": "not applicable", "interval": "20 minutes"}, "every 20 minutes"),
        ({"times": "not applicable", "interval": "4-6 hours"}, "every 4–6 hours"),
        ({"times": "not applicable", "interval": "1 day"}, "every day"),
        ({"times": "not applicable", "interval": "2 days"}, "every 2 days"),
        (
            {"times": "2-3 per day", "interval": "4-5 hours"},
            "2–3 times a day (4–5 hours apart)",
        ),
        ({"times": "2 per day", "interval": "not reported"}, "twice a day"),
        ({"times": "unclear", "interval": "6 hours", "readings": TWO_READINGS}, None),
        (
            {"times": "1 per day", "when": "before breakfast", "offset": "0.5-1 hours"},
            "once a day 0.5–1 hours before breakfast",
        ),
        (
            {"times": "1 per week", "when": ["at any time of day", "with or without food"]},
            "once a week at any time of day with or without food",
        ),
        ({"times": "not reported"}, None),
        ({"times": "not reported", "interval": "not reported"}, None),
    ],
)
def test_how_often_is_a_number_an_interval_or_both(
    fields: dict[str, object], expected: str | None
) -> None:
    assert plain(frequency(regimen(**fields))) == expected


def test_a_part_of_a_day_without_an_amount_is_given_by_its_share() -> None:
    parts = [
        {"when": "morning", "each": "10 mg"},
        {"when": "bedtime", "each": "not reported", "share": "the rest of the amount a day"},
    ]

    assert plain(parts_of_day(regimen(parts_of_day=parts))) == (
        "10 mg in the morning and the rest of the amount a day at bedtime"
    )


@pytest.mark.parametrize("word", ["not reported", "not extracted"])
def test_an_interval_is_an_answer_to_how_often(word: str) -> None:
    with pytest.raises(ValueError, match="must have 'times: not applicable'"):
        regimen(times=word, interval="20 minutes")


@pytest.mark.parametrize(
    "site",
    ["each nostril", "one eye", "the left ear", "both nostrils together", "under the tongue"],
)
def test_a_site_says_how_many_of_a_pair_get_the_dose(site: str) -> None:
    found = regimen(site=site, route="intranasal").site

    assert found
    assert found.value == site


@pytest.mark.parametrize(
    "site", ["per nostril", "both nostrils", "Each nostril", "nostrils", "eye"]
)
def test_a_site_that_leaves_open_how_many_get_the_dose_is_refused(site: str) -> None:
    with pytest.raises(ValueError, match="so that it is clear how many get the dose"):
        regimen(site=site, route="intranasal")


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({}, None),
        ({"repeat": "10-15 minutes"}, "may be repeated after 10–15 minutes if needed"),
        (
            {"repeat": "not reported"},
            "may be repeated if needed (after how long: not reported)",
        ),
    ],
)
def test_a_repeat_is_given_where_the_source_allows_one(
    fields: dict[str, str], expected: str | None
) -> None:
    assert plain(repeat(regimen(**fields))) == expected


@pytest.mark.parametrize(
    ("fields", "said", "value"),
    [
        ({"length": "10-14 days"}, "for 10–14 days", "10–14 days"),
        (
            {"length": "10-14 days", "phase": "first"},
            "over the first 10–14 days",
            "the first 10–14 days",
        ),
        ({"length": "unclear"}, None, None),
    ],
)
def test_a_first_part_is_named_as_one(
    fields: dict[str, str], said: str | None, value: str | None
) -> None:
    assert (plain(span(regimen(**fields))), plain(duration(regimen(**fields)))) == (said, value)


@pytest.mark.parametrize(
    ("count", "gap", "expected"),
    [
        ("2 courses", "20 days", "2 courses, 20 days apart"),
        ("2-3 courses", "not reported", "2–3 courses, time between them not reported"),
        ("not extracted", "2 weeks", "number of courses not extracted, 2 weeks apart"),
    ],
)
def test_courses_are_given_with_the_time_between_them(count: str, gap: str, expected: str) -> None:
    courses = Courses.model_validate({"count": count, "gap": gap})

    assert plain(several_courses(courses)) == expected


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        (
            {
                "drops": "3 drops",
                "site": "each nostril",
                "route": "intranasal",
                "times": "not applicable",
                "interval": "20 minutes",
                "strength": "1 %",
            },
            "3 drops in each nostril every 20 minutes, intranasal, strength 1 %;"
            " duration not reported.",
        ),
        (
            {
                "drops": "2-4 drops",
                "site": "not extracted",
                "route": "intranasal",
                "times": "3 per day",
                "length": "10 days",
            },
            "2–4 drops (whether in each nostril or in both together not extracted)"
            " three times a day for 10 days, intranasal; strength not reported.",
        ),
        (
            {"drops": "5 drops", "times": "1 per day", "length": "10 days", "strength": "1 mg/mL"},
            "5 drops once a day for 10 days, oral, strength 1 mg/mL.",
        ),
        (
            {"each": "2 mg", "site": "under the tongue", "length": "1 day", "strength": "1 mg/mL"},
            "2 mg (under the tongue) for 1 day, oral, strength 1 mg/mL.",
        ),
        (
            {
                "each": "10 mg",
                "times": "1 per week",
                "length": "10 days",
                "courses": {"count": "2 courses", "gap": "20 days"},
                "strength": "1 mg/mL",
            },
            "10 mg once a week for 10 days (2 courses, 20 days apart), oral, strength 1 mg/mL.",
        ),
        (
            {
                "each": "2 mg",
                "times": "2 per day",
                "length": "3 days",
                "phase": "first",
                "repeat": "10 minutes",
                "strength": "1 mg/mL",
            },
            "2 mg twice a day over the first 3 days, may be repeated after 10 minutes if needed,"
            " oral, strength 1 mg/mL.",
        ),
        (
            {
                "drops": "not reported",
                "times": "3-6 per day",
                "length": "10 days",
                "strength": "1 mg/mL",
            },
            "Amount not reported, 3–6 times a day for 10 days, oral, strength 1 mg/mL.",
        ),
        (
            {"each": "40 mg/m2", "times": "2 times", "length": "28 days", "strength": "1 mg/mL"},
            "40 mg/m2 twice over 28 days, oral, strength 1 mg/mL.",
        ),
        (
            {"times": "2 per week", "weekly": "30 mg/m2 per week", "strength": "1 mg/mL"},
            "Twice a week (30 mg/m2 a week), oral, strength 1 mg/mL; duration not reported.",
        ),
        (
            {"each": "8 tablets", "daily": "40 mg per day", "strength": "1 mg/mL"},
            "8 tablets (40 mg a day), oral, strength 1 mg/mL; duration not reported.",
        ),
        (
            {
                "each": "4 mg",
                "times": "1 time",
                "strength": "1 mg/mL",
                "then": [
                    {
                        "each": "not reported",
                        "times": "1 per day",
                        "daily": "not reported",
                        "length": "1 day",
                    }
                ],
            },
            "4 mg once, oral, strength 1 mg/mL; then amount not reported, once a day for 1 day,"
            " strength 1 mg/mL; duration not reported.",
        ),
        (
            {"volume": "2 mL", "times": "1 per day", "length": "1 day", "strength": "1 mg/mL"},
            "2 mL once a day for 1 day, oral, strength 1 mg/mL.",
        ),
    ],
)
def test_the_line_of_a_regimen_says_all_that_its_source_does(
    fields: dict[str, object], expected: str
) -> None:
    assert plain(regimen_line(regimen(**fields))) == expected


@pytest.mark.parametrize(
    ("interval", "number"),
    [
        ("6 hours", "4 per day"),
        ("5 hours", "4-5 per day"),
        ("1 day", "1 per day"),
        ("≥ 4 hours", "≤ 6 per day"),
        ("2 days", "3-4 per week"),
        ("1 week", "1 per week"),
        ("2 weeks", "0.5 per week"),
        ("2 months", "0.5 per month"),
        ("20 minutes", None),
    ],
)
def test_an_interval_is_a_number_of_doses_where_it_is_an_hour_or_longer(
    interval: str, number: str | None
) -> None:
    found = number_at(quantity(interval))

    assert (str(found) if found else None) == number
