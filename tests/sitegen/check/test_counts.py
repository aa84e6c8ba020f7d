"""How many had an adverse effect: no more than were counted, and the share is theirs."""

from __future__ import annotations

from pathlib import Path

import pytest
from sound import problems, replace, sound_folder, write


@pytest.fixture
def data(tmp_path: Path) -> Path:
    return sound_folder(tmp_path)


def found(data: Path, events: int, of: str, percentage: str, note: str = "") -> list[str]:
    """The contradictions in a count, whatever the sentence that it cites says."""
    share = f', percentage: "{percentage}"' if percentage else ""
    why = f", note: {note}" if note else ""
    write(
        data,
        "cautions/a.yml",
        "name: A\nkind: adverse effects\nat: leaflet safety.1.1\nsays: It happened\n"
        f'counts: [{{events: "{events}", of: "{of}"{share}{why}}}]\n',
    )
    return [
        line.partition(": ")[2] for line in problems(data) if " is " in line and ", but " in line
    ]


@pytest.mark.parametrize(
    ("events", "of", "percentage", "note"),
    [
        (3, "40 people", "7.5 %", ""),
        (280, "3886 people", "7.2 %", ""),
        (1347, "3886 people", "34.7 %", ""),
        (1, "8 people", "12.5 %", ""),
        (1, "8 people", "13 %", ""),
        (1, "8 people", "12 %", ""),
        (0, "40 people", "", ""),
        (40, "40 people", "100 %", ""),
        (3, "> 40 people", "99 %", ""),
        (3, "30-40 people", "99 %", ""),
        (3, "40 people", "7-8 %", ""),
        (3, "40 people", "< 10 %", ""),
        (3, "40 people", "9 %", "The source prints another."),
    ],
)
def test_a_count_that_agrees_is_no_problem(
    data: Path, events: int, of: str, percentage: str, note: str
) -> None:
    assert found(data, events, of, percentage, note) == []


@pytest.mark.parametrize(
    ("events", "of", "percentage", "says"),
    [
        (41, "40 people", "", "events is 41, but of is 40 people: mend"),
        (41, "30-40 people", "", "events is 41, but of is 30-40 people: mend"),
        (3, "> 40 people", "150 %", "percentage is 150 %, but the whole is 100 %: mend"),
        (3, "40 people", "7.6 %", "percentage is 7.6 %, but 3 of 40 people are 7.5 %: mend"),
        (280, "3886 people", "7.3 %", "percentage is 7.3 %, but 280 of 3886 people are 7.21 %"),
        (3, "40 people", "9-10 %", "percentage is 9-10 %, but 3 of 40 people are 7.5 %: mend"),
        (3, "40 people", "> 10 %", "percentage is > 10 %, but 3 of 40 people are 7.5 %: mend"),
    ],
)
def test_a_count_that_contradicts_itself_is_refused(
    data: Path, events: int, of: str, percentage: str, says: str
) -> None:
    [problem] = found(data, events, of, percentage)

    assert problem.startswith(says)


@pytest.mark.parametrize(
    ("group", "says"),
    [
        ("{events: 40 people}", None),
        ("{events: 41 people}", "events is 41 people, but participants is 40 people"),
        ("{events: 2 people, of: 41 people}", "of is 41 people, but participants is 40 people"),
        ("{events: 2 people, of: {value: 41 people, note: As printed.}}", None),
        ("{arm: a, events: 31 people}", "events is 31 people, but the arm 'a' has 30 people"),
        ("{arm: a, events: 30 people}", None),
        ("{percentage: 100 %}", None),
        ("{percentage: 101 %}", "percentage is 101 %, but the whole is 100 %"),
        ("{percentage: {value: 101 %, note: As printed.}}", None),
    ],
)
def test_no_more_people_than_took_part_have_an_outcome(
    data: Path, group: str, says: str | None
) -> None:
    results = f"results: [{{outcome: Ease, at: leaflet use.1.3, by_arm: [{group}]}}]"
    arms = "arms: [{id: a, name: A, participants: 30 people}]"
    replace(data, "studies/hiccups.yml", "findings:", f"{arms}\n{results}\nfindings:")

    found_problems = [
        line.partition(": ")[2] for line in problems(data) if " is " in line and ", but " in line
    ]

    assert len(found_problems) == (says is not None)
    assert all(f"{says}: mend" in problem for problem in found_problems)


def test_no_interval_has_a_level_above_the_whole(data: Path) -> None:
    estimate = '{interval: "-2 to -1", level: 950 %}'
    results = f"results: [{{outcome: Ease, at: leaflet use.1.3, estimate: {estimate}}}]"
    replace(data, "studies/hiccups.yml", "findings:", f"{results}\nfindings:")

    assert any("level is 950 %, but the whole is 100 %" in line for line in problems(data))


@pytest.mark.parametrize(
    ("printed", "written", "is_proved"),
    [
        ("day 28", "day 28", True),
        ("Day 28", "day 28", True),
        ("at week 4", "week 4", True),
        ("day 28", "day 27", False),
        ("day 28", "week 28", False),
        ("day 28", "28 days", False),
        ("days 1-28", "day 28", False),
        ("28 days", "day 28", False),
        ("28 days", "28 days", True),
    ],
)
def test_a_numbered_day_is_proved_by_itself_alone(
    data: Path, printed: str, written: str, is_proved: bool
) -> None:
    listed = f'["more than 80%", "{printed}"]'
    replace(data, "sources/leaflet.yml", '["more than 80%"]', listed)
    results = f"results: [{{outcome: Ease, at_time: {written}, at: leaflet use.1.3}}]"
    replace(data, "studies/hiccups.yml", "findings:", f"{results}\nfindings:")

    found = [line for line in problems(data) if f"'{written}'" in line]

    assert (found == []) is is_proved


def test_a_time_of_a_result_is_a_time_or_a_numbered_day(data: Path) -> None:
    results = "results: [{outcome: Ease, at_time: the 28th day, at: leaflet use.1.3}]"
    replace(data, "studies/hiccups.yml", "findings:", f"{results}\nfindings:")

    assert any(
        "at_time must be an amount such as '10 days' or 'day 28'" in line for line in problems(data)
    )


def test_the_numbers_of_a_result_stand_where_the_result_does(data: Path) -> None:
    """They need no sentence of their own; each is proved by one of the sentences of the result."""
    estimate = '{interval: "-2 to -1", level: 95 %}'
    at = "[leaflet use.1.2, leaflet use.1.3]"
    results = f"results: [{{outcome: Ease, at_time: 99 days, at: {at}, estimate: {estimate}}}]"
    replace(data, "studies/hiccups.yml", "findings:", f"{results}\nfindings:")

    found = problems(data)

    assert [line for line in found if "must name" in line and "name its sentence" in line] == []
    assert [
        line for line in found if "'99 days' is not in leaflet use.1.2, leaflet use.1.3" in line
    ]
