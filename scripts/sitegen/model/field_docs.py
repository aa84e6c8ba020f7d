"""What the docstring below a field of a model says of it, read where it is first needed.

Pydantic can read them too (`use_attribute_docstrings`), but does so for each model at its import: a
fifth of a second at every start, for commands of which few show a field's description.
"""

from __future__ import annotations

import ast
import inspect
import sys
from collections.abc import Iterator, Mapping
from functools import cache
from itertools import pairwise
from typing import Any

from pydantic import BaseModel


@cache
def field_docs(model: type[BaseModel]) -> Mapping[str, str]:
    """Return the description of each field that has one: as given to `Field`, or its docstring.

    A field that a model inherits has the description of the model that defines it.
    """
    below = {
        name: text
        for defined in reversed(model.__mro__)
        for name, text in _docstrings(defined.__module__).get(defined.__qualname__, {}).items()
    }
    fields = model.model_fields.items()
    given = {name: field.description or below.get(name, "") for name, field in fields}
    return {name: text for name, text in given.items() if text}


@cache
def _docstrings(module: str) -> Mapping[str, Mapping[str, str]]:
    """Return the docstrings below fields, by class and field; of our own modules only."""
    if module.partition(".")[0] != __name__.partition(".")[0]:
        return {}
    tree = ast.parse(inspect.getsource(sys.modules[module]))
    return {one.name: dict(_of_class(one)) for one in tree.body if isinstance(one, ast.ClassDef)}


def _of_class(defined: ast.ClassDef) -> Iterator[tuple[str, str]]:
    for field, below in pairwise(defined.body):
        if isinstance(field, ast.AnnAssign) and isinstance(field.target, ast.Name):
            text: Any = below.value if isinstance(below, ast.Expr) else None
            if isinstance(text, ast.Constant) and isinstance(text.value, str):
                yield field.target.id, inspect.cleandoc(text.value)
