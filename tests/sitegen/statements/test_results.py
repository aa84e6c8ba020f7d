"""What is said of arms, results and harms, in every state of their values."""

from __future__ import annotations

from typing import Any

import pytest
from pydantic import ValidationError
from sound import study

from sitegen.model import GroupCount, GroupResult, Result
from sitegen.model.absence import Absence
from sitegen.statements.results import (
    NOT_NOTED,
    arm_name,
    arms_of_harms,
    columns_of_arms,
    columns_of_results,
    direction_line,
    dosage_line,
    estimate_line,
    group_line,
    is_of_a_share_alone,
    no_finding,
    outcome_line,
    time_line,
)

PHASE = {"each": "5 mg", "times": "2 per day", "daily": "not reported", "length": "10 days"}


def result(**given: object) -> Result:
    return Result.model_validate({"outcome": "Pain", "at": "leaflet use.1.2", **given})


def plain(text: str) -> str:
    return text.replace("\u00a0", " ").replace("\u2212", "-")


@pytest.mark.parametrize(
    ("events", "of", "line"),
    [
        ("12 people", "30 people", "12 of 30 people"),
        ("0 people", "30 people", "0 of 30 people"),
        ("1 person", None, "1 person"),
        ("12 people", "not reported", "12 people, of how many not reported"),
        ("not reported", "30 people", "number not reported, of 30 people"),
        (None, "30 people", "30 people looked at"),
        ("unclear", None, "number unclear"),
        (None, None, ""),
        (None, "not extracted", "of how many not extracted"),
        ("unclear", "not reported", "number unclear"),
    ],
)
def test_a_group_has_what_its_source_gives(events: str | None, of: str | None, line: str) -> None:
    given = {name: value for name, value in (("events", events), ("of", of)) if value}
    assert plain(group_line(GroupCount.model_validate({"arm": "a", **given}))) == line


@pytest.mark.parametrize("word", list(Absence))
def test_an_absent_value_of_a_group_has_its_word(word: Absence) -> None:
    assert (
        group_line(GroupResult.model_validate({"arm": "a", "value": str(word)})) == f"value {word}"
    )


def test_a_value_stands_beside_the_numbers() -> None:
    group = GroupResult.model_validate({"arm": "a", "of": "9 people", "value": "4 points"})
    assert plain(group_line(group)) == "9 people looked at; 4 points"


@pytest.mark.parametrize(
    ("estimate", "line"),
    [
        (None, NOT_NOTED),
        ({"p": "< 0.05"}, "p < 0.05"),
        ({"value": "-1.7"}, "mean difference -1.7"),
        ({"value": "-1.7", "p": "= 0.006"}, "mean difference -1.7, p = 0.006"),
        ({"interval": "-2.9 to -0.5"}, "interval -2.9 to -0.5"),
        ({"interval": "-2.9 to -0.5", "level": "95 %"}, "95 % interval -2.9 to -0.5"),
        (
            {"value": "-1.7", "interval": "-2.9 to -0.5", "level": "not reported"},
            "mean difference -1.7 (interval -2.9 to -0.5)",
        ),
        (
            {"value": "-1.7", "interval": "-2.9 to -0.5", "level": "95 %", "p": "= 0.006"},
            "mean difference -1.7 (95 % interval -2.9 to -0.5), p = 0.006",
        ),
    ],
)
def test_an_estimate_has_what_is_printed(estimate: dict[str, Any] | None, line: str) -> None:
    found = estimate_line(result(measure="mean difference", estimate=estimate))
    assert plain(found) == line


@pytest.mark.parametrize(
    ("direction", "line"),
    [
        (None, NOT_NOTED),
        ("no difference", "no difference"),
        ("unclear", "unclear"),
        ("favours drug", "favours: The drug"),
    ],
)
def test_a_direction_names_the_arm_or_neither(direction: str | None, line: str) -> None:
    record = study(arms=[{"id": "drug", "name": "The drug", "participants": "not reported"}])
    assert direction_line(record, result(direction=direction)) == line


def test_harms_have_a_column_for_each_arm_and_one_for_all_where_all_are_counted() -> None:
    arm = {"id": "drug", "name": "The drug", "participants": "not reported"}
    harm = {"event": "Rash", "at": "leaflet use.1.2"}
    in_arm = study(arms=[arm], harm_events=[{**harm, "by_arm": [{"arm": "drug"}]}])
    assert arms_of_harms(in_arm) == (("drug", "The drug"),)
    in_all = study(arms=[arm], harm_events=[{**harm, "by_arm": [{"events": "not reported"}]}])
    assert arms_of_harms(in_all) == (("drug", "The drug"), (None, "All"))
    assert arms_of_harms(study(harm_events=[harm])) == ()


def test_a_measure_stands_once() -> None:
    estimated = result(measure="odds ratio", estimate={"value": "2"}, at_time="10 days")
    assert plain(outcome_line(estimated)) == "after 10 days"
    assert plain(outcome_line(result(measure="median"))) == "median"
    timed = result(measure="median", at_time="not reported")
    assert outcome_line(timed) == "median; time of measurement not reported"


