"""Codes of units by the grammar of UCUM: what a data folder may bring."""

from __future__ import annotations

import pytest
from ucumvert import get_ucum_parser

from sitegen.model.ucum import is_code
from sitegen.model.units import BUILT_IN

UCUM = get_ucum_parser()


@pytest.mark.parametrize("code", [unit.ucum for unit in BUILT_IN.all if unit.ucum])
def test_every_code_of_the_program_is_one(code: str) -> None:
    assert is_code(code)


@pytest.mark.parametrize(
    "code", ["mg", "[iU]/L", "{tablet}", "m2", "s-1", "10*6", "10*6/L", "mg{dry}", "/min", "kat"]
)
def test_a_code_is_one_by_the_published_grammar_too(code: str) -> None:
    assert is_code(code)
    assert UCUM.parse(code)


@pytest.mark.parametrize(
    "code", ["", "{tablet", "tablet}", "[iU", "mg per day", "mg//L", "mg/", ".mg", "мг", "µg", "2x"]
)
def test_what_breaks_the_grammar_is_none(code: str) -> None:
    assert not is_code(code)
