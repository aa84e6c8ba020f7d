"""Every statement says when it is true, and is held against that by a test of its own.

A test of `tests/sitegen/statements` names the module of a statement and calls it; a word that is
only the same counts for nothing.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from folders import ROOT

STATEMENTS = ROOT / "scripts/sitegen/statements"
PACKAGE = "sitegen.statements"
# What says when a sentence is true, or what it is made of.
CONDITION = re.compile(
    r"\b(?:where|only|else|empty|None|nothing|unless|if|whether|how|why|each|true|or)\b"
)


def statements() -> Iterator[tuple[str, ast.FunctionDef]]:
    """Every public function and property of the package, with its module."""
    for path in sorted(STATEMENTS.glob("*.py")):
        for node in ast.parse(path.read_text("utf-8")).body:
            inner = node.body if isinstance(node, ast.ClassDef) else [node]
            for function in inner:
                if isinstance(function, ast.FunctionDef) and not function.name.startswith("_"):
                    yield path.stem, function


@cache
def tried() -> set[tuple[str, str]]:
    """Each statement that a test uses, by module and name; a property by its name alone."""
    return {found for path in (ROOT / "tests").rglob("test_*.py") for found in used_in(path)}


def used_in(path: Path) -> Iterator[tuple[str, str]]:
    """What a test file uses of the package: by a name it imports, or through a module."""
    tree = ast.parse(path.read_text("utf-8"))
    names: dict[str, tuple[str, str]] = {}
    modules: dict[str, str] = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith(PACKAGE):
            module = (node.module or "").removeprefix(PACKAGE).removeprefix(".")
            for alias in node.names:
                if module:
                    names[alias.asname or alias.name] = (module, alias.name)
                else:
                    modules[alias.asname or alias.name] = alias.name
    for node in ast.walk(tree):
        if isinstance(node, ast.Name) and node.id in names:
            yield names[node.id]
        elif isinstance(node, ast.Attribute):
            owner = node.value.id if isinstance(node.value, ast.Name) else ""
            yield modules.get(owner, ""), node.attr


@pytest.mark.parametrize(
    ("module", "function"),
    [pytest.param(*found, id=f"{found[0]}.{found[1].name}") for found in statements()],
)
def test_a_statement_says_when_it_is_true_and_is_tried(
    module: str, function: ast.FunctionDef
) -> None:
    says = ast.get_docstring(function) or ""
    is_property = any(ast.unparse(one) == "property" for one in function.decorator_list)

    assert CONDITION.search(says), "its docstring does not say when it is true"
    assert len(says.split()) >= 6, "its docstring does not say when it is true"
    assert ("" if is_property else module, function.name) in tried(), "no test calls it"


# ---- no sentence elsewhere ----------------------------------------------------------------------

_FORMULA = "formulas, with the assumption that a computed value rests on"
_VALUE = "one value of a record in words, which other modules compare"
_COLUMN = "what a column, a table or a file is, whatever the data"
NO_SENTENCES = {
    "derive/agreement.py": "messages for curators",
    "derive/ceilings.py": _FORMULA,
    "derive/course.py": _FORMULA,
    "derive/ingredients.py": _FORMULA,
    "derive/sizes.py": _FORMULA,
    "derive/volumes.py": _FORMULA,
    "derive/dose_sites.py": _VALUE,
    "derive/frequency.py": _VALUE,
    "derive/phases.py": _VALUE,
    "derive/weeks.py": _VALUE,
    "derive/questions.py": "what a value is of, by which answers are matched",
    "pages/charts/doses.py": "what the marks of a picture stand for",
    "export/change_report.py": "the heading of a report for curators",
    "export/columns.py": _COLUMN,
    "export/computed.py": _COLUMN,
    "export/datapackage.py": _COLUMN,
    "export/fhir.py": "which records FHIR cannot carry, one by one",
    "export/jsonld.py": _COLUMN,
    "export/links.py": _COLUMN,
    "export/sqlite.py": _COLUMN,
    "export/sqlite_views.py": _COLUMN,
    "export/table.py": _COLUMN,
    "export/tables.py": _COLUMN,
}
"""The modules outside the package that put values into words, and what they make of them."""
_WORD = re.compile(r"(?<![\w/.<-])[a-z]{2,}(?![\w/.=>-])")


def composes(path: Path) -> bool:
    """Whether a module puts values between two or more words; messages of errors are none."""
    tree = ast.parse(path.read_text("utf-8"))
    raised = {
        id(inner)
        for node in ast.walk(tree)
        if isinstance(node, ast.Raise)
        for inner in ast.walk(node)
    }
    texts = (
        " ".join(str(part.value) for part in node.values if isinstance(part, ast.Constant))
        for node in ast.walk(tree)
        if isinstance(node, ast.JoinedStr) and id(node) not in raised
    )
    return any(len(_WORD.findall(text)) > 1 and "<" not in text for text in texts)


def test_no_module_but_a_statement_composes_a_sentence() -> None:
    package = ROOT / "scripts/sitegen"
    found = {
        path.relative_to(package).as_posix()
        for folder in ("derive", "pages", "export", "search", "pipeline")
        for path in (package / folder).rglob("*.py")
        if composes(path)
    }

    assert found == set(NO_SENTENCES)
