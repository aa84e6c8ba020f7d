"""Languages by their tags in BCP 47: names for pages, decimal marks for figures."""

from __future__ import annotations

import pytest
from pydantic import ValidationError
from sound import source

from sitegen.check import evidence
from sitegen.derive.references import csl
from sitegen.model.languages import (
    BUILT_IN,
    decimal_mark,
    language_name,
    language_tag,
    tag_of_text,
)


@pytest.mark.parametrize("tag", BUILT_IN.by_tag)
def test_a_tag_and_a_name_are_the_same_language(tag: str) -> None:
    known = BUILT_IN.by_tag[tag]

    assert language_name(tag) == language_name(known.name) == known.name
    assert language_tag(tag) == language_tag(known.name) == tag
    assert decimal_mark(tag) == decimal_mark(known.name) == known.decimal
    for written in (tag, known.name):
        record = source(language=written)
        assert csl(record)["language"] == tag
        assert evidence.decimal_mark(record) == known.decimal


@pytest.mark.parametrize(
    ("text", "name", "tag", "mark"),
    [
        ("ru-Latn", "Russian (Latn)", "ru-Latn", ","),
        ("de-CH", "German (CH)", "de-CH", ""),
        ("zh-Hant-TW", "Chinese (traditional characters) (TW)", "zh-Hant-TW", ""),
        ("en-GB", "English (GB)", "en-GB", ""),
        ("Russian, with a summary in English", "Russian, with a summary in English", "ru", ","),
        ("Imaginarian", "Imaginarian", None, ""),
    ],
)
def test_a_language_outside_the_table_has_what_is_sure(
    text: str, name: str, tag: str | None, mark: str
) -> None:
    assert (language_name(text), language_tag(text), decimal_mark(text)) == (name, tag, mark)
    assert source(language=text).language == text


@pytest.mark.parametrize("text", ["qx", "xx-Latn", "not reported", ""])
def test_a_tag_of_no_known_language_is_refused(text: str) -> None:
    with pytest.raises(ValidationError, match="must be"):
        source(language=text)


@pytest.mark.parametrize(
    ("text", "language", "tag"),
    [
        ("Экземплин", "ru", "ru"),
        ("Экземплин", "Russian", "ru"),
        ("Examplin", "ru", None),
        ("Examplin", "en", None),
        ("Examplin", "en-GB", None),
        ("Beispiel", "de", "de"),
        ("例子", "zh-Hans", "zh-Hans"),
        ("Ekzemplo", "Imaginarian", None),
    ],
)
def test_a_text_is_marked_only_where_its_language_is_sure(
    text: str, language: str, tag: str | None
) -> None:
    assert tag_of_text(text, language) == tag


def test_an_original_title_is_cited_beside_a_translated_one() -> None:
    record = source(title_is="translated", original_title="Икота", language="ru")

    assert csl(record)["original-title"] == "Икота"
    with pytest.raises(ValidationError, match="only where title_is"):
        source(original_title="Икота")
