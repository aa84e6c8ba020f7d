"""The tables of one site: the units, routes, languages and terminologies that its records know.

The tables of the program stand for every site; a data folder may add to them. They are looked up
by name while its records are read, and while anything is made of them, so they are held in context
variables: two sites in one process, or in two threads, never see each other's.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar, Token
from dataclasses import dataclass, field
from functools import lru_cache, wraps
from typing import Any, ParamSpec, TypeVar

from sitegen.model import languages, routes, terminologies, units

P = ParamSpec("P")
T = TypeVar("T")


@dataclass(frozen=True, eq=False)
class Vocabulary:
    """The tables of one site."""

    units: units.Units = units.BUILT_IN
    routes: routes.Routes = routes.BUILT_IN
    languages: languages.Languages = languages.BUILT_IN
    terminologies: Mapping[str, str] = field(default_factory=lambda: terminologies.BUILT_IN)
    text: str = ""
    """What the data folder adds, as it is written; nothing where it adds none."""

    @contextmanager
    def in_use(self) -> Iterator[None]:
        """Have every look-up of the block find these tables."""
        tables: tuple[tuple[ContextVar[Any], Any], ...] = (
            (units.IN_USE, self.units),
            (routes.IN_USE, self.routes),
            (languages.IN_USE, self.languages),
            (terminologies.IN_USE, self.terminologies),
        )
        tokens: list[tuple[ContextVar[Any], Token[Any]]] = []
        for variable, table in tables:
            tokens.append((variable, variable.set(table)))
        try:
            yield
        finally:
            for variable, token in tokens:
                variable.reset(token)

    def run(self, work: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Return what work returns with these tables in use."""
        with self.in_use():
            return work(*args, **kwargs)


BUILT_IN = Vocabulary()
"""The tables of the program alone."""


def cached(maxsize: int) -> Callable[[Callable[P, T]], Callable[P, T]]:
    """Return a decorator that caches the results of a function by its arguments and the tables."""

    def decorate(function: Callable[P, T]) -> Callable[P, T]:
        @lru_cache(maxsize)
        def with_tables(tables: object, *args: P.args, **kwargs: P.kwargs) -> T:
            return function(*args, **kwargs)

        @wraps(function)
        def with_tables_in_use(*args: P.args, **kwargs: P.kwargs) -> T:
            tables = units.units(), routes.routes(), languages.languages()
            return with_tables(tables, *args, **kwargs)  # type: ignore[arg-type]

        return with_tables_in_use

    return decorate
