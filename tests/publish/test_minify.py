"""Pages without indentation show what they showed."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from publish.minify import _strip_lines, minify, minify_css


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("<p>\n\n   a  b\n  </p>\n", "<p>\na  b\n</p>\n"),
        ("<i>a</i> <b>b</b>", "<i>a</i> <b>b</b>"),
        ("a \t\n b", "a\nb"),
        (
            "<div>\n  <pre><code>a\n\n  b </code></pre>\n\n  <p>",
            "<div>\n<pre><code>a\n\n  b </code></pre>\n<p>",
        ),
        (
            "\n <textarea>\n  a\n</textarea>\n <pre>\n  b\n</pre>\n <p>",
            "\n<textarea>\n  a\n</textarea>\n<pre>\n  b\n</pre>\n<p>",
        ),
        ("<preface>\n  a", "<preface>\na"),
    ],
)
def test_white_space_goes_where_it_does_not_show(html: str, expected: str) -> None:
    assert minify(html) == expected


@given(st.text(st.sampled_from("a<> \t\n\r\f\u00a0\u2028\x1c"), max_size=40))
def test_lines_are_stripped_as_by_one_expression(text: str) -> None:
    assert _strip_lines(text) == re.sub(r"[ \t]*\n\s*", "\n", text)


@pytest.mark.parametrize(
    ("sheet", "expected"),
    [
        ("/* what it is */\na { b: c }\n", "\na { b: c }\n"),
        ("@media x {\n  a {\n    b: c;   /* why */\n  }\n}", "@media x {\na {\nb: c;   \n}\n}"),
        ("/* one\n * of lines\n */a{}", "a{}"),
        ("a { b: 'c /* d */ e' }", "a { b: 'c /* d */ e' }"),
        ('a { b: "\\"/* d */" } /* e */', 'a { b: "\\"/* d */" } '),
        ("a { b: url(data:x,/* */\n  c) } /* d */", "a { b: url(data:x,/* */\n  c) } "),
        ("a/* both */b", "a/* both */b"),
        ("a /* one side */b", "a b"),
        ("a/* the other */ b", "a b"),
    ],
)
def test_comments_and_indentation_of_a_style_sheet_go_and_no_word_of_it(
    sheet: str, expected: str
) -> None:
    assert minify_css(sheet) == expected
