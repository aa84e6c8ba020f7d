"""A change is said with its field, what was and what is, where there was and is something."""

from __future__ import annotations

import pytest

from sitegen.derive.differences import Difference
from sitegen.statements.differences import (
    LONGEST_ON_A_LINE,
    NO_DIFFERENCE,
    change_lines,
    event_line,
    record_line,
    summary_line,
)


def difference(**fields: object) -> Difference:
    """A changed dose of an invented regimen, with what is given instead."""
    given = {"kind": "dose", "event": "changed", "folder": "regimens", "id": "a", "name": "A"}
    return Difference(**{**given, "field": "dose", **fields})  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("fields", "title", "lines"),
    [
        ({"event": "added", "field": ""}, "New record", ("New record",)),
        ({"event": "removed", "field": ""}, "Removed record", ("Removed record",)),
        ({"after": "6 mg"}, "Dose (new)", ("Dose (new): 6 mg",)),
        ({"before": "6 mg"}, "Dose (removed)", ("Dose (removed): 6 mg",)),
        ({"before": "6 mg", "after": "9 mg"}, "Dose", ("Dose: was 6 mg, is now 9 mg",)),
        (
            {"event": "renamed", "field": "address", "before": "a", "after": "b"},
            "Address",
            ("Address: was a, is now b",),
        ),
    ],
)
def test_a_change_says_what_was_and_what_is(
    fields: dict[str, object], title: str, lines: tuple[str, ...]
) -> None:
    assert event_line(difference(**fields)) == title
    assert change_lines(difference(**fields)) == lines


def test_long_values_have_a_line_each() -> None:
    long = "a" * LONGEST_ON_A_LINE

    assert change_lines(difference(before=long, after="b")) == ("Dose", f"was {long}", "is now b")


def test_a_record_is_called_by_its_title_and_what_it_is() -> None:
    assert record_line(difference()) == "A (regimen)"
    assert record_line(difference(folder="", name="The site")) == "The site"


def test_changes_are_counted_by_record_and_kind() -> None:
    found = [difference(), difference(kind="safety", id="b"), difference(before="1 mg")]

    assert summary_line([]) == NO_DIFFERENCE
    assert summary_line(found[:1]) == "1 change in 1 record: 1 dose."
    assert summary_line(found) == "3 changes in 2 records: 2 dose and 1 safety."
    assert summary_line([difference(folder="", kind="wording")]).startswith(
        "1 change in no records"
    )
