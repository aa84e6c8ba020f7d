"""The share of an arm that had something: stated, computed, and whether it agrees."""

from __future__ import annotations

import pytest

from sitegen.derive.shares import disagreeing_share, share_of
from sitegen.derive.total import Computed, Stated
from sitegen.model import GroupCount


def group(**given: str) -> GroupCount:
    return GroupCount.model_validate({"arm": "a", **given})


def test_a_printed_share_comes_first() -> None:
    found = share_of(group(events="12 people", of="30 people", percentage="40 %"))
    assert isinstance(found, Stated)
    assert str(found.amount) == "40 %"


def test_a_share_is_computed_from_two_numbers() -> None:
    found = share_of(group(events="12 people", of="30 people"))
    assert isinstance(found, Computed)
    assert (str(found.amount), found.formula) == ("40 %", "12\u00a0people / 30\u00a0people")


@pytest.mark.parametrize(
    "given",
    [
        {},
        {"events": "12 people"},
        {"of": "30 people"},
        {"events": "not reported", "of": "30 people"},
        {"events": "> 12 people", "of": "30 people"},
        {"events": "12 people", "of": "not extracted"},
    ],
)
def test_no_share_follows_from_less(given: dict[str, str]) -> None:
    assert share_of(group(**given)) is None


@pytest.mark.parametrize(
    ("events", "of", "percentage"),
    [
        ("12 people", "30 people", "40 %"),
        ("17 people", "19 people", "89.5 %"),
        ("4 people", "13 people", "31 %"),
        ("0 people", "30 people", "0 %"),
        ("18 people", "20 people", "> 85 %"),
        ("1 person", "8 people", "12 %"),  # 12.5, rounded down
        ("1 person", "8 people", "13 %"),  # or up
    ],
)
def test_a_share_agrees_to_the_digits_printed(events: str, of: str, percentage: str) -> None:
    assert disagreeing_share(group(events=events, of=of, percentage=percentage)) is None


@pytest.mark.parametrize(
    ("events", "of", "percentage", "computed"),
    [
        ("12 people", "30 people", "41 %", "40 %"),
        ("17 people", "19 people", "89.4 %", "89.5 %"),
        ("16 people", "20 people", "> 85 %", "80 %"),
    ],
)
def test_a_share_that_differs_is_found(
    events: str, of: str, percentage: str, computed: str
) -> None:
    found = disagreeing_share(group(events=events, of=of, percentage=percentage))
    assert found is not None
    assert found[2] == computed
