"""The project's own rules that can be checked by reading its files."""

from __future__ import annotations

import ast
import functools
import re
from collections.abc import Iterator
from pathlib import Path

import yaml
from folders import ROOT

SCRIPTS = sorted((ROOT / "scripts").rglob("*.py"))
TEMPLATES = sorted(path for path in (ROOT / "templates").rglob("*") if path.is_file())
WRITTEN_HERE = [path for path in TEMPLATES if path.suffix != ".csl"]
"""The templates, without the style of references, which others wrote."""
MAX_LINES = 25
MAX_WIDTH_OF_TEMPLATES = 140

# The modules that print; every other one returns what it has to say.
PRINTING = {
    "commands/console.py",
    "publish/atomic.py",
    "publish/preview_server.py",
    "tools/print_pdf.py",
}
# Words that are ids or names in the data and ordinary words of the code too.
ORDINARY = {"article", "letter", "report", "source", "review", "register", "pregnancy"}


def name(path: Path) -> str:
    """A script's path from scripts/."""
    return path.relative_to(ROOT / "scripts").as_posix()


def place(path: Path) -> str:
    """A file's path from the root of the project."""
    return path.relative_to(ROOT).as_posix()


@functools.cache
def parsed(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def functions(path: Path) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    for node in ast.walk(parsed(path)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def lines_of_body(function: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """The lines of a function below its head, without its docstring."""
    body = function.body[1:] if ast.get_docstring(function) is not None else function.body
    if not body:
        return 0
    return (body[-1].end_lineno or 0) - body[0].lineno + 1


def test_a_function_has_25_lines_or_fewer() -> None:
    long = {
        f"{place(path)}: {function.name}": lines
        for path in SCRIPTS
        for function in functions(path)
        if (lines := lines_of_body(function)) > MAX_LINES
    }

    assert long == {}


def test_few_modules_print() -> None:
    printing = {
        name(path)
        for path in SCRIPTS
        for node in ast.walk(parsed(path))
        if isinstance(node, ast.Name) and node.id == "print"
    }

    assert printing == PRINTING


def test_no_control_flow_hides_an_error() -> None:
    hiding = {
        f"{place(path)}:{node.lineno}"
        for path in SCRIPTS
        for node in ast.walk(parsed(path))
        if isinstance(node, ast.Assert) or hides(node)
    }

    assert hiding == set()


def hides(node: ast.AST) -> bool:
    """Whether a node handles whatever was raised, and does not raise it again."""
    return (
        isinstance(node, ast.ExceptHandler)
        and not raises_again(node)
        and (not node.type or ast.unparse(node.type) in ("Exception", "BaseException"))
    )


def raises_again(handler: ast.ExceptHandler) -> bool:
    """Whether a handler ends by raising what it caught."""
    last = handler.body[-1]
    return isinstance(last, ast.Raise) and last.exc is None


def test_a_module_says_what_it_is_for() -> None:
    assert [place(path) for path in SCRIPTS if not ast.get_docstring(parsed(path))] == []


def test_a_template_never_calls_its_text_safe() -> None:
    calling = {
        place(path): re.findall(r"\|\s*safe\b|\bautoescape\b|\bMarkup\b", text_of(path))
        for path in TEMPLATES
        # The frame is rendered by the theme, which hands it finished HTML.
        if not path.is_relative_to(ROOT / "templates" / "theme")
    }

    assert len(calling) > 40
    assert {path: found for path, found in calling.items() if found} == {}


def text_of(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def test_a_line_of_a_template_has_140_characters_or_fewer() -> None:
    long = [
        f"{place(path)}:{number}"
        for path in WRITTEN_HERE
        for number, line in enumerate(text_of(path).splitlines(), 1)
        if len(line) > MAX_WIDTH_OF_TEMPLATES
    ]

    assert long == []


@functools.cache
def names_in_the_data() -> set[str]:
    """Names of substances, conditions and sources: what no code may know."""
    found: set[str] = set()
    for kind in ("substances", "conditions"):
        for path in (ROOT / "data" / kind).glob("*.yml"):
            found.add(yaml.safe_load(path.read_text(encoding="utf-8"))["name"])
            found.add(path.stem)
    found |= {path.stem for path in (ROOT / "data" / "sources").glob("*.yml")}
    lowered = {name.lower() for name in found if len(name) > 5 or not name.islower()}
    return {name for name in lowered if len(name) > 4} - ORDINARY


def test_nothing_knows_the_drug() -> None:
    any_name = re.compile(rf"\b(?:{'|'.join(map(re.escape, sorted(names_in_the_data())))})\b")
    knowing = {
        place(path): set(any_name.findall(text_of(path).lower())) for path in (*SCRIPTS, *TEMPLATES)
    }

    assert {path: found for path, found in knowing.items() if found} == {}


def test_there_are_names_to_look_for() -> None:
    assert len(names_in_the_data()) > 5
