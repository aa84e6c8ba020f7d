"""The numbered weeks of a treatment: in words, as a length, and from one phase to the next."""

from __future__ import annotations

import pytest
from made_records import regimen, text
from pydantic import ValidationError

from sitegen.derive.course import courses
from sitegen.derive.frequency import duration, span
from sitegen.derive.phases import phases
from sitegen.derive.readings import in_each_reading
from sitegen.derive.weeks import length_by_weeks, weeks_in_words
from sitegen.model import Regimen
from sitegen.statements.regimens import stated

WEEKLY = {"each": "2 mg", "times": "1 per week", "length": "not reported"}


def steps(*weeks: object, **first: object) -> Regimen:
    """A dose of 2 mg a week in the first of some weeks, and of 2 mg a week in the others."""
    later = [{**WEEKLY, "daily": "not reported", "weeks": one} for one in weeks[1:]]
    return regimen(**{**WEEKLY, "weeks": weeks[0], **first}, then=later)


@pytest.mark.parametrize(
    ("weeks", "words", "length"),
    [
        ("1-4", "weeks 1–4", "4 weeks = weeks 1–4"),
        ("5", "week 5", "1 week = week 5"),
        ("from 17", "from week 17", None),
        ("not reported", None, None),
        ("unclear", None, None),
    ],
)
def test_weeks_are_words_and_a_length(weeks: str, words: str | None, length: str | None) -> None:
    given = steps(weeks)

    assert (weeks_in_words(given) or "").replace("\u00a0", " ") == (words or "")
    assert text(length_by_weeks(given)) == length


def test_weeks_without_an_end_last_until_the_next_phase_begins() -> None:
    first, second, third = phases(steps("from 1", "from 5", "from 9"))

    assert text(length_by_weeks(first)) == "4 weeks = from week 1, until the next phase in week 5"
    assert text(length_by_weeks(second)) == "4 weeks = from week 5, until the next phase in week 9"
    assert length_by_weeks(third) is None


@pytest.mark.parametrize("later", ["unclear", "not reported", "from 1"])
def test_a_week_that_is_not_known_ends_no_phase(later: str) -> None:
    assert length_by_weeks(phases(steps("from 1", later))[0]) is None


def test_a_phase_that_runs_beside_another_does_not_end_it() -> None:
    given = steps("from 1", "from 5")
    beside = given.then[0].model_copy(update={"starts": "with the phase before"})

    assert length_by_weeks(phases(given.model_copy(update={"then": (beside,)}))[0]) is None


def test_totals_follow_from_weeks() -> None:
    first, last = phases(steps("1-4", "from 5"))

    assert text(courses(first)[0].total) == "8 mg = 2 mg a week × 4 weeks"
    assert text(courses(last)[0].total) == "none: duration not reported"


def test_a_stated_length_is_not_replaced() -> None:
    given = steps("1-4", length="4 weeks")

    assert length_by_weeks(given) is None
    assert duration(given) == "4\u00a0weeks (weeks\u00a01–4)"
    assert span(given) == "for 4\u00a0weeks (weeks\u00a01–4)"


def test_a_length_that_is_unclear_is_not_settled_by_weeks() -> None:
    assert length_by_weeks(steps("1-4", length="unclear")) is None


def test_a_sentence_goes_on_with_the_weeks() -> None:
    told = stated(steps("1-4", "from 5")).replace("\u00a0", " ")

    assert told == "2 mg once a week in weeks 1–4, oral; then 2 mg once a week from week 5"


def test_each_reading_of_weeks_has_its_totals() -> None:
    given = steps({"value": "unclear", "readings": ["1-4", "5"]})
    read = {words: text(courses(one)[0].total) for words, one in in_each_reading(given)}

    assert read == {
        "the span of weeks is 1-4": "8 mg = 2 mg a week × 4 weeks",
        "the span of weeks is 5": "2 mg = 2 mg a week × 1 week",
    }


@pytest.mark.parametrize("weeks", ["4-1", "1-1", "from 1-4", "0", "week 1", "1 4", "1–4"])
def test_weeks_are_written_in_one_way(weeks: str) -> None:
    with pytest.raises(ValidationError):
        steps(weeks)
