"""What the publisher keeps of a page gives back what MkDocs would have read."""

from __future__ import annotations

import datetime

import pytest

from publisher import _is_of_json


@pytest.mark.parametrize(
    ("meta", "kept"),
    [
        ({"title": "x", "search": {"exclude": True}, "hide": ["toc"]}, True),
        ({}, True),
        ({"date": datetime.date(2026, 1, 1)}, False),
        ({"title": datetime.datetime(2026, 1, 1, 12)}, False),
        ({1: "a number for a name"}, False),
        ({"tags": ("a", "b")}, False),
    ],
)
def test_front_matter_is_kept_only_where_it_comes_back_as_it_was(
    meta: dict[object, object], kept: bool
) -> None:
    assert _is_of_json(meta) == kept
