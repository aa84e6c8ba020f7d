"""Every statement says when it is true, and is held against that by a test."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

import pytest
from folders import ROOT

STATEMENTS = ROOT / "scripts/sitegen/statements"
TESTS = "\n".join(
    path.read_text("utf-8")
    for path in (ROOT / "tests").rglob("test_*.py")
    if path.name != "test_every_statement.py"
)


def statements() -> Iterator[tuple[str, ast.FunctionDef]]:
    """Every public function and property of the package, with its module."""
    for path in sorted(STATEMENTS.glob("*.py")):
        for node in ast.parse(path.read_text("utf-8")).body:
            inner = node.body if isinstance(node, ast.ClassDef) else [node]
            for function in inner:
                if isinstance(function, ast.FunctionDef) and not function.name.startswith("_"):
                    yield path.stem, function


@pytest.mark.parametrize(
    ("module", "function"),
    [pytest.param(*found, id=f"{found[0]}.{found[1].name}") for found in statements()],
)
def test_a_statement_says_when_it_is_true_and_is_tried(
    module: str, function: ast.FunctionDef
) -> None:
    assert ast.get_docstring(function), "has no docstring"
    assert re.search(rf"\b{function.name}\b", TESTS), "no test names it"
