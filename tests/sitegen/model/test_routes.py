"""The routes of administration: one name for each, and no spelling of two."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pytest
from pydantic import TypeAdapter, ValidationError

from sitegen.model.absence import Absence
from sitegen.model.figures_in_prose import registered
from sitegen.model.routes import BUILT_IN
from sitegen.model.values import Route

ROUTES = BUILT_IN.by_name
ADAPTER: TypeAdapter[Any] = TypeAdapter(Route)


def test_no_spelling_is_of_two_routes() -> None:
    spelt = Counter(text for route in ROUTES.values() for text in {route.name, *route.spellings})

    assert [text for text, times in spelt.items() if times > 1] == []
    assert [text for text in spelt if text != " ".join(text.casefold().split())] == []


@pytest.mark.parametrize("name", ROUTES)
def test_a_record_has_a_route_by_its_name_alone(name: str) -> None:
    assert ADAPTER.validate_python(name) == name
    for spelling in ROUTES[name].spellings:
        with pytest.raises(ValidationError, match=f"write '{name}'"):
            ADAPTER.validate_python(spelling)
        assert BUILT_IN.spelt(spelling.upper()) == name


def test_an_unknown_route_is_refused_and_a_word_of_absence_taken() -> None:
    with pytest.raises(ValidationError, match=r"a route by its name .did you mean 'oral'"):
        ADAPTER.validate_python("orral")
    with pytest.raises(ValidationError, match="must be one of intranasal, "):
        ADAPTER.validate_python(["oral"])
    assert ADAPTER.validate_python("not reported") is Absence.NOT_REPORTED
    assert BUILT_IN.spelt("by nobody") is None


@pytest.mark.parametrize("name", ROUTES)
def test_a_route_beside_an_amount_leaves_it_what_it_is(name: str) -> None:
    [figure] = registered(f"4 mg {name}")

    assert figure.understood
