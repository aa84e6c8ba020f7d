"""The text that a filter searches besides the cells of a row."""

from __future__ import annotations

from sound import source, study

from sitegen.derive.hidden_text import hidden_text


def test_fields_that_are_not_shown_are_in_the_text() -> None:
    report = study(design="Double-blind", allocation="At random", comparator="Placebo")

    text = hidden_text(report, "comparator")

    assert "Double-blind; At random" in text
    assert "Placebo" not in text


def test_a_word_of_absence_is_no_text() -> None:
    report = study(design="not reported", blinding="unclear", allocation="not extracted")

    assert all(word not in hidden_text(report) for word in ("not", "unclear"))


def test_every_author_is_in_the_text() -> None:
    assert "Abel A, Bond B, Card C" in hidden_text(source(author=["Abel A", "Bond B", "Card C"]))
