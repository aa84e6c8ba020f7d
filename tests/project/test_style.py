"""The project's own rules that can be checked by reading its files."""

from __future__ import annotations

import ast
import functools
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
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
    "build.py",
    "publish/atomic.py",
    "publish/preview_server.py",
    "tools/print_pdf.py",
}
# Words that are ids or names in the data and ordinary words of the code too.
ORDINARY = {"article", "letter", "report", "source", "review", "register", "pregnancy"}


def name(path: Path) -> str:
    """A script's path from scripts/."""
    return path.relative_to(ROOT / "scripts").as_posix()


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


@pytest.mark.parametrize("path", SCRIPTS, ids=name)
def test_a_function_has_25_lines_or_fewer(path: Path) -> None:
    long = {function.name: lines_of_body(function) for function in functions(path)}

    assert {name: lines for name, lines in long.items() if lines > MAX_LINES} == {}


def test_few_modules_print() -> None:
    printing = {
        name(path)
        for path in SCRIPTS
        for node in ast.walk(parsed(path))
        if isinstance(node, ast.Name) and node.id == "print"
    }

    assert printing == PRINTING


@pytest.mark.parametrize("path", SCRIPTS, ids=name)
def test_no_control_flow_hides_an_error(path: Path) -> None:
    tree = parsed(path)
    handlers = [node for node in ast.walk(tree) if isinstance(node, ast.ExceptHandler)]
    hiding = [handler for handler in handlers if not raises_again(handler)]
    caught = {ast.unparse(handler.type) if handler.type else "everything" for handler in hiding}

    assert not [node.lineno for node in ast.walk(tree) if isinstance(node, ast.Assert)]
    assert not caught & {"everything", "Exception", "BaseException"}


def raises_again(handler: ast.ExceptHandler) -> bool:
    """Whether a handler ends by raising what it caught."""
    last = handler.body[-1]
    return isinstance(last, ast.Raise) and last.exc is None


@pytest.mark.parametrize("path", SCRIPTS, ids=name)
def test_a_module_says_what_it_is_for(path: Path) -> None:
    assert ast.get_docstring(parsed(path))


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_a_template_never_calls_its_text_safe(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    if path.is_relative_to(ROOT / "templates" / "theme"):
        return  # the frame is rendered by the theme, which hands it finished HTML

    assert not re.findall(r"\|\s*safe\b|\bautoescape\b|\bMarkup\b", text)


@pytest.mark.parametrize("path", WRITTEN_HERE, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_a_line_of_a_template_has_140_characters_or_fewer(path: Path) -> None:
    lines = path.read_text(encoding="utf-8").splitlines()

    long = [number for number, line in enumerate(lines, 1) if len(line) > MAX_WIDTH_OF_TEMPLATES]
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


@functools.cache
def any_name_in_the_data() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, sorted(names_in_the_data())))})\b")


@pytest.mark.parametrize(
    "path", [*SCRIPTS, *TEMPLATES], ids=lambda path: path.relative_to(ROOT).as_posix()
)
def test_nothing_knows_the_drug(path: Path) -> None:
    text = path.read_text(encoding="utf-8").lower()

    assert set(any_name_in_the_data().findall(text)) == set()


def test_there_are_names_to_look_for() -> None:
    assert len(names_in_the_data()) > 5
