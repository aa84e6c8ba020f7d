"""How values stand to each other: agree, overlap, conflict, and how far apart they are."""

from __future__ import annotations

from collections.abc import Callable
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitegen.derive.standing import Alarm, Distance, Standing, distance, standing
from sitegen.model.quantity import Quantity, QuantityError, quantity, unit


def amounts(*sources: str) -> list[list[Quantity]]:
    """What each source gives: one amount, or several that it may mean, between semicolons."""
    return [[quantity(text) for text in source.split("; ")] for source in sources]


@pytest.mark.parametrize(
    ("sources", "expected"),
    [
        pytest.param([], "only one source", id="none"),
        pytest.param(["6 mg"], "only one source", id="one"),
        pytest.param(["6 mg; 9 mg"], "only one source", id="one that may mean two"),
        pytest.param(["6 mg", "6 mg"], "agree", id="the same"),
        pytest.param(["6 mg", "6 mg", "6 mg"], "agree", id="three the same"),
        pytest.param(["1 week", "7 days"], "agree", id="the same in another unit"),
        pytest.param(["200 micrograms", "0.2 mg"], "agree", id="the same mass"),
        pytest.param(["5 days; 10 days", "10 days; 5 days"], "agree", id="the same two"),
        pytest.param(["> 300 people", "> 300 people"], "agree", id="the same bound"),
        pytest.param(["5-10 days", "10-14 days"], "overlap", id="ranges that touch"),
        pytest.param(["5-10 days", "7 days"], "overlap", id="a number in a range"),
        pytest.param(["5 days; 10 days", "10 days"], "overlap", id="one of two"),
        pytest.param(["≥ 5 mg", "5 mg"], "overlap", id="the end that a bound holds"),
        pytest.param(["≤ 5 mg", "≥ 5 mg"], "overlap", id="two bounds that hold their end"),
        pytest.param(["> 300 people", "301 people"], "overlap", id="past a strict bound"),
        pytest.param(["> 3 mg", "≥ 9 mg"], "overlap", id="two bounds without an upper end"),
        pytest.param(["6 mg", "7 mg"], "conflict", id="two numbers"),
        pytest.param(["5-10 days", "11-14 days"], "conflict", id="ranges apart"),
        pytest.param(["> 300 people", "300 people"], "conflict", id="the end of a strict bound"),
        pytest.param(["< 5 mg", "≥ 5 mg"], "conflict", id="a strict bound against its end"),
        pytest.param(["> 5 mg", "< 5 mg"], "conflict", id="two strict bounds with one end"),
        pytest.param(["5-10 mg", "10-15 mg", "15-20 mg"], "conflict", id="the outer two are apart"),
        pytest.param(["6 mg", "6 mg", "9 mg"], "conflict", id="one of three differs"),
    ],
)
def test_the_standing_of_amounts_is_that_of_their_ranges(sources: list[str], expected: str) -> None:
    assert standing(amounts(*sources)) is Standing(expected)


TENFOLD = Alarm.TENFOLD
THOUSANDFOLD = Alarm.THOUSANDFOLD


@pytest.mark.parametrize(
    ("sources", "times", "alarm"),
    [
        (["6 mg", "9 mg"], "1.5", None),
        (["6 mg", "59.9 mg"], "9.98333333", None),
        (["6 mg", "60 mg"], "10", TENFOLD),
        (["60 mg", "6 mg"], "10", TENFOLD),
        (["0.6 mg", "6000 micrograms"], "10", TENFOLD),
        (["1 mg", "999.9 mg"], "999.9", TENFOLD),
        (["50 micrograms/kg", "50 mg/kg"], "1000", THOUSANDFOLD),
        (["2 mg", "4 mg", "40 mg"], "20", TENFOLD),
        (["5-10 mg", "20-400 mg"], "2", None),
        (["5 mg; 40 mg", "400 mg"], "10", TENFOLD),
        (["> 300 people", "30 people"], "10", TENFOLD),
        (["> 5 mg", "5 mg"], "1", None),
    ],
)
def test_a_distance_is_that_of_the_nearer_ends(
    sources: list[str], times: str, alarm: str | None
) -> None:
    found = distance(amounts(*sources))

    assert found
    assert (f"{float(found.times):.9g}", found.alarm) == (times, alarm)


@pytest.mark.parametrize(
    "sources",
    [
        pytest.param(["6 mg"], id="one source"),
        pytest.param(["6 mg", "6 mg"], id="the same"),
        pytest.param(["5-10 days", "1 week"], id="an overlap"),
    ],
)
def test_amounts_that_meet_have_no_distance(sources: list[str]) -> None:
    assert distance(amounts(*sources)) is None


def test_nothing_has_no_distance() -> None:
    assert distance([]) is None


@pytest.mark.parametrize("compare", [standing, distance], ids=["standing", "distance"])
def test_amounts_of_two_dimensions_cannot_be_compared(
    compare: Callable[[list[list[Quantity]]], object],
) -> None:
    with pytest.raises(QuantityError, match=r"^5 mg/kg and 5 mg cannot be compared$"):
        compare(amounts("5 mg", "5 mg/kg"))


# ---- whatever the amounts --------------------------------------------------------------------

_masses = st.builds(
    lambda number, unit_name, bound: f"{bound}{number} {unit_name}",
    st.integers(1, 2000),
    st.sampled_from(["mg", "micrograms", "g"]),
    st.sampled_from(["", "> ", "≥ ", "< ", "≤ "]),
)
_ranges = st.builds(
    lambda low, more: f"{low}-{low + more} mg", st.integers(1, 50), st.integers(1, 50)
)
_sources = st.lists(st.one_of(_masses, _ranges).map(quantity), min_size=1, max_size=3)


@given(st.lists(_sources, max_size=4), st.randoms(use_true_random=False))
def test_the_order_of_sources_changes_nothing(
    given_by: list[list[Quantity]], random: Random
) -> None:
    shuffled = [list(source) for source in given_by]
    random.shuffle(shuffled)
    for source in shuffled:
        random.shuffle(source)

    assert (standing(shuffled), distance(shuffled)) == (standing(given_by), distance(given_by))


@given(_sources)
def test_a_source_agrees_with_itself(source: list[Quantity]) -> None:
    assert standing([source, source]) is Standing.AGREE
    assert distance([source, source]) is None


@given(_sources, _sources)
def test_only_a_conflict_has_a_distance(one: list[Quantity], other: list[Quantity]) -> None:
    found = distance([one, other])

    assert (found is not None) == (standing([one, other]) is Standing.CONFLICT)
    assert found is None or found.times >= 1


@given(_sources, _sources)
def test_another_unit_changes_nothing(one: list[Quantity], other: list[Quantity]) -> None:
    in_grams = [amount.to(unit("g")) for amount in one]

    assert standing([in_grams, other]) is standing([one, other])
    assert distance([in_grams, other]) == distance([one, other])


@given(st.integers(1, 5000))
def test_an_alarm_begins_at_exactly_tenfold_and_thousandfold(times: int) -> None:
    alarm = Distance(quantity(f"{times} times").range.low or 0).alarm

    assert alarm == (THOUSANDFOLD if times >= 1000 else TENFOLD if times >= 10 else None)
