"""Values that are worked out when they are asked for."""

from __future__ import annotations

import pytest

from sitegen.incremental.lazy import LazyMapping


def test_a_value_is_computed_once_when_it_is_first_read() -> None:
    computed: list[str] = []

    def make(name: str) -> str:
        computed.append(name)
        return name.upper()

    values = LazyMapping(["a", "b", "a"], make)

    assert list(values) == ["a", "b"]
    assert len(values) == 2
    assert "a" in values
    assert computed == []
    assert (values["b"], values["b"], values.get("b")) == ("B", "B", "B")
    assert computed == ["b"]
    assert dict(values) == {"a": "A", "b": "B"}


def test_there_is_no_value_of_another_name() -> None:
    values = LazyMapping(["a"], str.upper)

    assert "c" not in values
    assert values.get("c") is None
    with pytest.raises(KeyError, match="c"):
        values["c"]