def test_a_numbered_day_is_no_length() -> None:
    """Whether day 28 is 27 or 28 days after the beginning, its number does not say."""
    at_day = result(measure="median", at_time="day 28")
    assert outcome_line(at_day) == "median; at day\u00a028"
    after = result(measure="median", at_time="4 weeks")
    assert [plain(time_line(one.at_time.value)) for one in (at_day, after) if one.at_time] == [
        "at day 28",
        "after 4 weeks",
    ]


@pytest.mark.parametrize(
    "measure", ["proportion", "mean", "median", "change from baseline", "count"]
)
@pytest.mark.parametrize("estimate", [{"value": "2"}, {"interval": "1 to 3"}], ids=str)
def test_an_effect_is_no_measure_of_one_group(measure: str, estimate: dict[str, str]) -> None:
    with pytest.raises(ValidationError, match=f"'{measure}' is of one group"):
        result(measure=measure, estimate=estimate)


def test_a_p_value_alone_leaves_the_measure_to_the_groups() -> None:
    compared = result(measure="mean", estimate={"p": "= 0.006"})
    assert not compared.has_effect
    assert (outcome_line(compared), plain(estimate_line(compared))) == ("mean", "p = 0.006")


@pytest.mark.parametrize(
    ("more", "columns"),
    [
        ({}, ("Participants",)),
        ({"role": "drug"}, ("Role", "Participants")),
        ({"dosage": [{**PHASE, "route": "oral"}]}, ("Participants", "Dosage")),
    ],
    ids=str,
)
def test_a_column_of_arms_is_there_where_one_arm_has_it(
    more: dict[str, Any], columns: tuple[str, ...]
) -> None:
    arms = [
        {"id": "drug", "name": "The drug", "participants": "not reported", **more},
        {"id": "other", "name": "Other", "participants": "not reported"},
    ]
    assert columns_of_arms(study(arms=arms)) == columns


@pytest.mark.parametrize(
    ("results", "columns"),
    [
        ([{}], ()),
        ([{"by_arm": [{"events": "3 people"}]}], ("By arm",)),
        ([{}, {"estimate": {"value": "-1.7"}}], ("Estimate",)),
        ([{"estimate": {"value": "-1.7"}, "direction": "unclear"}], ("Estimate", "Direction")),
    ],
    ids=str,
)
def test_a_column_of_results_is_there_where_one_result_has_it(
    results: list[dict[str, Any]], columns: tuple[str, ...]
) -> None:
    given = [{"outcome": "Pain", "at": "leaflet use.1.2", **one} for one in results]
    assert columns_of_results(study(results=given)) == columns


def test_where_no_finding_is_in_words_the_numbers_are_named() -> None:
    numbers = [{"outcome": "Pain", "at": "leaflet use.1.2"}]
    harms = [{"event": "Rash", "at": "leaflet use.1.2"}]
    assert no_finding(study()) == "No finding of it is in the records."
    assert no_finding(study(results=numbers)) == (
        "No finding in words is in the records; the results in numbers are below."
    )
    assert no_finding(study(results=numbers, harm_events=harms)) == (
        "No finding in words is in the records; the results and harms in numbers are below."
    )


def test_a_dosage_is_shown_phase_by_phase() -> None:
    arm = {"id": "drug", "name": "The drug", "participants": "not reported"}
    one = study(arms=[{**arm, "dosage": [{**PHASE, "route": "oral"}]}])
    assert plain(dosage_line(one, one.arms[0]) or "") == "5 mg twice a day for 10 days, oral"
    two = study(arms=[{**arm, "dosage": [{**PHASE, "type": "initial"}, PHASE]}])
    said = plain(dosage_line(two, two.arms[0]) or "")
    assert said == "initial: 5 mg twice a day for 10 days; then 5 mg twice a day for 10 days"
    none = study(arms=[arm])
    assert dosage_line(none, none.arms[0]) is None


@pytest.mark.parametrize(("id", "name"), [("drug", "Examplin"), (None, "All")])
def test_an_arm_is_called_by_its_name_and_all_together_are_all(id: str | None, name: str) -> None:
    arm = {"id": "drug", "name": "Examplin", "participants": "not reported"}

    assert arm_name(study(arms=[arm]), id) == name


@pytest.mark.parametrize(
    ("given", "alone"),
    [
        ({"percentage": "> 85 %", "of": "not reported"}, True),
        ({"percentage": "> 85 %", "events": "12 people"}, False),
        ({"percentage": "> 85 %", "events": "not reported"}, False),
        ({"events": "12 people"}, False),
    ],
)
def test_the_size_of_an_arm_follows_a_share_that_stands_alone(
    given: dict[str, str], alone: bool
) -> None:
    assert is_of_a_share_alone(GroupCount.model_validate({"arm": "a", **given})) is alone
