"""A field is described by what is given to it, or by the docstring below it."""

from __future__ import annotations

from typing import get_args

import pytest
from pydantic import Field, TypeAdapter, ValidationError

from sitegen.model import KINDS, Frozen, Product, Source, Study
from sitegen.model.field_docs import field_docs
from sitegen.model.source import Trait, Verification
from sitegen.model.values import Reported


class _Described(Frozen):
    given: str = Field(description="As given.")
    plain: str


def test_every_field_of_every_kind_is_described() -> None:
    for kind in KINDS:
        assert set(kind.model_fields) == set(field_docs(kind)), kind


def test_the_docstring_is_that_below_the_field_also_in_a_model_that_inherits_it() -> None:
    source = Study.__mro__[1]
    shared = set(source.model_fields) & set(field_docs(source))
    assert shared
    assert all(field_docs(Study)[name] == field_docs(source)[name] for name in shared)


def test_what_is_given_to_a_field_comes_first_and_no_docstring_is_none() -> None:
    assert field_docs(_Described) == {"given": "As given."}
    assert field_docs(Reported)["note"] == "A curator's remark; never a source's words."


@pytest.mark.parametrize(
    ("described", "words_of", "field"),
    [
        (field_docs(Source)["character"], Trait, "word"),
        (field_docs(Verification)["level"], Verification, "level"),
    ],
    ids=["character", "level"],
)
def test_each_word_on_a_source_is_defined(
    described: str, words_of: type[Frozen], field: str
) -> None:
    words = get_args(words_of.model_fields[field].annotation)
    assert words
    assert [word for word in words if f"`{word}`: " not in described] == []


def test_the_strength_of_a_tablet_is_described_and_taken() -> None:
    assert "in one tablet" in field_docs(Product)["strength"]
    read = TypeAdapter(Product.model_fields["strength"].annotation).validate_python
    assert str(read("50 mg/tablet").value) == "50 mg/tablet"
    with pytest.raises(ValidationError, match=r"such as '1 mg/mL' or '50 mg/tablet'"):
        read("50 mg")


def test_a_schema_has_the_descriptions() -> None:
    properties = Study.model_json_schema(mode="serialization")["properties"]
    described = {name: properties[name].get("description") for name in field_docs(Study)}
    assert described == field_docs(Study)
