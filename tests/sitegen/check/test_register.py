"""The proof of a register of sentences against a copy of the text it was made from."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sound import SENTENCES, TEXT, read, replace, write

from sitegen.check.register import digest, draft, faults, normalise
from sitegen.read.load import load

LEAFLET = "sources/leaflet.yml"


def proof(data: Path, text: str = TEXT) -> list[str]:
    """What is wrong with a text as the source of a data folder."""
    site = load(data).site
    return list(faults(site, site.sources["leaflet"], text))


def test_the_text_that_a_register_was_made_from_bears_it_out(data: Path) -> None:
    assert proof(data) == []


@pytest.mark.parametrize(
    "laid_out",
    [
        pytest.param(lambda text: text.replace(" ", "\n"), id="a word a line"),
        pytest.param(lambda text: text.replace(" ", "\u00a0 \t"), id="other white space"),
        pytest.param(lambda text: text.replace("\n", "\r\n"), id="line ends of Windows"),
        pytest.param(
            lambda text: "> A word before.\n\n" + text + "And after.", id="more text around"
        ),
        pytest.param(lambda text: "\n".join(reversed(text.splitlines())), id="in another order"),
        pytest.param(lambda text: "(" + text.replace("\n", ")\n("), id="in brackets"),
        pytest.param(lambda text: "`" + text.replace("\n", "`\n`"), id="in code marks"),
    ],
)
def test_a_sentence_is_found_however_the_text_is_laid_out(
    data: Path, laid_out: Callable[[str], str]
) -> None:
    assert proof(data, laid_out(TEXT)) == []


@pytest.mark.parametrize(
    ("old", "new", "place"),
    [
        pytest.param("very good", "very bad", "use.1.2", id="a changed word"),
        pytest.param("40 patients", "41 patients", "use.1.2", id="a changed figure"),
        pytest.param("2–4 mg", "2-4 mg", "dosage.1.1", id="another dash"),
        pytest.param("0.5 ml", "0.5 mL", "dosage.1.2", id="a capital"),
        pytest.param("times, a week", "times a week", "dosage.1.2", id="a comma gone"),
        pytest.param("while asleep", "asleep", "safety.1.1", id="a word gone"),
        pytest.param("while asleep.", "while asleep!", "safety.1.1", id="another stop"),
    ],
)
def test_a_sentence_that_reads_otherwise_is_named(
    data: Path, old: str, new: str, place: str
) -> None:
    assert TEXT.count(old) == 1

    found = proof(data, TEXT.replace(old, new))

    assert found[0] == f"{place}: no sentence of this text has its digest"
    assert all(fault.startswith((place, "data/")) for fault in found)


def test_every_sentence_is_named_where_the_text_is_another(data: Path) -> None:
    found = proof(data, "Another text.")

    assert [fault for fault in found if fault.startswith("data/") is False] == [
        f"{place}: no sentence of this text has its digest" for place in SENTENCES
    ]


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        pytest.param(
            '"40 patients", "10 days"',
            '"40 patients"',
            ["use.1.2: the figures leave out 10"],
            id="a figure left out",
        ),
        pytest.param(
            '"May 3, 1999", "No. 12"',
            '"May 3"',
            ["safety.1.2: the figures leave out 1999, 12."],
            id="two figures left out",
        ),
        pytest.param(
            '"40 patients", "10 days"',
            '"40 patients", "0 days"',
            ["use.1.2: the figures leave out 1"],
            id="a digit left out",
        ),
        pytest.param(
            '"2–4 mg"',
            '"2-4 mg"',
            [
                "dosage.1.1: the figure '2-4 mg' is not written so in the sentence",
                "dosage.1.1: the figures leave out 2, 4",
            ],
            id="a figure written otherwise",
        ),
        pytest.param(
            '"more than 80%"',
            '"more than 80%", "90%"',
            ["use.1.3: the figure '90%' is not written so in the sentence"],
            id="a figure too many",
        ),
        pytest.param('"more than 80%"', '"80%"', [], id="a figure without its bound is written so"),
        pytest.param(
            "    characters: 34\n",
            "    characters: 35\n",
            ["safety.1.1: no sentence of this text has its digest"],
            id="a wrong length",
        ),
    ],
)
def test_a_register_that_says_something_else_is_named(
    data: Path, old: str, new: str, expected: list[str]
) -> None:
    replace(data, LEAFLET, old, new)

    assert proof(data) == expected


def test_a_quotation_that_is_not_in_its_sentence_is_named(data: Path) -> None:
    replace(data, "studies/hiccups.yml", "[very good result]", "[very good result, splendid]")

    assert proof(data) == [
        "data/studies/hiccups.yml: the words 'splendid' do not stand in leaflet use.1.2"
    ]


def test_a_quotation_from_another_sentence_is_named(data: Path) -> None:
    replace(
        data,
        "studies/hiccups.yml",
        "  - says: Hiccups eased\n    at: leaflet use.1.3\n",
        "  - says: Hiccups eased\n    at: leaflet use.1.3\n    emphasis: [very good result]\n",
    )

    assert proof(data) == [
        "data/studies/hiccups.yml: the words 'very good result' do not stand in leaflet use.1.3"
    ]


def test_a_quotation_is_found_whatever_its_capitals(data: Path) -> None:
    replace(data, "studies/hiccups.yml", "[very good result]", "[Very Good Result]")

    assert proof(data) == []


def test_a_sentence_that_occurs_twice_in_the_text_is_found_twice(data: Path) -> None:
    entry = (data / LEAFLET).read_text(encoding="utf-8").partition("  - at: safety.1.1\n")[2]
    again = "  - at: safety.1.9\n" + entry.partition("  - at:")[0]
    replace(data, LEAFLET, "  - at: safety.1.2\n", again + "  - at: safety.1.2\n")

    assert proof(data, TEXT + "\nDo not take Examplin while asleep.\n") == []


@pytest.mark.parametrize("mark", ["*", '"', "[", "“", "—"])
def test_a_sentence_after_any_mark_is_found(data: Path, mark: str) -> None:
    assert proof(data, TEXT.replace("Do not take", f"{mark}Do not take")) == []


@given(st.text())
def test_normalising_folds_white_space_and_composes_letters(text: str) -> None:
    once = normalise(text)

    assert normalise(once) == once
    assert once == once.strip()
    assert not any(mark in once for mark in ("\n", "\t", "\r", "\u00a0", "  "))


def test_a_digest_is_sha_256_in_hexadecimal() -> None:
    assert digest("abc") == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"


def test_equal_letters_have_equal_digests() -> None:
    assert digest(normalise("e\u0301\n")) == digest(normalise("\u00e9"))


# ---- a register begun -------------------------------------------------------------------------


@pytest.mark.parametrize(
    "line",
    [
        "{place} {sentence}",
        "  {place}   {sentence}  ",
        "{place}\t{sentence}\r",
        "\n{place} {sentence}\n",
    ],
)
def test_a_draft_has_the_place_the_length_and_the_digest_of_each_sentence(line: str) -> None:
    listed = [line.format(place=at, sentence=said) for at, (said, _) in SENTENCES.items()]

    drafted = [line for line in draft("\n".join(listed)) if "figures:" not in line]

    assert drafted == [
        "sentences:",
        "  # A sentence that no record cites gets 'unused:' and the reason.",
        *(
            line
            for at, (said, _) in SENTENCES.items()
            for line in (
                f"  - at: {at}",
                "    gist: ",
                f"    characters: {len(said)}",
                f'    sha256: "{digest(said)}"',
            )
        ),
    ]


@pytest.mark.parametrize(
    ("sentence", "figures"),
    [
        ("Take 2–4 mg or 0.5 ml.", '["2–4 mg", "0.5 ml"]'),
        ("Of 1,500 patients, 2 did.", '["1,500 patients", "2"]'),
        ("Twice a day.", '["Twice a day"]'),
        ("Twenty-six patients had three drops.", '["Twenty-six patients", "three drops"]'),
        ("Of these, 26 of 40 people improved.", '["26 of 40 people"]'),
        ("It was 5\u2009000 IU.", '["5 000 IU"]'),
        ("It was 5 mg of Exam\u00adplin.", '["5"]'),
        ("Approved on 20 December 1994 by order No. 12.", '["20 December 1994", "12"]'),
        ("Более 80% получали по 2–3 капли.", '["Более 80%", "2–3 капли"]'),
        ("One of the first, on the other hand, second to none.", None),
        ("Nothing is counted.", None),
        ("At day 30 it was 2.1 (p = 0.01).", '["day 30", "2.1", "p = 0.01"]'),
        ("In week 4 they had 10 mg, P<0.05.", '["week 4", "10 mg", "P<0.05"]'),
        ("By then 30 patients a dummy spray.", '["30 patients"]'),
        ("Then 4 mg a day, 2 sprays a nostril.", '["4 mg a day", "2 sprays a nostril"]'),
    ],
)
def test_a_draft_guesses_at_the_figures(sentence: str, figures: str | None) -> None:
    drafted = [line for line in draft(f"use.1.1 {sentence}") if "figures:" in line]

    assert drafted == ([f"    figures: {figures}"] if figures else [])


def test_a_draft_with_its_gists_passes_against_its_text(data: Path) -> None:
    listed = "\n".join(f"{at} {said}" for at, (said, _) in SENTENCES.items())
    drafted = "\n".join(draft(listed)).replace("gist: ", "gist: A sentence.")
    head = read(data, LEAFLET).partition("sentences:\n")[0]
    write(data, LEAFLET, f"{head}{drafted}\n")

    found = proof(data)

    assert [fault for fault in found if "digest" in fault or "not written so" in fault] == []


def test_a_draft_of_nothing_lists_nothing() -> None:
    assert list(draft("\n \n")) == ["sentences:"]


@pytest.mark.parametrize(
    "line", ["A sentence.", "use.1 A sentence.", "use.1.1", "Use.1.1 A sentence.", "use.1.1.1 A."]
)
def test_a_line_without_a_place_and_a_sentence_stops_the_draft(line: str) -> None:
    with pytest.raises(
        ValueError, match=re.escape("line 2 must be a place, a space and a sentence")
    ):
        list(draft(f"use.1.1 A sentence.\n{line}\n"))


def test_the_line_named_is_that_of_the_file() -> None:
    with pytest.raises(ValueError, match="line 3 must be"):
        list(draft("use.1.1 A sentence.\n\nA sentence.\n"))


def test_a_place_with_a_leading_zero_stops_the_draft() -> None:
    with pytest.raises(ValueError, match="line 1 must be"):
        list(draft("use.01.1 A sentence."))


@pytest.mark.parametrize(
    ("sentence", "figures"),
    [
        ("On May 3, 1999, under No. 12.", '["May 3, 1999", "12"]'),
        ("Order 12. About it.", '["12"]'),
        ("More than 80% of them.", '["More than 80%"]'),
    ],
)
def test_a_drafted_figure_ends_where_its_clause_does(sentence: str, figures: str) -> None:
    assert f"    figures: {figures}" in list(draft(f"use.1.1 {sentence}"))
