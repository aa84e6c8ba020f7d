"""What a report says and leaves out, counted item by item."""

from __future__ import annotations

import pytest
from sound import study

from sitegen.derive.completeness import (
    Count,
    answers,
    count,
    count_by_item,
    count_of_item,
    has_an_answer,
    with_harms,
)
from sitegen.model import Locator, Site, Study
from sitegen.model.absence import Absence
from sitegen.model.reporting_items import ITEMS

FIELDS = [item.field for item in ITEMS]
AMOUNTS = {
    "participants": "40 people",
    "dose": "5 mg",
    "frequency": "2 per day",
    "length": "5 days",
    "route": "oral",
}


def full(**fields: object) -> Study:
    """A study in which everything is reported but what is given."""
    return study(**{field: AMOUNTS.get(field, "said") for field in FIELDS} | fields)


def test_there_are_twenty_items_and_each_is_a_field_of_a_study() -> None:
    assert len(ITEMS) == len(set(FIELDS)) == 20
    assert set(FIELDS) <= set(Study.model_fields)


def test_a_study_answers_every_item_in_order() -> None:
    assert [answer.item for answer in answers(study())] == list(ITEMS)


@pytest.mark.parametrize(
    ("value", "state"), [("Men", "reported"), *((word.value, word.value) for word in Absence)]
)
def test_an_answer_is_reported_or_a_word_of_absence(value: str, state: str) -> None:
    [answer] = [
        answer for answer in answers(study(setting=value)) if answer.item.field == "setting"
    ]

    assert answer.state == state


def test_an_answer_cites_its_own_sentence_or_those_of_the_study() -> None:
    own = {"value": "A ward", "at": "leaflet use.1.3"}
    at = {answer.item.field: answer.at for answer in answers(study(setting=own))}

    assert at["setting"] == (Locator("leaflet", "use", 1, 3, 3),)
    assert at["dates"] == (Locator("leaflet", "use", 1, 2, 2),)


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        pytest.param(study(), Count(0, 0, 20, 0), id="nothing"),
        pytest.param(full(), Count(20, 0, 20, 0), id="everything"),
        pytest.param(study(setting="A ward", dose="5 mg"), Count(2, 0, 20, 0), id="two of twenty"),
        pytest.param(full(setting="unclear"), Count(19, 1, 20, 0), id="unclear is not reported"),
        pytest.param(
            full(setting="not applicable"),
            Count(19, 0, 19, 0),
            id="what does not apply is not asked",
        ),
        pytest.param(
            full(setting="not applicable", dates="not applicable", dose="unclear"),
            Count(17, 1, 18, 0),
            id="unclear and not applicable",
        ),
        pytest.param(full(setting="not extracted"), Count(19, 0, 20, 1), id="not read yet"),
        pytest.param(
            full(harms="none observed"), Count(19, 0, 20, 0), id="none observed is a claim"
        ),
    ],
)
def test_answers_are_counted(given: Study, expected: Count) -> None:
    assert count(answers(given)) == expected


def test_no_answers_are_counted_as_none() -> None:
    assert count(()) == Count(0, 0, 0, 0)


def test_each_item_is_counted_across_reports() -> None:
    table = {
        row.item.field: row for row in count_by_item([study(dose="5 mg"), full(dose="unclear")])
    }

    assert list(table) == FIELDS
    assert [answer.state for answer in table["dose"].answers] == ["reported", "unclear"]
    assert table["dose"].count == Count(1, 1, 2, 0)
    assert table["setting"].count == Count(1, 0, 2, 0)


def test_without_reports_every_count_is_zero() -> None:
    assert [row.count for row in count_by_item([])] == [Count(0, 0, 0, 0)] * 20


def test_the_study_of_a_data_folder_is_counted(site: Site) -> None:
    [only] = site.studies.values()

    assert count(answers(only)) == Count(reported=4, unclear=1, applicable=18, unread=1)


@pytest.mark.parametrize(
    ("harms", "arms", "answered"),
    [
        (["not reported", "not extracted"], False, {"harms": False, "participants": False}),
        (["not reported", "Yawning"], False, {"harms": True, "participants": False}),
        (["not reported", "unclear"], True, {"harms": True, "participants": False}),
    ],
)
def test_an_item_that_any_report_answers_is_answered(
    harms: list[str], arms: bool, answered: dict[str, bool]
) -> None:
    groups = [{"id": "a", "name": "A", "participants": "not reported"}] if arms else []
    reports = [study(harms=text, participants="not reported", arms=groups) for text in harms]

    found = {item.field: has_an_answer(reports, item) for item in ITEMS if item.field in answered}
    assert found == answered
    assert [report.harms.value for report in with_harms(reports)] == [
        text for text in harms if text == "Yawning"
    ]


def test_the_count_of_one_item_is_that_of_its_row() -> None:
    reports = [study(harms="Yawning"), study(harms="not reported")]
    row = next(row for row in count_by_item(reports) if row.item.field == "harms")

    assert count_of_item(reports, "harms") == row.count


@pytest.mark.parametrize(
    ("applicable", "unread", "has_total"),
    [(0, 0, False), (2, 0, True), (2, 1, False), (2, 2, False)],
)
def test_a_share_is_shown_only_where_every_report_was_read(
    applicable: int, unread: int, has_total: bool
) -> None:
    assert Count(0, 0, applicable, unread).has_total is has_total
