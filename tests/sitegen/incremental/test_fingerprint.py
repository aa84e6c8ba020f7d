"""Fingerprints are equal for equal values, and for no others."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitegen.incremental.cache import Cache
from sitegen.incremental.fingerprint import (
    NO_FINGERPRINT,
    code_version,
    fingerprint,
    fingerprint_of_files,
    fingerprint_or_none,
)

PLAIN = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text() | st.fractions() | st.binary(),
    lambda inner: st.lists(inner).map(tuple) | st.dictionaries(st.text(), inner),
    max_leaves=12,
)


@given(PLAIN, PLAIN)
def test_equal_values_and_no_others_have_one_fingerprint(one: object, other: object) -> None:
    assert (fingerprint(one) == fingerprint(other)) == (repr(one) == repr(other))


@given(st.lists(st.text()), st.lists(st.text()))
def test_similar_values_have_different_fingerprints(one: list[str], other: list[str]) -> None:
    assert (fingerprint(*one) == fingerprint(*other)) == (one == other)


@dataclass(frozen=True)
class Pair:
    """Two values."""

    one: object
    other: object


@dataclass(frozen=True)
class Couple:
    """The same under another name."""

    one: object
    other: object


class Colour(Enum):
    """A value of a closed list."""

    RED = "1"


def test_values_of_different_types_and_parts_have_different_fingerprints() -> None:
    values: list[object] = [
        Pair(1, 2),
        Pair(2, 1),
        Couple(1, 2),
        (1, 2),
        {1, 2},
        {"1": 2},
        Fraction(1, 3),
        "1/3",
        1.5,
        "1.5",
        Path("1.5"),
        Colour.RED,
        len,
        fingerprint,
        Pair,
    ]

    assert len({fingerprint(value) for value in values}) == len(values)


def test_the_order_of_a_set_does_not_count() -> None:
    words = [f"word {number}" for number in range(50)]

    assert fingerprint({*words}) == fingerprint({*words[::-1]})


def test_an_object_known_by_its_place_in_memory_is_refused() -> None:
    with pytest.raises(TypeError, match="a object has no fingerprint"):
        fingerprint(Pair(1, object()))
    with pytest.raises(TypeError):
        Cache(None).key("settings", object())
    assert fingerprint_or_none(Pair(1, object())) == NO_FINGERPRINT


def test_a_value_with_an_identity_is_known_by_it() -> None:
    def identify(value: object) -> str | None:
        return f"pair {value.one}" if isinstance(value, Pair) else None

    one, other = (fingerprint_or_none((Pair(1, value),), identify) for value in (2, 3))

    assert one == other
    assert one != fingerprint_or_none((Pair(2, 2),), identify)
    assert fingerprint_or_none(Pair(1, 2), lambda value: NO_FINGERPRINT) == NO_FINGERPRINT


def test_a_name_and_a_content_count_among_files(tmp_path: Path) -> None:
    (tmp_path / "a").write_text("x")
    first = fingerprint_of_files([tmp_path])
    (tmp_path / "a").rename(tmp_path / "b")
    second = fingerprint_of_files([tmp_path])
    (tmp_path / "b").write_text("y")

    assert len({first, second, fingerprint_of_files([tmp_path])}) == 3


@pytest.mark.parametrize("name", ["a.py", "a.toml"])
def test_the_version_changes_with_the_code_and_its_tables(name: str, tmp_path: Path) -> None:
    (tmp_path / name).write_text("x = 1")
    first = code_version(tmp_path)
    (tmp_path / name).write_text("x = 2")

    assert code_version(tmp_path) != first


def test_a_cache_of_another_version_has_other_keys() -> None:
    assert Cache(None, "1").key("a") != Cache(None, "2").key("a")
