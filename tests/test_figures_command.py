"""`build.py figures`: how a text is read, for people and for programs."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from folders import ROOT
from hypothesis import given
from hypothesis import strategies as st

import build


def output_of(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    assert build.main(["figures", *arguments]) == 0
    return capsys.readouterr().out


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("4 mg kg⁻¹", "'4 mg kg⁻¹': amount 4 mg per kg; proves 4 mg/kg"),
        ("max. 4 mg", "'max. 4 mg': amount ≤ 4 mg; proves ≤ 4 mg"),
        ("24 months", "'24 months': duration 24 months; proves 24 months"),
        ("May 1994", "'May 1994': date; proves 1994, 1994-05"),
        ("4 mg per os", "'4 mg per os': not understood: the denominator 'per os'"),
        ("-4 mg", "'-4 mg': not understood: the sign '-'; but proves -4 mg"),
        ("± 4 mg", "'± 4 mg': not understood: the sign '±'"),
        ("-3.6 to -0.6", "'-3.6 to -0.6': not understood: the sign '-'; but proves -3.6 to -0.6"),
        (
            "aged 12 to 17 years",
            "'aged 12 to 17 years': age 12-17 years; proves the age 12-17 years",
        ),
        (
            "over 60 years",
            "'over 60 years': not understood: 'over' before a time: more than it, or during it;"
            " but proves the age > 60 years, 60 years as the time of one administration",
        ),
        (
            "every 20 minutes",
            "'every 20 minutes': frequency 1 time per 20 minutes; proves 20 minutes as an interval",
        ),
        ("weeks 1 to 4", "'weeks 1 to 4': number 1-4; proves length: 4 weeks, weeks: 1-4"),
        ("1 more tablet", "'1 more tablet': amount 1 tablet; proves 1 tablet, repeats: 1"),
        ("1 tablet", "'1 tablet': amount 1 tablet; proves 1 tablet"),
        ("up to 1 tablet", "'up to 1 tablet': amount ≤ 1 tablet; proves ≤ 1 tablet"),
        ("0.5-1 tablet", "'0.5-1 tablet': amount 0.5-1 tablets; proves 0.5-1 tablets"),
        ("40", "'40': number 40; proves no amount"),
        ("Do not take 5 mg", "'Do not take 5 mg': not understood: the words 'Do not'"),
        ("  for\n5 days ", "'for 5 days': duration 5 days; proves 5 days"),
        (
            "Do not take more than four tablets a day",
            "'Do not take more than four tablets a day': amount ≤ 4 tablets per day; proves"
            " ≤ 4 tablets per day",
        ),
        ("no number", "No figure."),
        ("", "No figure."),
    ],
)
def test_a_reading_is_one_line(capsys: pytest.CaptureFixture[str], text: str, line: str) -> None:
    assert output_of(capsys, text) == f"{line}\n"


def test_a_reading_for_programs_is_a_list_of_objects(capsys: pytest.CaptureFixture[str]) -> None:
    found = json.loads(output_of(capsys, "2.5-5 mg/kg twice daily, 4 mg zork", "--json"))

    assert [figure["text"] for figure in found] == ["2.5-5 mg/kg", "twice daily", "4 mg"]
    assert found[1] == {
        "text": "twice daily",
        "kind": "frequency",
        "low": "2",
        "high": "2",
        "unit": "times",
        "bound": None,
        "per": "day",
        "dates": [],
        "understood": True,
        "not_understood": None,
    }
    assert (found[0]["low"], found[0]["high"], found[0]["per"]) == ("2.5", "5", "kg")
    assert (found[2]["understood"], found[2]["low"], found[2]["unit"]) == (False, None, None)
    assert "the words 'zork'" in found[2]["not_understood"]


def test_the_language_tells_the_decimal_mark(capsys: pytest.CaptureFixture[str]) -> None:
    read = [
        json.loads(output_of(capsys, "1,500 mg", "--json", *language))[0]["low"]
        for language in ([], ["--language", "English"], ["--language", "German"])
    ]

    assert read == [None, "1500", "1.5"]


def test_several_texts_are_read_one_after_the_other(capsys: pytest.CaptureFixture[str]) -> None:
    lines = output_of(capsys, "4 mg", "b.i.d.").splitlines()

    assert lines == [
        "'4 mg': amount 4 mg; proves 4 mg",
        "'b.i.d.': frequency 2 times per day; proves 2 per day",
    ]


def test_what_a_text_proves_as_a_whole_has_a_line_of_its_own(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert output_of(capsys, "days 1 and 8").splitlines()[-1] == (
        "'days 1 and 8': proves days: 1, days: 8"
    )


@given(st.text(st.characters(exclude_characters="\0"), max_size=30))
def test_any_text_is_read_without_a_traceback(text: str) -> None:
    assert build.main(["figures", "--json", "--", text]) == 0


def test_no_data_and_no_terminal_of_many_letters_is_needed(tmp_path: Path) -> None:
    command = [
        sys.executable,
        ROOT / "scripts" / "build.py",
        "--data",
        tmp_path / "none",
        "figures",
    ]
    done = subprocess.run(
        [*command, "≤ 5 µg"], capture_output=True, check=True, env={"PYTHONIOENCODING": "ascii"}
    )

    assert (
        done.stdout
        == b"'\\u2264 5 \\xb5g': amount \\u2264 5 micrograms; proves \\u2264 5 micrograms\n"
    )
