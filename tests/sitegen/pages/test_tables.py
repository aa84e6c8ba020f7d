"""Tables: few rows need no tools, and what depends on a reading has no place in an order."""

from __future__ import annotations

from pathlib import Path

import pytest
from made_records import TWO_READINGS, regimen
from sound import rich_folder

from sitegen.derive.course import courses
from sitegen.derive.relations import Named
from sitegen.derive.sizes import conditional_ways, courses_of
from sitegen.model.quantity import quantity
from sitegen.pages.tables import (
    clear_way,
    has_anchor_here,
    is_interactive,
    sort_amount,
    tools,
    unclear_value,
)
from sitegen.read.load import load


@pytest.mark.parametrize(("rows", "classes"), [(0, ""), (3, ""), (4, " sortable filterable")])
def test_few_rows_need_no_tools(rows: int, classes: str) -> None:
    assert tools(range(rows)) == classes


@pytest.mark.parametrize(
    ("kind", "is_one"),
    [("", False), ("stack", False), ("stack filterable", True), ("sortable", True)],
)
def test_a_table_with_tools_has_a_key(kind: str, is_one: bool) -> None:
    assert is_interactive(kind) is is_one


def test_a_total_sorts_by_its_amount() -> None:
    clear = courses(regimen(each="9 mg", times="2 per day", length="not reported"))

    assert sort_amount(clear, "daily") == quantity("18 mg per day")
    assert sort_amount(clear, "total") is None


def test_a_total_that_depends_on_a_reading_sorts_by_nothing() -> None:
    unclear = courses(regimen(each="9 mg", times="unclear", length="1 week", readings=TWO_READINGS))

    assert sort_amount(unclear, "per_dose") == quantity("9 mg")
    assert sort_amount(unclear, "daily") is None


def test_a_total_is_shown_alone_only_where_no_condition_goes_with_it(tmp_path: Path) -> None:
    site = load(rich_folder(tmp_path)).site
    clear, drops = (courses_of(site, site.regimens[id]) for id in ("hiccups", "drops"))

    assert clear_way(conditional_ways(clear, "daily")) is clear[0]
    assert clear_way(conditional_ways(drops, "per_dose")) is None
    assert clear_way(conditional_ways(drops, "total")) is None


@pytest.mark.parametrize(
    ("fields", "unclear"),
    [
        ({}, (False, False)),
        ({"times": "unclear", "readings": TWO_READINGS}, (True, True)),
        ({"length": "unclear", "lengths": ["5 days", "10 days"]}, (False, True)),
        ({"length": "unclear"}, (False, False)),
    ],
)
def test_a_total_that_has_readings_depends_on_what_is_unclear(
    fields: dict[str, object], unclear: tuple[bool, bool]
) -> None:
    given = regimen(**{"each": "9 mg", **fields})

    assert tuple(unclear_value(given, of) is not None for of in ("daily", "total")) == unclear
    assert unclear_value(given, "per_dose") is None


def test_of_the_rows_of_a_regimen_the_first_of_its_conditions_has_its_anchor(
    tmp_path: Path,
) -> None:
    conditions = load(rich_folder(tmp_path)).site.conditions
    first, second = [Named.of(condition) for condition in list(conditions.values())[:2]]
    given = regimen(conditions=[first.id, second.id])

    assert has_anchor_here(given, first)
    assert not has_anchor_here(given, second)
    assert has_anchor_here(regimen(conditions=[], situation="Anyone"), None)
